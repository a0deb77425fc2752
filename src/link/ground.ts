import type { Catalog } from "../catalog/catalog.ts";
import type { Problems } from "../diagnostic/diagnostic.ts";
import { GraphBuilder } from "../formula/builder.ts";
import { flatCurve, weeklyCurve } from "../formula/curve.ts";
import type { Curve } from "../formula/graph.ts";
import type { AsOf } from "../model/model.ts";
import type { Scenario } from "../scenario/read.ts";
import type { Link } from "./architecture.ts";
import { linkEnvironments } from "./environment.ts";
import { startsEmpty } from "./horizon.ts";
import { InheritedComponents } from "./inherited.ts";
import { Linker } from "./linker.ts";
import { monthOf } from "./month.ts";
import { checkQuotaNames, QuotaLinks } from "./quota.ts";
import { QuotaBook } from "./quota-value.ts";
import { type Choices, workloadScope } from "./workload.ts";

/** What a run may choose besides the scenario's text. */
export type Variant = Choices & {
  readonly region: string | undefined;
  /** replaces `as_of` of the scenario for prices, quotas and carbon alike */
  readonly asOf: string | undefined;
  /** only these architectures; empty: all */
  readonly only: readonly string[];
  /** the day that stands for "today" where the scenario names none */
  readonly today: string;
  /** names of energy formulas are stated too, for those who explain them */
  readonly explained?: boolean;
};

/** A scenario without its architectures, linked: what each of them is linked into. */
export type Ground = Link & {
  readonly asOf: AsOf;
  readonly monthSeconds: number;
};

export type GroundTask = {
  readonly scenario: Scenario;
  readonly catalog: Catalog;
  readonly variant: Variant;
  readonly problems: Problems;
  /** whether hours are distinguished: slots that differ only in hour and weekday are one slot, unless a formula asks for them */
  readonly hours: boolean;
  /** whether several designs of the same architecture will be linked into it */
  readonly variants: boolean;
};

/** Links workload and environments; undefined where the month or the curve is faulty (reported). */
export function groundOf({ scenario, catalog, variant, problems, hours, variants }: GroundTask): Ground | undefined {
  const monthSeconds = monthOf(scenario, problems);
  const curve = curveOf(scenario, problems, hours);
  if (monthSeconds === undefined || curve === undefined) return undefined;
  const builder = new GraphBuilder(curve, { variants });
  const linker = new Linker(builder, problems, monthSeconds, catalog.parsed);
  const tables = (name: string) => catalog.table("aws", name);
  const workload = workloadScope(scenario, variant, linker, tables);
  const environments = linkEnvironments({ scenario, choices: variant, linker, tables }, workload);
  const asOf = asOfOf(scenario, variant);
  const quotaTask = { scenario, catalog, linker, workload, quotaDay: asOf.quotas };
  checkQuotaNames(quotaTask);
  const quotas = new QuotaLinks(new QuotaBook(quotaTask));
  const inherited = new InheritedComponents();
  const { region } = variant;
  const link = { scenario, catalog, linker, workload, priceDay: asOf.prices, quotas, inherited, region, environments };
  const isEmpty = startsEmpty(scenario.data, catalog);
  if (isEmpty && workload.season !== undefined) {
    const message =
      "data is kept for ever, and the months of workload.curve differ: what is there by a month is not known";
    const place = scenario.source.place(["workload", "curve", "months"], "key");
    problems.error("forever-season", message, place, "say how long it is kept, e.g. kept: 90 days");
  }
  return { ...link, startsEmpty: isEmpty, asOf, monthSeconds };
}

function asOfOf(scenario: Scenario, variant: Variant): AsOf {
  const own = scenario.data.as_of;
  const day = (key: keyof AsOf): string =>
    variant.asOf ?? (typeof own === "string" ? own : (own?.[key] ?? variant.today));
  return { prices: day("prices"), quotas: day("quotas"), carbon: day("carbon") };
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
