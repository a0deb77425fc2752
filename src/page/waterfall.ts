// The waterfall of levers at the reader's settings: of the levers that are best together for the scenario as written.
import { waterfallOfSets } from "../analysis/waterfall.ts";
import { isAmount } from "../figures/limits.ts";
import { GROWING_MONTHS, valuesOf } from "../figures/values.ts";
import type { LeversResult } from "../result/levers.ts";
import { isOver } from "../result/limit-words.ts";
import { nodesOf, type PackedSet } from "./packed-levers.ts";
import { type Overrides, type PageModel, withInputs } from "./recompute.ts";

/** Bars, or none where the levers together have no figures; undefined where the report carries no levers. */
export function waterfallAt(
  { payload, levers: base }: PageModel,
  overrides: Overrides,
): Pick<LeversResult, "waterfall" | "architecture"> | undefined {
  const { levers, monthSeconds } = payload;
  if (levers === null || base === undefined) return undefined;
  const { architecture, members, sets } = levers;
  const graph = withInputs(base, overrides);
  const valuesWhere = (grows: boolean) => {
    const nodes = sets.flatMap((set) => (set?.grows === grows ? nodesOf(set) : []));
    return valuesOf({ graph, grows: grows && nodes.length > 0, monthSeconds }, nodes);
  };
  const [even, growing] = [valuesWhere(false), valuesWhere(true)];
  const figuresOf = (chosen: readonly number[]) => {
    const set = sets[chosen.reduce((bits, at) => bits | (1 << at), 0)] ?? undefined;
    return set === undefined ? undefined : figures(set, set.grows ? growing : even);
  };
  const from = figuresOf([]);
  return { architecture, waterfall: from === undefined ? null : waterfallOfSets(members, figuresOf, from.cost) };
}

/** Undefined where a value is not legal or no figure: the command tells that as a fault. */
function figures(set: PackedSet, { mean, month }: ReturnType<typeof valuesOf>) {
  const cost = mean(set.cost);
  // What is there in the last month of the first year counts against a quota.
  const latest = (node: number): number => (set.grows ? month(node, GROWING_MONTHS - 1) : mean(node));
  const hard = set.hard.map(
    ({ demand, granted, factor }) => [latest(demand) / factor, latest(granted) / factor] as const,
  );
  const isFaulty = set.legal.some((node) => mean(node) !== 1) || !hard.flat().every(isAmount) || !Number.isFinite(cost);
  if (isFaulty) return undefined;
  const isStopped = hard.some(([demand, granted]) => isOver({ demand, granted }));
  return { cost, feasible: !isStopped && set.offered.every((node) => mean(node) === 1) };
}
