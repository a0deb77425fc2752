// What limits say in every format for people: which rows, in which order, with which words.
import { isOver, withUnit } from "../result/limit-words.ts";
import { figure, money, percent, quantity } from "../result/number.ts";
import type { ArchitectureResult, Limit, Raise, Result } from "../result/schema.ts";

/** The first hit and the next three in line. */
const SHOWN = 4;
const ASSUMED = "*";
const RECALLED = "?";
const NEVER = "-";

/** Limits worth a row: what is exceeded, then what binds first, at most so many of what has room left. */
export function shownLimits({ limits }: ArchitectureResult): readonly Limit[] {
  const over = limits.filter(isOver);
  const next = limits.filter((limit) => !isOver(limit) && limit.binds_at_granted !== null);
  return [...over, ...next.slice(0, Math.max(0, SHOWN - over.length))];
}

/** The load at which a quota binds, as a share of the expected load; a dash where it never does. */
export function shareWords(at: { readonly share: number } | null): string {
  return at === null ? NEVER : percent(at.share);
}

/** `30,000 of 1,500 transitions/s`: what the load wants of what is granted. */
export function demandWords(limit: Limit): string {
  return `${quantity(limit.demand)} of ${withUnit(limit.granted, limit.unit)}`;
}

const SHORT: Readonly<Record<Limit["effect"], string>> = {
  delay: "waits",
  reject: "rejected",
  fail: "fails",
  slow: "slowed",
};

/** What happens to work above it; what is not called hard can be raised, scales by itself or is a setting of the design. */
export function effectWords({ effect, adjustable, scope }: Limit): string {
  if (scope === "setting") return `${SHORT[effect]}, your setting`;
  return adjustable || effect === "slow" ? SHORT[effect] : `${SHORT[effect]}, hard`;
}

/** Signs that the legend explains: an earliest known value, a value from memory. */
export function limitMark({ assumed, evidence }: Limit): string {
  return (assumed ? ASSUMED : "") + (evidence === "recall" ? RECALLED : "");
}

/** Explains the signs that these limits carry, or null when they carry none. */
export function limitLegend(limits: readonly Limit[]): string | null {
  const words = [
    ...(limits.some(({ assumed }) => assumed) ? [`${ASSUMED} earliest known value, of a later day`] : []),
    ...(limits.some(({ evidence }) => evidence === "recall") ? [`${RECALLED} value from memory`] : []),
  ];
  return words.length === 0 ? null : words.join(", ");
}

/** How much load an architecture can take, in one line; null where it meets no quota at all. */
export function capacitySentence({ capacity, limits }: ArchitectureResult): string | null {
  if (limits.length === 0) return null;
  const raised = capacity.hard === null ? "no hard limit is known" : `${percent(capacity.hard.share)} with every raise`;
  if (capacity.default === null && capacity.granted === null) return `Takes any load by the quotas known; ${raised}`;
  return `Takes ${loadOf(capacity.default)} at published quotas, ${loadOf(capacity.granted)} as granted; ${raised}`;
}

function loadOf(at: ArchitectureResult["capacity"]["default"]): string {
  if (at === null) return "any load";
  return at.units === 0 ? "no load at all" : `${percent(at.share)} of the load`;
}

/** `State transitions: 1,500 to 30,000 transitions/s`, with the code to ask for. */
export function raiseWords({ title, code, from, to, unit, through }: Raise): string {
  const by = through.length === 0 ? "" : `, through ${through.join(", ")}`;
  return `${title}${code === null ? "" : ` (${code})`}: ${figure(from)} to ${withUnit(to, unit)}${by}`;
}

/** All raises in one sentence, or null when none is needed. */
export function raisesSentence({ raises }: ArchitectureResult): string | null {
  if (raises.length === 0) return null;
  return `Needs ${raises.length === 1 ? "one raise" : `${raises.length} raises`}: ${raises.map(raiseWords).join("; ")}`;
}

/** Sentences on an execution that would have to start anew before it reaches a quota of its own. */
export function restartSentences({ limits }: ArchitectureResult): string[] {
  return limits.flatMap(({ restart_after: after, title, components }) =>
    after === null
      ? []
      : [`${components.join(", ")} would reach "${title}" after ${quantity(after)} s of one execution`],
  );
}

/** On what day's quotas the limits rest. */
export function quotaBasis({ scenario, workload }: Result): string {
  return `Quotas of ${scenario.as_of.quotas}; the whole load is ${workload.driver} ${quantity(workload.driver_value / workload.load)}`;
}

export type GrowthRow = {
  readonly month: number;
  readonly driver: number;
  readonly cost: Readonly<Record<string, number>>;
};

/** Months worth a row: now, each half year, and the last. */
export function growthRows({ growth }: Result): readonly GrowthRow[] {
  const months = growth?.months ?? [];
  return months.filter(({ month }, i) => month % 6 === 0 || i === months.length - 1);
}

/** When growth meets which quota, and what the year costs with it, a sentence each. */
export function growthHits({ growth }: Result): string[] {
  const year = Object.entries(growth?.year ?? {}).map(([name, cost]) => `${name} ${money(cost)}`);
  const costs = year.length === 0 ? [] : [`Months 1 to 12 together cost: ${year.join(", ")}`];
  const met = Object.entries(growth?.first_hits ?? {}).map(([name, hits]) => {
    if (hits.length === 0) return `${name} meets no quota by month ${growth?.months.at(-1)?.month ?? ""}`;
    const list = hits
      .slice(0, SHOWN)
      .map(({ title, month }) => `${title} ${month === 0 ? "already" : `in month ${month}`}`);
    const more = hits.length > SHOWN ? `, and ${hits.length - SHOWN} more` : "";
    return `${name} meets ${list.join(", ")}${more}`;
  });
  return [...met, ...costs];
}
