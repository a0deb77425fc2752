import { pow } from "../../formula/exact.ts";
import type { Decision, PlanProblem, Start } from "./problem.ts";

/** One month of a plan in USD of that month. */
export type LedgerMonth = {
  readonly month: number;
  /** who serves; null: not released yet */
  readonly serving: number | null;
  /** who runs beside it, in the parallel months of a move */
  readonly beside: number | null;
  /** running cost of who serves, and of who runs beside it */
  readonly run: number;
  readonly parallel: number;
  /** build effort and one-off costs of moves */
  readonly oneOff: number;
  /** what the delay costs */
  readonly delay: number;
  /** whether all that run can serve the load */
  readonly served: boolean;
};

export type Ledger = {
  readonly months: readonly LedgerMonth[];
  /** USD, discounted to month 0 */
  readonly cost: number;
  /** discounted cost of all months up to and with each */
  readonly cumulative: readonly number[];
  /** first month in which what runs cannot serve the load; undefined: none */
  readonly stopped: number | undefined;
};

/** A plan month by month, however good it is, and whether or not it can serve the load. */
export function ledgerOf(
  problem: PlanProblem,
  { start, decisions }: { readonly start: Start; readonly decisions: readonly Decision[] },
): Ledger {
  const months = Array.from({ length: problem.months }, (_, month) => monthOf(problem, start, decisions, month));
  const cumulative: number[] = [];
  let cost = 0;
  for (const { month, run, parallel, oneOff, delay } of months) {
    cost += (run + parallel + oneOff + delay) * pow(problem.discount, month);
    cumulative.push(cost);
  }
  return { months, cost, cumulative, stopped: months.find(({ served }) => !served)?.month };
}

function monthOf(problem: PlanProblem, start: Start, decisions: readonly Decision[], month: number): LedgerMonth {
  const built = month === 0 ? start.oneOff : 0;
  const decided = decisions.filter((decision) => decision.month === month);
  const oneOff = decided.reduce((sum, { move }) => sum + move.oneOff, built);
  const idle = { month, oneOff, serving: null, beside: null, run: 0, parallel: 0 };
  if (month < start.ready) return { ...idle, delay: problem.delay[month] ?? Number.NaN, served: true };
  const last = decisions.findLast((decision) => decision.month <= month);
  const [serving, beside] = last === undefined ? [start.architecture, null] : runningIn(last, month);
  const cost = (architecture: number | null): number =>
    architecture === null ? 0 : (problem.cost[architecture]?.[month] ?? Number.NaN);
  const able = (architecture: number | null): boolean =>
    architecture === null || problem.able[architecture]?.[month] === 1;
  const served = able(serving) && able(beside);
  return { ...idle, serving, beside, run: cost(serving), parallel: cost(beside), delay: 0, served };
}

/** Until the parallel months are over the old one serves. */
function runningIn({ move, month: decided }: Decision, month: number): readonly [number, number | null] {
  if (month >= decided + move.lead + move.parallel) return [move.to, null];
  return [move.from, month >= decided + move.lead ? move.to : null];
}

/**
 * The month at the end of which a decision has paid for itself: from then on the plan up to that decision has cost less,
 * discounted, than the same plan without it.
 * @returns null where that is not before the end of the horizon
 */
export function paybackMonth(
  problem: PlanProblem,
  plan: { readonly start: Start; readonly decisions: readonly Decision[] },
  index: number,
): number | null {
  const decision = plan.decisions[index];
  if (decision === undefined) return null;
  const moved = ledgerOf(problem, { start: plan.start, decisions: plan.decisions.slice(0, index + 1) });
  const stayed = ledgerOf(problem, { start: plan.start, decisions: plan.decisions.slice(0, index) });
  const paid = moved.cumulative.findIndex(
    (cost, month) => month >= decision.month && cost <= (stayed.cumulative[month] ?? Number.NaN),
  );
  return paid < 0 ? null : paid;
}
