import type { Unit } from "../formula/unit.ts";
import type {
  Evolution,
  Growth,
  GrowthSpread,
  PlanBuild,
  PlanFigure,
  PlanMove,
  PlanWork,
} from "../model/growth-nodes.ts";
import type { EvolutionFigure, EvolutionSpec, GrowthRange, GrowthSpec } from "../scenario/evolution.ts";
import { sourcesOf } from "../scenario/evolution.ts";
import { driverUnit, type GrowthTask, linkGrowthLaw, type MonthlyRate, monthlyRate } from "./growth.ts";
import { NO_UNIT } from "./linker.ts";
import { writtenAt } from "./workload.ts";

const DEFAULT_MONTHS = 36;
const MOST_MONTHS = 600;
type Path = readonly (string | number)[];

/** Links `evolution`; undefined where the scenario has none, or a faulty one (reported). */
export function linkEvolution(task: GrowthTask, growth: Growth | undefined): Evolution | undefined {
  const spec = task.scenario.data.evolution;
  if (spec === undefined) return undefined;
  const { linker } = task;
  const figures: PlanFigure[] = [];
  const unit = (text: string): Unit => linker.unit(text) ?? NO_UNIT;
  const units = {
    month: unit("month"),
    usd: unit("USD"),
    rate: unit("USD/month"),
    driver: driverUnit(task.scenario, linker),
  };
  const figure = (written: EvolutionFigure | undefined, path: Path, of: Unit): PlanFigure | undefined => {
    const found = written === undefined ? undefined : linkFigure(task, written, ["evolution", ...path], of);
    if (found !== undefined) figures.push(found);
    return found;
  };
  const months = horizonOf(task, spec);
  const law = growthOf(task, spec, growth);
  const discount = discountOf(task, spec);
  const startLoad = figure(spec.start_load, ["start_load"], units.driver);
  const delay = figure(spec.cost_of_delay, ["cost_of_delay"], units.rate);
  const personRate = figure(spec.person_rate, ["person_rate"], units.rate);
  const work = (
    of: { effort?: EvolutionFigure | undefined; cost?: EvolutionFigure | undefined },
    path: Path,
  ): PlanWork => ({
    effort: figure(of.effort, [...path, "effort"], units.month),
    cost: figure(of.cost, [...path, "cost"], units.usd),
  });
  const builds = Object.entries(spec.architectures ?? {}).map(([name, build]): PlanBuild => {
    const path = ["architectures", name];
    const release = figure(build.time_to_release, [...path, "time_to_release"], units.month);
    return { architecture: name, ...work(build, path), release, reason: build.reason };
  });
  const moves = (spec.moves ?? []).map((move, at): PlanMove => {
    const path = ["moves", at];
    const lead = figure(move.lead_time, [...path, "lead_time"], units.month);
    const parallel = figure(move.parallel_run, [...path, "parallel_run"], units.month);
    return { from: sourcesOf(move), to: move.to, ...work(move, path), lead, parallel, reason: move.reason };
  });
  if (months === undefined || law === undefined || discount === undefined) return undefined;
  const { running } = spec;
  const place = task.scenario.source.place(["evolution"], "key");
  return { months, startLoad, ...law, discount, delay, personRate, running, builds, moves, figures, place };
}

function horizonOf({ scenario, linker, workload }: GrowthTask, spec: EvolutionSpec): number | undefined {
  const own = spec.horizon !== undefined;
  const written = spec.horizon ?? scenario.data.horizon;
  if (written === undefined) return DEFAULT_MONTHS;
  const path = own ? ["evolution", "horizon"] : ["horizon"];
  const month = linker.unit("month") ?? NO_UNIT;
  const time = linker.figure(writtenAt(scenario, path, written), workload.scope, month, '"horizon"');
  if (time === undefined) return undefined;
  const months = Math.round(time / month.factor);
  if (months >= 1 && months <= MOST_MONTHS) return months;
  const message = `"horizon" is from 1 to ${MOST_MONTHS} months`;
  linker.problems.error("out-of-range", message, scenario.source.place(path));
  return undefined;
}

type Growing = Pick<Evolution, "law" | "spread" | "growthWords">;

function growthOf(task: GrowthTask, spec: EvolutionSpec, growth: Growth | undefined): Growing | undefined {
  const { scenario, linker } = task;
  const written = spec.growth;
  if (written === undefined) {
    const own = scenario.data.growth;
    return growth === undefined || own === undefined
      ? undefined
      : { law: growth.law, spread: undefined, growthWords: growthWords(own) };
  }
  const path = ["evolution", "growth"];
  if (!isRange(written)) {
    const law = linkGrowthLaw(task, written, path);
    const curved = typeof written === "object" && !Array.isArray(written);
    if (curved && spec.start_load !== undefined) {
      const message = 'a logistic growth says itself where it begins: "start_load" has no place beside it';
      linker.problems.error("two-starts", message, scenario.source.place(["evolution", "start_load"], "key"));
    }
    return law === undefined ? undefined : { law, spread: undefined, growthWords: growthWords(written) };
  }
  const spread = spreadOf(task, written, path);
  if (spread === undefined) return undefined;
  return { law: { kind: "compound", factor: 1 + spread.typical }, spread, growthWords: rangeWords(written) };
}

/** The scenario's own `growth` is given as a statement, in `evolution` it may be a range of a rate. */
function isRange(growth: NonNullable<EvolutionSpec["growth"]>): growth is GrowthRange {
  return typeof growth === "object" && !Array.isArray(growth) && !("logistic" in growth);
}

function growthWords(growth: GrowthSpec): string {
  if (typeof growth === "number") return `${growth}/month`;
  if (typeof growth === "string") return growth;
  return Array.isArray(growth)
    ? `${growth.length} factors`
    : `logistic, ${growth.logistic.rate} to ${growth.logistic.limit}`;
}

function rangeWords({ value, typical, low, high, p10, p90 }: GrowthRange): string {
  return `${value ?? typical ?? "?"}, ${low ?? p10 ?? "?"} to ${high ?? p90 ?? "?"}`;
}

function spreadOf(task: GrowthTask, written: GrowthRange, path: readonly string[]): GrowthSpread | undefined {
  const { scenario, linker, workload } = task;
  const fault = (code: string, message: string, hint: string, key?: string): undefined => {
    linker.problems.error(code, message, scenario.source.place(key === undefined ? path : [...path, key]), hint);
  };
  const { value, typical, low, high, p10, p90, distribution } = written;
  const central = value ?? typical;
  const byTenths = low === undefined && high === undefined;
  const [least, most] = byTenths ? [p10, p90] : [low, high];
  if (central === undefined)
    return fault("no-value", '"growth" has no value', 'add "typical" beside the ends of the range');
  if (least === undefined || most === undefined) {
    return fault("half-range", 'the range of "growth" lacks an end', 'give "low" and "high", or "p10" and "p90"');
  }
  const rate = (key: string, text: string | number): number | undefined => {
    const found = monthlyRate(writtenAt(scenario, [...path, key], text), linker, workload);
    return found === undefined ? undefined : found.factor - 1;
  };
  const middle = rate(value === undefined ? "typical" : "value", central);
  const from = rate(byTenths ? "p10" : "low", least);
  const to = rate(byTenths ? "p90" : "high", most);
  if (middle === undefined || from === undefined || to === undefined) return undefined;
  if (from > middle || middle > to) {
    return fault(
      "range-order",
      'of "growth" the low end is above its value, or the value above the high end',
      "order: low, typical, high",
    );
  }
  const kind = distribution ?? (byTenths ? "normal" : "triangular");
  if ((kind === "lognormal" || kind === "loguniform") && from <= 0) {
    return fault(
      "out-of-range",
      `a ${kind} growth lies above 0`,
      "use triangular, uniform or normal",
      byTenths ? "p10" : "low",
    );
  }
  return { kind, low: from, typical: middle, high: to, reason: written.reason, status: written.status ?? "assumed" };
}

function discountOf(
  { scenario, linker, workload }: GrowthTask,
  spec: EvolutionSpec,
): Evolution["discount"] | undefined {
  const { discount } = spec;
  if (discount === undefined) return { value: 1, low: undefined, high: undefined, reason: undefined };
  const path = ["evolution", "discount"];
  const ranged = typeof discount === "object" ? discount : { value: discount };
  const year = linker.unit("year") ?? NO_UNIT;
  const rate = (key: "value" | "typical" | "low" | "high"): MonthlyRate | undefined => {
    const text = ranged[key];
    if (text === undefined) return undefined;
    const written = writtenAt(scenario, typeof discount === "object" ? [...path, key] : path, text);
    const found = monthlyRate(written, linker, workload, year.factor);
    if (found === undefined || found.factor >= 1) return found;
    linker.problems.error("out-of-range", '"discount" is 0 or more a year', written.place());
    return undefined;
  };
  const value = rate("value") ?? rate("typical");
  const reason = "reason" in ranged ? ranged.reason : undefined;
  if (value !== undefined) return { value: value.factor, low: rate("low")?.factor, high: rate("high")?.factor, reason };
  if (!linker.problems.hasErrors)
    linker.problems.error("no-value", '"discount" has no value', scenario.source.place(path));
  return undefined;
}

function linkFigure(task: GrowthTask, figure: EvolutionFigure, path: Path, unit: Unit): PlanFigure | undefined {
  const { scenario, linker, workload } = task;
  const ranged = typeof figure === "object" ? figure : { value: figure };
  const key = ranged.value === undefined ? "typical" : "value";
  const text = ranged.value ?? ("typical" in ranged ? ranged.typical : undefined);
  const name = `"${path.at(-1)}"`;
  if (text === undefined) {
    const hint = 'add "value", or "typical" beside the ends of a range';
    linker.problems.error("no-value", `${name} has no value`, scenario.source.place(path), hint);
    return undefined;
  }
  const own = typeof figure === "object" ? [...path, key] : path;
  const written = writtenAt(scenario, own, text);
  const found = linker.number(written, workload.scope, unit, name);
  const value = found === undefined ? undefined : linker.month(found, written, name);
  if (value === undefined) return undefined;
  const known = linker.builder.constantValue(value.node);
  const end = (which: "low" | "high"): number | undefined => {
    const given = typeof figure === "object" ? figure[which] : undefined;
    if (given === undefined) return undefined;
    return linker.figure(writtenAt(scenario, [...path, which], given), workload.scope, unit, `"${which}"`);
  };
  const [low, high] = [end("low"), end("high")];
  if ([known, low, high].some((each) => each !== undefined && each < 0)) {
    linker.problems.error("out-of-range", `${name} is 0 or more`, written.place());
  }
  const half = typeof figure === "object" && (figure.low === undefined) !== (figure.high === undefined);
  if (half) linker.problems.error("half-range", `the range of ${name} lacks an end`, scenario.source.place(path));
  if (isOutOfOrder(low, known, high)) {
    const message = `of ${name} the low end is above its value, or the value above the high end`;
    linker.problems.error("range-order", message, scenario.source.place(path), "order: low, typical, high");
  }
  return {
    address: path.join("."),
    node: value.node,
    unit,
    low,
    high,
    written: String(text),
    status: (typeof figure === "object" ? figure.status : undefined) ?? (low === undefined ? "given" : "assumed"),
    reason: typeof figure === "object" ? figure.reason : undefined,
    place: written.place(),
  };
}

function isOutOfOrder(low: number | undefined, value: number | undefined, high: number | undefined): boolean {
  const ends = [low, value, high].filter((each) => each !== undefined);
  return ends.some((each, i) => i > 0 && each < (ends[i - 1] ?? each));
}
