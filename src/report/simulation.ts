// A simulation as text: what hits first and when, one by one, and what comes of them together.
import { figure, money, percent } from "../result/number.ts";
import { clean, truncate } from "./text.ts";

type Stage = { readonly title: string; readonly effect: string; readonly rate: number };
type StageOutcome = {
  readonly title: string;
  readonly effect: string;
  readonly firstHit: { readonly time: number; readonly load: number } | undefined;
  readonly burstSeconds: number;
  readonly lag: number;
  readonly longestWait: number;
};
type Outcome = {
  readonly arrived: number;
  readonly served: number;
  readonly waiting: number;
  readonly retrying: number;
  readonly lost: number;
  readonly tries: number;
  readonly stages: readonly StageOutcome[];
  readonly openAtEnd: number | undefined;
  readonly series: readonly {
    readonly time: number;
    readonly arriving: number;
    readonly served: number;
    readonly waiting: number;
    readonly waitingMost: number;
    readonly lag: number;
    readonly lagMost: number;
  }[];
};

/** An architecture simulated with each quota alone and with all of them. Costs in USD a month at the simulated load. */
export type Simulated = {
  readonly name: string;
  readonly single: readonly { readonly stage: Stage; readonly outcome: Outcome }[];
  readonly together: Outcome;
  /** replicas that follow the load: hours of all, how many at the end, mean wait in seconds at the mean load (Erlang C) */
  readonly fleet?: { readonly hours: number; readonly replicas: number; readonly wait: number };
  readonly servedCost: number;
  readonly demandedCost: number;
};

type Cold = {
  readonly requests: number;
  readonly coldStarts: number;
  readonly probability: number;
  readonly instances: number;
  readonly running: number;
  readonly idle: number;
  readonly life: number;
};

export function simulationText(
  about: {
    readonly title: string;
    readonly driver: string;
    readonly unit: string;
    readonly load: string;
    readonly attempts: number;
  },
  simulated: readonly Simulated[],
  cold: Cold | undefined,
): string {
  const lines = [`${clean(about.title)}: ${clean(about.load)}; rejected work is tried ${about.attempts} times`, ""];
  for (const one of simulated) lines.push(...architecture(one, clean(about.unit)), "");
  lines.push(
    "Each quota alone, then all together. The load at a first hit depends on how fast it rises;",
    "only the steady-state limit of `archcost run` does not.",
  );
  if (cold !== undefined) {
    lines.push(
      "",
      `Cold starts: ${percent(cold.probability)} of ${figure(cold.requests)} requests; ${figure(cold.instances)} instances, ${figure(cold.running)} of them busy; an instance lives ${duration(cold.life)}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

function architecture(
  { name, single, together, fleet, servedCost, demandedCost }: Simulated,
  unit: string,
): readonly string[] {
  const served = together.arrived === 0 ? 1 : together.served / together.arrived;
  const lines = [`${clean(name)}: ${percent(served)} of what arrives is served`];
  if (single.length > 0) lines.push(row("quota, alone", "first hit", "served", "longest wait", "lag at end"));
  const sorted = [...single].sort((a, b) => hitTime(a.outcome) - hitTime(b.outcome));
  for (const { stage, outcome } of sorted) {
    const [own] = outcome.stages;
    const hit = own?.firstHit === undefined ? "never" : `${duration(own.firstHit.time)}, ${percent(own.firstHit.load)}`;
    const share = outcome.arrived === 0 ? 1 : outcome.served / outcome.arrived;
    const waits = own === undefined ? ["", ""] : [duration(own.longestWait), duration(own.lag)];
    lines.push(row(truncate(clean(stage.title), TITLE), hit, percent(share), ...waits));
  }
  const lag = together.stages.reduce((sum, stage) => sum + stage.lag, 0);
  lines.push(
    `  together: ${figure(together.served)} ${unit}s served, ${figure(together.waiting)} waiting (${duration(lag)}), ${figure(together.lost)} lost, ${figure(together.retrying)} still trying; ${figure(together.tries)} tries each`,
  );
  if (together.openAtEnd !== undefined) lines.push(`  ${figure(together.openAtEnd)} executions open at the end`);
  if (fleet !== undefined) {
    const wait = Number.isFinite(fleet.wait) ? duration(fleet.wait) : "without end";
    lines.push(
      `  ${figure(fleet.replicas)} replicas at the end, ${figure(fleet.hours)} replica hours; mean wait at the mean load ${wait} (Erlang C)`,
    );
  }
  for (const stage of together.stages) {
    if (stage.effect === "open" && stage.firstHit !== undefined)
      lines.push(`  ${clean(stage.title)} is full after ${duration(stage.firstHit.time)}`);
  }
  lines.push(
    `  cost a month at this load: ${money(servedCost)} for what is served, ${money(demandedCost)} for what is wanted`,
  );
  return lines;
}

/** Widths of a row after its indent: 80 columns in all. */
const TITLE = 26;
const FIGURES = [18, 8, 12, 10];

function row(title: string, ...figures: readonly string[]): string {
  return `  ${title.padEnd(TITLE)} ${figures.map((text, i) => text.padStart(FIGURES[i] ?? Number.NaN)).join(" ")}`;
}

function hitTime(outcome: Outcome): number {
  return outcome.stages[0]?.firstHit?.time ?? Number.POSITIVE_INFINITY;
}

function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "n/a";
  if (seconds < 120) return `${figure(seconds)} s`;
  return seconds < 7200 ? `${figure(seconds / 60)} min` : `${figure(seconds / 3600)} h`;
}
