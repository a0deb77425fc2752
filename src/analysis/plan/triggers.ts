import { exp, log, pow } from "../../formula/exact.ts";
import type { Evolution, GrowthSpread } from "../../model/growth-nodes.ts";
import type { Model } from "../../model/model.ts";
import type { PlanPolicy } from "../../result/plan.ts";
import { type Distribution, quantileOf } from "../distribution.ts";
import { briefOf, type PlanCase, type planCases } from "./case.ts";
import { latticeOf } from "./lattice.ts";
import {
  firstMoves,
  isBetter,
  levelRange,
  optimalPolicy,
  type PolicyProblem,
  type Region,
  regionsOf,
} from "./policy.ts";
import type { PlanTables, Tables } from "./tables.ts";

/** Loads to each side of today's for which month 0 is answered: a hundredth to a hundred times. */
const REACH = 100;
const GAP = 1.25;

/**
 * What to do as a rule over the driver, where growth has a range: each month's growth is drawn from it anew.
 * @param cases the same question with certain growth
 * @param factor of the driver's unit, in base units
 */
export function planPolicy(
  model: Model,
  evolution: Evolution,
  { cases, tablesAt }: { readonly cases: ReturnType<typeof planCases>; readonly tablesAt: PlanTables },
  factor: number,
): PlanPolicy | null {
  const { spread } = evolution;
  if (spread === undefined) return null;
  const base = cases();
  const { terms, names } = base;
  const lattice = latticeOf(quantileOf(distributionOf(spread)), evolution.months);
  const shape = { lattice, months: evolution.months, reach: Math.ceil(log(REACH) / lattice.step) };
  const { low, count } = levelRange(shape);
  const load = (level: number): number => terms.startLoad * exp(level * lattice.step);
  const driver = Float64Array.from({ length: count }, (_, i) => load(i + low));
  const tables = new Map<number, Tables>();
  const at = (month: number): Tables => {
    // Where nothing is kept for ever, a month is like any other.
    const key = model.grows ? month : 0;
    const known = tables.get(key) ?? tablesAt({ driver, month: new Float64Array(count).fill(key) });
    tables.set(key, known);
    return known;
  };
  const { starts, moves, discount } = terms;
  const problem: PolicyProblem = { ...shape, at, architectures: names.length, discount, starts, moves };
  const policy = optimalPolicy(problem);
  const units = (level: number | undefined): number | null => (level === undefined ? null : load(level) / factor);
  const byMonth = closed(
    regionsOf(problem, policy).map((region) => ({
      month: region.month,
      ...ends(region),
      above: units(region.above),
      below: units(region.below),
    })),
  );
  const best = policy.starts.reduce<number | undefined>((least, worth, s) => {
    const before = least === undefined ? undefined : policy.starts[least];
    return Number.isFinite(worth.unserved) && (before === undefined || isBetter(worth, before)) ? s : least;
  }, undefined);
  const start = best === undefined ? undefined : starts[best];
  const growths = [...new Set([spread.low, spread.typical, spread.high])];
  return {
    growth: { distribution: spread.kind, low: spread.low, typical: spread.typical, high: spread.high },
    step: exp(lattice.step),
    start: start === undefined ? null : (names[start.architecture] ?? null),
    starts: starts.flatMap(({ architecture }, s) => {
      const worth = policy.starts[s];
      if (worth === undefined || !Number.isFinite(worth.unserved)) return [];
      return [{ architecture: names[architecture] ?? "", ...worth }];
    }),
    triggers: triggersOf(byMonth, start === undefined || start.settled ? 0 : start.ready + 1, terms.startLoad / factor),
    by_month: byMonth,
    first_move: spreadOfMoves(start === undefined ? [] : firstMoves(problem, policy, start)),
    constant: growths.map((growth) => {
      const found: PlanCase = cases({ growth: (month) => pow(1 + growth, month) });
      return { growth, best: briefOf(found, found.solution.plans[0], factor) };
    }),
  };

  function ends({ move }: Region): { readonly from: string; readonly to: string } {
    const found = moves[move];
    return { from: names[found?.from ?? -1] ?? "", to: names[found?.to ?? -1] ?? "" };
  }
}

function distributionOf({ kind, low, typical, high }: GrowthSpread): Distribution {
  if (kind === "normal" || kind === "lognormal") return { kind, p10: low, p90: high };
  if (kind === "uniform" || kind === "loguniform") return { kind, low, high };
  return { kind, low, typical, high };
}

/** Stretches of one move that a narrow gap parts become one. */
function closed(regions: PlanPolicy["by_month"]): PlanPolicy["by_month"] {
  const joined: PlanPolicy["by_month"] = [];
  for (const region of regions) {
    const last = joined.at(-1);
    const gap =
      last === undefined || last.below === null || region.above === null ? undefined : region.above / last.below;
    const follows = last?.month === region.month && last.from === region.from && last.to === region.to;
    if (last !== undefined && follows && gap !== undefined && gap <= GAP)
      joined[joined.length - 1] = { ...last, below: region.below };
    else joined.push(region);
  }
  return joined;
}

/**
 * One rule for each pair of architectures: as it stands in the first month in which a move can be decided, for the loads
 * from today's on.
 */
function triggersOf(byMonth: PlanPolicy["by_month"], first: number, today: number): PlanPolicy["triggers"] {
  const found = new Map<string, PlanPolicy["triggers"][number]>();
  for (const { month, from, to, above, below } of byMonth) {
    if (month < first || (below !== null && below < today)) continue;
    const key = `${from} ${to}`;
    const before = found.get(key);
    if (before === undefined) found.set(key, { from, to, above, below, month, until: month });
    else found.set(key, { ...before, until: month });
  }
  return [...found.values()];
}

/** Quantiles of the month of the first move, among those paths that have one. */
function spreadOfMoves(chances: readonly number[]): PlanPolicy["first_move"] {
  const share = chances.reduce((sum, chance) => sum + chance, 0);
  const quantile = (u: number): number | null => {
    let sum = 0;
    const month = chances.findIndex((chance) => {
      sum += chance;
      return chance > 0 && sum >= u * share * (1 - 1e-12);
    });
    return month < 0 ? null : month;
  };
  return { share: Math.min(1, share), p10: quantile(0.1), p50: quantile(0.5), p90: quantile(0.9) };
}
