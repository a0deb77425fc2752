import { pow } from "../../formula/exact.ts";
import type { Evolution } from "../../model/growth-nodes.ts";
import type { Model } from "../../model/model.ts";
import type { PlanBrief, PlanPath } from "../../result/plan.ts";
import { type Changes, type PlanTerms, planTerms } from "./figures.ts";
import { ledgerOf, paybackMonth } from "./ledger.ts";
import { optimalPlan, type Solution } from "./optimal.ts";
import { type Plan, type PlanProblem, sequenceOf } from "./problem.ts";
import type { PlanTables, Tables } from "./tables.ts";

/** One question: everything known, the driver month by month, and the answer. */
export type PlanCase = {
  readonly names: readonly string[];
  readonly terms: PlanTerms;
  /** base units, by month */
  readonly drivers: readonly number[];
  readonly tables: Tables;
  readonly problem: PlanProblem;
  readonly solution: Solution;
};

/** The load of month 0 and how it goes on, other than the scenario says. */
export type OtherLoad = { readonly startLoad?: number; readonly growth?: (month: number) => number };

/**
 * Answers a model's question as often as wanted, with other loads.
 * @param tablesAt of the model, made ready once for all questions; inputs that change are free in it
 */
export function planCases(
  model: Model,
  evolution: Evolution,
  tablesAt: PlanTables,
  changes: Changes = {},
): (load?: OtherLoad) => PlanCase {
  const terms = planTerms(model, evolution, changes);
  const names = model.architectures.map(({ name }) => name);
  const month = Array.from({ length: evolution.months }, (_, i) => i);
  const delay = changes.figures?.get("evolution.cost_of_delay");
  return ({ startLoad = terms.startLoad, growth = terms.growth } = {}) => {
    const drivers = month.map((each) => startLoad * growth(each));
    const tables = tablesAt({ month, driver: drivers }, changes.inputs);
    const problem: PlanProblem = {
      months: evolution.months,
      cost: tables.cost,
      able: tables.able,
      delay: delay === undefined ? tables.delay : new Float64Array(evolution.months).fill(delay * model.monthSeconds),
      discount: terms.discount,
      starts: terms.starts,
      moves: terms.moves,
    };
    return { names, terms, drivers, tables, problem, solution: optimalPlan(problem) };
  };
}

/** A plan in a line. @param factor of the driver's unit, in base units */
export function briefOf({ names, drivers }: PlanCase, plan: Plan | undefined, factor: number): PlanBrief | null {
  if (plan === undefined) return null;
  return {
    sequence: sequenceOf(plan).map((a) => names[a] ?? ""),
    decided: plan.decisions.map(({ month }) => month),
    driver: plan.decisions.map(({ month }) => (drivers[month] ?? Number.NaN) / factor),
    cost: plan.cost,
  };
}

/** A plan in full. */
export function pathOf(of: PlanCase, plan: Plan | undefined, factor: number): PlanPath | null {
  if (plan === undefined) return null;
  const { names, drivers, problem } = of;
  const { months } = ledgerOf(problem, plan);
  const sum = (part: "run" | "parallel" | "oneOff" | "delay"): number =>
    months.reduce((total, each) => total + each[part] * pow(problem.discount, each.month), 0);
  return {
    sequence: sequenceOf(plan).map((a) => names[a] ?? ""),
    released: plan.start.ready,
    moves: plan.decisions.map(({ move, month }, i) => ({
      from: names[move.from] ?? "",
      to: names[move.to] ?? "",
      decided: month,
      driver: (drivers[month] ?? Number.NaN) / factor,
      beside: month + move.lead,
      done: month + move.lead + move.parallel,
      one_off: move.oneOff,
      payback: paybackMonth(problem, plan, i),
    })),
    cost: plan.cost,
    run: sum("run"),
    parallel: sum("parallel"),
    one_off: sum("oneOff"),
    delay: sum("delay"),
  };
}
