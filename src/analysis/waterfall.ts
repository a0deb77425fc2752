import { isAmount } from "../figures/limits.ts";
import { valuesOf } from "../figures/values.ts";
import { gapBetween } from "../formula/arithmetic.ts";
import type { LeverNodes, SetNodes } from "../model/lever-nodes.ts";
import type { Model } from "../model/model.ts";
import type { LeversResult, Waterfall } from "../result/levers.ts";
import { isOver } from "../result/limit-words.ts";
import { SEED } from "./decide.ts";
import type { Candidate } from "./lever-search.ts";
import { shapley } from "./shapley.ts";

/** In the order in which levers are looked at. */
export const CLASSES = ["rate", "usage", "configuration", "re-architecture"] as const;
/** Orders drawn where there are too many levers to look at every set. */
const ORDERS = 128;

export type WaterfallMember = LeverNodes["members"][number];

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

/**
 * The waterfall of the levers that are best together for the scenario as written, at other values of inputs.
 * @param overrides base units, by address
 * @returns no waterfall where the levers together have no figures
 */
export function waterfallAt(
  { architecture, members, sets, graph }: LeverNodes,
  overrides: ReadonlyMap<string, number>,
  { fullest, monthSeconds }: Pick<Model, "fullest" | "monthSeconds">,
): Pick<LeversResult, "waterfall" | "architecture"> {
  const valuesWhere = (grows: boolean) => {
    const nodes = sets.flatMap((set) => (set?.grows === grows ? nodesOfSet(set) : []));
    return valuesOf({ graph, grows: grows && nodes.length > 0, fullest, monthSeconds }, nodes, overrides);
  };
  const [even, growing] = [valuesWhere(false), valuesWhere(true)];
  const figuresOf = (chosen: readonly number[]) => {
    const set = sets[chosen.reduce((bits, at) => bits | (1 << at), 0)] ?? undefined;
    return set === undefined ? undefined : figuresOfSet(set, set.grows ? growing : even, fullest);
  };
  const from = figuresOf([]);
  return { architecture, waterfall: from === undefined ? null : waterfallOfSets(members, figuresOf, from.cost) };
}

/** All nodes of a set. */
export function nodesOfSet({ cost, legal, offered, hard }: SetNodes): readonly number[] {
  return [cost, ...legal, ...offered, ...hard.flatMap(({ demand, granted }) => [demand, granted])];
}

/** Undefined where a value is not legal or no figure: the command reports that as a fault. */
function figuresOfSet(
  set: SetNodes,
  { mean, month }: ReturnType<typeof valuesOf>,
  fullest: number,
): Candidate | undefined {
  const cost = mean(set.cost);
  // Where months differ, the fullest counts against a quota.
  const latest = (node: number): number => (set.grows ? month(node, fullest) : mean(node));
  const hard = set.hard.map(
    ({ demand, granted, factor }) => [latest(demand) / factor, latest(granted) / factor] as const,
  );
  const isFaulty = set.legal.some((node) => mean(node) !== 1) || !hard.flat().every(isAmount) || !Number.isFinite(cost);
  if (isFaulty) return undefined;
  const isStopped = hard.some(([demand, granted]) => isOver({ demand, granted }));
  return { cost, feasible: !isStopped && set.offered.every((node) => mean(node) === 1) };
}
