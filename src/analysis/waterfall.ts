import { gapBetween } from "../formula/arithmetic.ts";
import type { LeverResult, Waterfall } from "../result/levers.ts";
import { SEED } from "./decide.ts";
import type { Candidate } from "./lever-search.ts";
import { shapley } from "./shapley.ts";

/** In the order in which levers are looked at. */
export const CLASSES = ["rate", "usage", "configuration", "re-architecture"] as const;
/** Orders drawn where there are too many levers to look at every set. */
const ORDERS = 128;

export type WaterfallMember = Pick<LeverResult, "name" | "title" | "class">;

/**
 * Shapley shares of levers in what they save together.
 * @param figuresOf cost in USD a month of a set of members, given by their places in ascending order; undefined: it has none
 * @param from USD a month without any
 * @returns null where there are no members, or all of them together have no figures
 */
export function waterfallOfSets(
  members: readonly WaterfallMember[],
  figuresOf: (chosen: readonly number[]) => Candidate | undefined,
  from: number,
): Waterfall | null {
  const all = figuresOf(members.map((_, at) => at));
  if (members.length === 0 || all === undefined) return null;
  const worth = (chosen: readonly number[]): number | undefined => {
    const found = figuresOf(chosen);
    // All of them are what is asked for, feasible or not.
    const counts = found !== undefined && (found.feasible || chosen.length === members.length);
    return counts ? gapBetween(from, found.cost) : undefined;
  };
  const { shares, standardErrors, orders, infeasible } = shapley(members.length, worth, { orders: ORDERS, seed: SEED });
  const bars = members
    .map(({ name, class: of, title }, at) => ({
      lever: name,
      title,
      of,
      share: shares[at] ?? Number.NaN,
      standard_error: standardErrors?.[at] ?? null,
    }))
    .sort((a, b) => CLASSES.indexOf(a.of) - CLASSES.indexOf(b.of) || b.share - a.share);
  let at = from;
  const steps = bars.map(({ of: _, ...bar }, index) => {
    const start = at;
    // The last bar ends where all levers together end, whatever the sums have lost.
    at = index === bars.length - 1 ? all.cost : start - bar.share;
    return { ...bar, from: start, to: at };
  });
  return {
    from,
    to: all.cost,
    steps,
    method: orders === undefined ? "exact" : "sampled",
    orders: orders ?? null,
    infeasible,
  };
}
