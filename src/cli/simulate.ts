import type { Retry } from "../analysis/simulation/backoff.ts";
import { type ColdStarts, coldStarts, MOST_REQUESTS, settledHorizon } from "../analysis/simulation/cold-starts.ts";
import { meanWait } from "../analysis/simulation/erlang.ts";
import {
  LONGEST_RAMP,
  type Load,
  parseRamp,
  parseReplicas,
  steady,
  trace,
  weekly,
} from "../analysis/simulation/load.ts";
import { type Outcome, simulate } from "../analysis/simulation/simulate.ts";
import type { Stage } from "../analysis/simulation/stage.ts";
import { stagesOf } from "../analysis/simulation/stages.ts";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { resultOf } from "../figures/result.ts";
import { costOver } from "../figures/values.ts";
import { readSeconds, readShare } from "../formula/literal.ts";
import { containedAnyway } from "../io/links.ts";
import { folderOf, readUserFile } from "../io/read.ts";
import { writeFiles } from "../io/write.ts";
import type { Model } from "../model/model.ts";
import { csv } from "../report/csv.ts";
import { type Simulated, simulationText } from "../report/simulation.ts";
import { exact, json } from "../result/number.ts";
import type { Scenario } from "../scenario/read.ts";
import { loadScenario, type ScenarioOptions } from "./load.ts";
import { pngRenderer } from "./png-renderer.ts";
import { EXIT, type Io } from "./process.ts";

export type SimulateOptions = ScenarioOptions & {
  readonly ramp?: string;
  readonly step?: string;
  readonly trace?: string;
  readonly for?: string;
  readonly attempts: string;
  readonly coldStarts?: string;
  readonly replicas?: string;
  readonly format: string;
  readonly output?: string;
};

type Drawn = { readonly load: Load; readonly seconds: number; readonly words: string };

const HOUR = 3600;
const WEEK = 168 * HOUR;
const MONTH = 730 * HOUR;
const MOST_MONTHS = 36;
const MOST_SECONDS = MOST_MONTHS * MONTH;

/** `archcost simulate FILE`: what the quotas do to a load over time, one by one and together. */
export async function simulateCommand(
  file: string,
  options: SimulateOptions,
  version: string,
  io: Io,
): Promise<number> {
  const { model, problems, scenario } = loadScenario(file, options, io);
  if (resultOf(model, { version, curve: false }, problems) === undefined) throw new InputError(problems.list);
  const asked = new Problems();
  const drawn = loadOf(options, scenario, file, asked);
  const attempts = Number(options.attempts);
  if (!Number.isInteger(attempts) || attempts < 1 || attempts > 20)
    asked.error("bad-option", `--attempts ${options.attempts}: a whole number from 1 to 20`);
  const cold = coldOf(options.coldStarts, asked);
  const replicas = options.replicas === undefined ? undefined : parseReplicas(options.replicas);
  if (options.replicas !== undefined && replicas === undefined) {
    const words = `--replicas ${options.replicas}: write per=6,start=90s,cooldown=5m,min=2,max=100,launch=20 (units a second, times, counts, starts a second), and if wanted target=70%,burst=100`;
    asked.error("bad-option", words);
  }
  if (drawn === undefined || asked.hasErrors) throw new InputError(asked.list);
  const retry: Retry = { attempts, base: 1, cap: 20 };
  const simulated = model.architectures.map((architecture): Simulated => {
    const { throughput, stages, open } = stagesOf(model, architecture);
    const task = { throughput, load: drawn.load, seconds: drawn.seconds, retry };
    const alone = (stage: Stage): Outcome => simulate({ ...task, stages: [stage] });
    const together = simulate({
      ...task,
      stages,
      ...(open === undefined ? {} : { open }),
      ...(replicas === undefined ? {} : { replicas }),
    });
    const fleet =
      replicas === undefined || together.replicaHours === undefined
        ? undefined
        : {
            hours: together.replicaHours,
            replicas: together.replicas ?? Number.NaN,
            wait: meanWait(
              Math.floor(together.replicas ?? Number.NaN),
              together.arrived / drawn.seconds,
              1 / replicas.perReplica,
            ),
          };
    const single = stages.map((stage) => ({ stage, outcome: alone(stage) }));
    return {
      name: architecture.name,
      single,
      together,
      ...(fleet === undefined ? {} : { fleet }),
      ...costs(model, architecture.name, together, drawn.seconds, throughput),
    };
  });
  const text = {
    title: scenario.data.scenario,
    driver: model.workload.driver,
    unit: scenario.data.workload.unit,
    load: drawn.words,
    attempts,
  };
  if (options.output !== undefined) await draw(options.output, text.title, simulated);
  io.stdout.write(render(options.format, text, simulated, cold));
  return EXIT.fine;
}

/** A month's cost of what is served and of what is wanted, at the mean load of the simulation. */
function costs(
  model: Model,
  name: string,
  outcome: Outcome,
  lasting: number,
  throughput: number,
): { servedCost: number; demandedCost: number } {
  const driver = model.graph.inputs.find((input) => input.address === model.workload.driver)?.value;
  const wanted = outcome.arrived / (throughput * lasting);
  const share = outcome.arrived === 0 ? 0 : outcome.served / outcome.arrived;
  if (driver === undefined) return { servedCost: Number.NaN, demandedCost: Number.NaN };
  const [served, demanded] =
    costOver(model, model.workload.driver, [driver * wanted * share, driver * wanted]).get(name) ?? [];
  return { servedCost: served ?? Number.NaN, demandedCost: demanded ?? Number.NaN };
}

function loadOf(options: SimulateOptions, scenario: Scenario, file: string, problems: Problems): Drawn | undefined {
  const lasting = options.for === undefined ? undefined : readSeconds(options.for);
  if (options.for !== undefined && (lasting === undefined || lasting < 1 || lasting > MOST_SECONDS)) {
    problems.error("bad-option", `--for ${options.for}: write 90s, 10m, 2h, 7d or up to ${MOST_MONTHS} months`);
    return undefined;
  }
  if (options.ramp !== undefined) {
    const found = parseRamp(options.ramp);
    const isLong = found !== undefined && found.over > LONGEST_RAMP;
    if (found === undefined) problems.error("bad-option", `--ramp ${options.ramp}: write 0..100% over 10m`);
    if (isLong)
      problems.error("too-large", `--ramp ${options.ramp}: the limit is a ramp of ${LONGEST_RAMP / HOUR} hours`);
    return found === undefined || isLong
      ? undefined
      : { load: found.load, seconds: lasting ?? Math.ceil(found.over), words: `a ramp of ${options.ramp}` };
  }
  if (options.trace !== undefined) return traceOf(options.trace, file, lasting, problems);
  if (options.step !== undefined) {
    const level = readShare(options.step);
    if (!(level >= 0)) problems.error("bad-option", `--step ${options.step}: write a share of the load such as 100%`);
    return !(level >= 0)
      ? undefined
      : { load: steady(level), seconds: lasting ?? HOUR, words: `${options.step} of the load from the start` };
  }
  const weights = weekOf(scenario);
  if (weights === undefined)
    return { load: steady(1), seconds: lasting ?? HOUR, words: "the expected load from the start" };
  return { load: weekly(weights), seconds: lasting ?? WEEK, words: "the load curve of the scenario" };
}

/** The hours of the scenario's week relative to their mean; undefined for a flat load. */
function weekOf({ data }: Scenario): readonly number[] | undefined {
  const { curve } = data.workload;
  if (curve === undefined) return undefined;
  const weights =
    curve.weights ??
    Array.from({ length: 168 }, (_, i) => (curve.hours?.[i % 24] ?? 1) * (curve.weekdays?.[Math.floor(i / 24)] ?? 1));
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return weights.map((weight) => weight / mean);
}

/** A CSV of seconds and share of the load, below the scenario's folder. */
function traceOf(path: string, file: string, lasting: number | undefined, problems: Problems): Drawn | undefined {
  const found = containedAnyway(file === "-" ? "." : folderOf(file), path) ?? containedAnyway(".", path);
  const read =
    found === undefined ? { problem: "is not a file below this folder or the scenario's" } : readUserFile(found);
  if ("problem" in read) {
    problems.error("unreadable", `--trace ${path} ${read.problem}`);
    return undefined;
  }
  const rows = read.text.split(/\r?\n/).flatMap((line, i): (readonly [number, number, number])[] => {
    if (line.trim() === "" || (i === 0 && /[a-z]/i.test(line))) return [];
    const [time, share] = line.split(",").map(readShare);
    return [[time ?? Number.NaN, share ?? Number.NaN, i + 1]];
  });
  const bad = rows.find(
    ([time, share], i) => !(time >= 0 && share >= 0) || (i > 0 && time <= (rows[i - 1]?.[0] ?? -1)),
  );
  if (rows.length === 0 || bad !== undefined) {
    problems.error(
      "bad-trace",
      `--trace ${path}:${bad?.[2] ?? 1}: lines are seconds,share of the load, e.g. 60,80%; seconds grow`,
    );
    return undefined;
  }
  const [last = Number.NaN] = rows.at(-1) ?? [];
  if (lasting === undefined && last >= MOST_SECONDS) {
    const hint = `--for "${MOST_MONTHS} months" looks at its beginning`;
    problems.error(
      "too-large",
      `--trace ${path}: it lasts ${last} s, the limit is ${MOST_MONTHS} months`,
      undefined,
      hint,
    );
    return undefined;
  }
  return {
    load: trace(rows.map(([time, share]) => [time, share])),
    seconds: lasting ?? Math.ceil(last) + 1,
    words: `the trace ${path}`,
  };
}

/** `ARRIVALS/s,WARM,COLD,KEEP-ALIVE` -> the model of cold starts. */
function coldOf(text: string | undefined, problems: Problems): ColdStarts | undefined {
  if (text === undefined) return undefined;
  const [arrivals, warm, cold, keepAlive] = text
    .split(",")
    .map((part) => Number(part.trim().replace(/\s*(s|\/s)$/, "")));
  if (
    arrivals !== undefined &&
    warm !== undefined &&
    cold !== undefined &&
    keepAlive !== undefined &&
    [arrivals, warm, cold, keepAlive].every((x) => x > 0 && x < Number.POSITIVE_INFINITY)
  ) {
    if (arrivals * keepAlive > MOST_REQUESTS) {
      const message = `--cold-starts ${text}: ${exact(arrivals * keepAlive)} requests come while an instance is kept, and are simulated one by one; the limit is ${exact(MOST_REQUESTS)}`;
      problems.error("too-large", message);
      return undefined;
    }
    return coldStarts({ arrivals, warm, cold, keepAlive, ...settledHorizon(arrivals, keepAlive), seed: 1 });
  }
  problems.error(
    "bad-option",
    `--cold-starts ${text}: write arrivals a second, seconds warm, seconds cold, seconds kept: 0.9,2.0,2.2,600`,
  );
  return undefined;
}

type Text = Parameters<typeof simulationText>[0];

function render(format: string, text: Text, simulated: readonly Simulated[], cold: ColdStarts | undefined): string {
  if (format === "json") return `${json({ ...text, cold_starts: cold ?? null, architectures: simulated })}\n`;
  if (format === "csv") {
    const rows = simulated.flatMap(({ name, together }) =>
      together.series.map((p) => [name, p.time, p.arriving, p.served, p.waiting, p.lag, p.waitingMost, p.lagMost]),
    );
    return csv(["architecture", "seconds", "arriving", "served", "waiting", "lag", "waiting_most", "lag_most"], rows);
  }
  return simulationText(text, simulated, cold);
}

async function draw(path: string, title: string, simulated: readonly Simulated[]): Promise<void> {
  const [renderPng, { sweepLines }] = await Promise.all([pngRenderer(), import("../report/charts/sweep-lines.ts")]);
  const times = simulated[0]?.together.series.map((point) => String(point.time)) ?? [];
  const config = sweepLines({
    title: `${title}: served of what arrives`,
    xLabel: "seconds",
    yLabel: "units a second",
    money: false,
    labels: times,
    series: [
      { name: "arriving", values: simulated[0]?.together.series.map((point) => point.arriving) ?? [] },
      ...simulated.map(({ name, together }) => ({ name, values: together.series.map((point) => point.served) })),
    ],
  });
  writeFiles([{ path, data: renderPng(config, { width: 960, height: 540, scale: 2 }) }]);
}
