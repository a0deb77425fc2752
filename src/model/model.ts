import type { Catalog } from "../catalog/catalog.ts";
import type { Rate } from "../catalog/rate.ts";
import { Problems } from "../diagnostic/diagnostic.ts";
import { GraphBuilder } from "../formula/builder.ts";
import { flatCurve, weeklyCurve } from "../formula/curve.ts";
import type { Curve, Graph } from "../formula/graph.ts";
import { parseFormula } from "../formula/parse.ts";
import { unitFactor } from "../formula/unit.ts";
import type { Scenario } from "../scenario/read.ts";
import { type LinkedArchitecture, linkArchitecture } from "./architecture.ts";
import { type CarbonModel, linkCarbon } from "./carbon-link.ts";
import type { Definition } from "./definition.ts";
import { type LinkedEnvironment, linkEnvironments } from "./environment.ts";
import { type Evolution, linkEvolution } from "./evolution.ts";
import { type Exchange, linkExchanges } from "./exchanges.ts";
import { type Growth, linkGrowth } from "./growth.ts";
import { InheritedComponents } from "./inherited.ts";
import { sum } from "./lines.ts";
import { Linker } from "./linker.ts";
import { type LinkedQualities, linkQualities } from "./objectives.ts";
import { type LinkedOperations, linkOperations } from "./operations.ts";
import { type LinkedOverheads, linkOverheads } from "./overheads.ts";
import { checkQuotaNames } from "./quota.ts";
import { QuotaBook } from "./quota-value.ts";
import { type Choices, type WorkloadScope, workloadScope } from "./workload.ts";

/** What a run may choose besides the scenario's text. */
export type Variant = Choices & {
  readonly region: string | undefined;
  /** replaces `as_of` of the scenario for prices, quotas and carbon alike */
  readonly asOf: string | undefined;
  /** only these architectures; empty: all */
  readonly only: readonly string[];
  /** the day that stands for "today" where the scenario names none */
  readonly today: string;
};

export type AsOf = { readonly prices: string; readonly quotas: string; readonly carbon: string };

export type ModelArchitecture = LinkedArchitecture & {
  /** undefined where the scenario tells none */
  readonly overheads: LinkedOverheads | undefined;
  /** metrics and objectives; missed objectives are among `checks` */
  readonly qualities: LinkedQualities;
  readonly operations: LinkedOperations;
  /** who passes data to whom, as the components tell */
  readonly exchanges: readonly Exchange[];
  /** USD in the month: effective and list */
  readonly cost: number;
  readonly list: number;
};

/** A scenario linked with the catalog for one variant: one graph, and what its nodes mean. */
export type Model = {
  readonly scenario: Scenario;
  readonly asOf: AsOf;
  readonly monthSeconds: number;
  readonly load: number;
  readonly graph: Graph;
  readonly workload: WorkloadScope;
  readonly environments: readonly LinkedEnvironment[];
  readonly architectures: readonly ModelArchitecture[];
  readonly definitions: ReadonlyMap<string, Definition>;
  /** rates used, each once, in order of first use */
  readonly rates: readonly Rate[];
  /** data is kept for ever somewhere: the month depends on the time since the start */
  readonly grows: boolean;
  readonly growth: Growth | undefined;
  readonly evolution: Evolution | undefined;
  readonly carbon: CarbonModel | undefined;
};

/** Links a scenario; undefined when the problems hold errors. Nothing is computed before everything is known. */
export function linkModel(
  scenario: Scenario,
  catalog: Catalog,
  variant: Variant,
  problems: Problems,
): Model | undefined {
  // Slots that differ only in hour and weekday are one slot, unless a formula asks for them: most do not.
  const first = new Problems();
  const model = linkWith(scenario, catalog, variant, first, false);
  if (model === undefined || !model.workload.asked.hours) {
    for (const problem of first.list) problems.add(problem);
    return model;
  }
  return linkWith(scenario, catalog, variant, problems, true);
}

function linkWith(
  scenario: Scenario,
  catalog: Catalog,
  variant: Variant,
  problems: Problems,
  hours: boolean,
): Model | undefined {
  const monthSeconds = monthOf(scenario, problems);
  const curve = curveOf(scenario, problems, hours);
  if (monthSeconds === undefined || curve === undefined) return undefined;
  const builder = new GraphBuilder(curve);
  const linker = new Linker(builder, problems, monthSeconds, catalog.parsed);
  const tables = (name: string) => catalog.table("aws", name);
  const workload = workloadScope(scenario, variant, linker, tables);
  const environments = linkEnvironments({ scenario, choices: variant, linker, tables }, workload);
  const asOf = asOfOf(scenario, variant);
  const quotaTask = { scenario, catalog, linker, workload, quotaDay: asOf.quotas };
  checkQuotaNames(quotaTask);
  const quotas = new QuotaBook(quotaTask);
  const growth = linkGrowth(scenario, linker, workload);
  const evolution = linkEvolution({ scenario, linker, workload }, growth);
  const { region } = variant;
  const inherited = new InheritedComponents();
  const task = { scenario, catalog, linker, workload, priceDay: asOf.prices, quotas, inherited, region, environments };
  const chosen = [...scenario.architectures.values()].filter(
    (architecture) => variant.only.length === 0 || variant.only.includes(architecture.name),
  );
  const linked = chosen.map((architecture) => {
    const found = linkArchitecture(architecture, task);
    return { ...found, overheads: linkOverheads(found.lines, task) };
  });
  const carbonTask = { scenario, catalog, linker, workload, carbonDay: asOf.carbon };
  if (problems.hasErrors) {
    // Without its components nothing draws power, but the settings are read, so that their faults are told with the others.
    linkCarbon(carbonTask, []);
    return undefined;
  }
  const carbon = linkCarbon(carbonTask, linked);
  if (problems.hasErrors) return undefined;
  const costed = linked.map((architecture) => ({
    ...architecture,
    cost: sum(
      builder,
      architecture.lines.map((line) => line.effective),
    ),
    list: sum(
      builder,
      architecture.lines.map((line) => line.list),
    ),
  }));
  const architectures = withQualities(costed, { scenario, catalog, linker, workload });
  if (problems.hasErrors) return undefined;
  const scopes = new Set([workload, ...environments.map((environment) => environment.workload)]);
  const variables = [...scopes].flatMap((scope) => scope.definitions);
  const definitions = [...variables, ...linked.flatMap((a) => a.components.flatMap((c) => c.definitions))];
  const rates = new Map(
    linked.flatMap((a) => a.lines).map(({ rate }) => [`${rate.service}#${rate.key}@${rate.region}`, rate]),
  );
  return {
    scenario,
    asOf,
    monthSeconds,
    load: variant.load,
    graph: builder.graph(),
    workload,
    environments,
    architectures,
    definitions: new Map(definitions.map((definition) => [definition.address, definition])),
    rates: [...rates.values()],
    grows: linked.some((a) => a.components.some((c) => c.usesElapsed)),
    growth,
    evolution,
    carbon,
  };
}

type Costed = Omit<ModelArchitecture, "qualities" | "operations" | "exchanges">;

/** Metrics, objectives and operations; an objective is a condition as any other that rules an architecture out. */
function withQualities(costed: readonly Costed[], task: Parameters<typeof linkOperations>[2]): ModelArchitecture[] {
  const linked = linkQualities(costed, task);
  return costed.flatMap((architecture, index) => {
    const qualities = linked[index];
    if (qualities === undefined) return [];
    const operations = linkOperations(architecture.spec.operations, qualities, task);
    return [
      {
        ...architecture,
        qualities,
        operations,
        exchanges: linkExchanges(architecture.spec, task.scenario, task.linker.problems),
        checks: [...architecture.checks, ...qualities.checks, ...operations.checks],
      },
    ];
  });
}

function asOfOf(scenario: Scenario, variant: Variant): AsOf {
  const own = scenario.data.as_of;
  const day = (key: keyof AsOf): string =>
    variant.asOf ?? (typeof own === "string" ? own : (own?.[key] ?? variant.today));
  return { prices: day("prices"), quotas: day("quotas"), carbon: day("carbon") };
}

const DEFAULT_MONTH_SECONDS = 730 * 3600;

/** Length of the month in seconds: 730 h = 8760 h / 12 unless the scenario says otherwise. */
function monthOf(scenario: Scenario, problems: Problems): number | undefined {
  const text = scenario.data.month;
  if (text === undefined) return DEFAULT_MONTH_SECONDS;
  const parsed = parseFormula(String(text));
  const expr = "expr" in parsed ? parsed.expr : undefined;
  const hours = expr?.kind === "number" ? expr.value * 3600 : undefined;
  const unit =
    expr?.kind === "literal" && expr.unit !== "month"
      ? unitFactor(expr.unit, { monthSeconds: DEFAULT_MONTH_SECONDS })
      : undefined;
  const seconds = expr?.kind === "literal" && unit !== undefined ? expr.value * unit.factor : hours;
  if (seconds !== undefined && seconds >= 600 * 3600 && seconds <= 800 * 3600) return seconds;
  problems.error(
    "wants-month",
    '"month" is a length such as 730 h, 744 h or 30 days',
    scenario.source.place(["month"]),
  );
  return undefined;
}

function curveOf(scenario: Scenario, problems: Problems, hours: boolean): Curve | undefined {
  const spec = scenario.data.workload.curve ?? {};
  const path = ["workload", "curve"];
  if (scenario.data.workload.curve === undefined && !hours) return flatCurve();
  if (spec.weights !== undefined && (spec.hours !== undefined || spec.weekdays !== undefined)) {
    problems.error(
      "ambiguous-curve",
      '"weights" stands alone: it already has every hour of the week',
      scenario.source.place(path),
    );
    return undefined;
  }
  const hourOf = (slot: number): number => (spec.hours === undefined ? 1 : (spec.hours[slot % 24] ?? 1));
  const dayOf = (slot: number): number =>
    spec.weekdays === undefined ? 1 : (spec.weekdays[Math.floor(slot / 24)] ?? 1);
  const weights = spec.weights ?? Array.from({ length: 168 }, (_, slot) => hourOf(slot) * dayOf(slot));
  const curve = weeklyCurve({ weights, burst: spec.burst ?? 1, hours });
  if (!("problem" in curve)) return curve;
  problems.error("bad-curve", curve.problem, scenario.source.place(path));
  return undefined;
}
