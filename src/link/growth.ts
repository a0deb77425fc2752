import { pow } from "../formula/exact.ts";
import type { Expr } from "../formula/syntax.ts";
import type { Unit } from "../formula/unit.ts";
import { divideDimensions, PLAIN, sameDimension, TIME } from "../formula/unit.ts";
import type { Growth, GrowthLaw } from "../model/growth-nodes.ts";
import type { GrowthSpec } from "../scenario/evolution.ts";
import type { Scenario } from "../scenario/read.ts";
import { type Linker, NO_UNIT, type Written } from "./linker.ts";
import { type WorkloadScope, writtenAt } from "./workload.ts";

const DEFAULT_MONTHS = 24;
const MOST_MONTHS = 600;

/** Links `growth` and `horizon`; undefined where the scenario has no growth, or a faulty one (reported). */
export function linkGrowth(scenario: Scenario, linker: Linker, workload: WorkloadScope): Growth | undefined {
  const { growth, horizon } = scenario.data;
  if (growth === undefined) {
    if (horizon !== undefined) {
      linker.problems.error(
        "no-growth",
        '"horizon" says how far growth is looked at: "growth" is missing',
        scenario.source.place(["horizon"], "key"),
      );
    }
    return undefined;
  }
  const month = linker.unit("month") ?? NO_UNIT;
  const list = Array.isArray(growth) ? growth : undefined;
  const time =
    horizon === undefined
      ? (list?.length ?? DEFAULT_MONTHS) * month.factor
      : linker.figure(writtenAt(scenario, ["horizon"], horizon), workload.scope, month, '"horizon"');
  if (time === undefined) return undefined;
  const months = Math.round(time / month.factor);
  if (months < 1 || months > MOST_MONTHS) {
    linker.problems.error(
      "out-of-range",
      `"horizon" is from 1 to ${MOST_MONTHS} months`,
      scenario.source.place(["horizon"]),
    );
    return undefined;
  }
  const law = linkGrowthLaw({ scenario, linker, workload }, growth, ["growth"]);
  return law === undefined ? undefined : { months, law };
}

/** What a statement of growth is linked with. */
export type GrowthTask = {
  readonly scenario: Scenario;
  readonly linker: Linker;
  readonly workload: WorkloadScope;
};

/** How the driver grows, as a statement of growth at some path says; faults are reported. */
export function linkGrowthLaw(
  { scenario, linker, workload }: GrowthTask,
  growth: GrowthSpec,
  path: readonly string[],
): GrowthLaw | undefined {
  if (Array.isArray(growth)) {
    return { kind: "factors", factors: growth };
  }
  if (typeof growth === "object") {
    const month = linker.unit("month") ?? NO_UNIT;
    const own = [...path, "logistic"];
    const figure = (key: "limit" | "midpoint", unit: Unit): number | undefined =>
      linker.figure(writtenAt(scenario, [...own, key], growth.logistic[key]), workload.scope, unit, `"${key}"`);
    const limit = figure("limit", driverUnit(scenario, linker));
    const midpoint = figure("midpoint", month);
    const rate = monthlyRate(writtenAt(scenario, [...own, "rate"], growth.logistic.rate), linker, workload);
    if (limit === undefined || midpoint === undefined || rate === undefined) return undefined;
    return { kind: "logistic", limit, rate: rate.linear, middle: midpoint / month.factor };
  }
  const rate = monthlyRate(writtenAt(scenario, path, growth), linker, workload);
  return rate === undefined ? undefined : { kind: "compound", factor: rate.factor };
}

/** The unit in which bare numbers of the driver are read. */
export function driverUnit(scenario: Scenario, linker: Linker): Unit {
  const spec = scenario.data.variables[scenario.data.workload.driver];
  return (typeof spec === "object" ? linker.unit(spec.unit) : undefined) ?? NO_UNIT;
}

export type MonthlyRate = { readonly factor: number; readonly linear: number };

/**
 * A rate such as `8%/month`, `50%/year` or `0.08` (a month). `factor` is what a month multiplies by, compounded over the
 * period that is written: 50 % a year is 1.5^(1/12) a month. `linear` is the rate a month without compounding.
 * @param plainPeriod seconds that a bare number is per; default: a month
 */
export function monthlyRate(
  written: Written,
  linker: Linker,
  workload: WorkloadScope,
  plainPeriod?: number,
): MonthlyRate | undefined {
  const month = linker.unit("month") ?? NO_UNIT;
  const bare = plainPeriod ?? month.factor;
  const value = linker.value(written, workload.scope);
  if (value === undefined) return undefined;
  const known = value.kind === "number" ? linker.builder.constantValue(value.node) : undefined;
  const perTime = value.kind === "number" && sameDimension(value.dimension, divideDimensions(PLAIN, TIME));
  const plain = value.kind === "number" && sameDimension(value.dimension, PLAIN);
  if (known === undefined || !(perTime || plain)) {
    linker.problems.error(
      "wants-rate",
      "growth is a share per time such as 8%/month, a list of factors, or { logistic: ... }",
      written.place(),
    );
    return undefined;
  }
  const linear = plain ? (known * month.factor) / bare : known * month.factor;
  const period = plain ? bare : (periodOf(linker.parse(written), linker) ?? month.factor);
  const share = plain ? known : known * period;
  if (share <= -1) {
    linker.problems.error("out-of-range", "nothing shrinks by 100 % and more", written.place());
    return undefined;
  }
  return { factor: pow(1 + share, month.factor / period), linear };
}

/** Seconds of the time that a rate is written per. */
function periodOf(expr: Expr | undefined, linker: Linker): number | undefined {
  if (expr?.kind !== "binary" || expr.op !== "/") return undefined;
  const { right } = expr;
  if (right.kind !== "unit" && right.kind !== "literal") return undefined;
  const unit = linker.unit(right.unit);
  return unit === undefined ? undefined : unit.factor * (right.kind === "literal" ? right.value : 1);
}
