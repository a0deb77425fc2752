import { describe, expect, test } from "vitest";
import { latticeOf } from "../../src/analysis/plan/lattice.ts";
import { optimalPlan } from "../../src/analysis/plan/optimal.ts";
import {
  firstMoves,
  levelRange,
  optimalPolicy,
  type PolicyProblem,
  regionsOf,
} from "../../src/analysis/plan/policy.ts";

describe("the lattice", () => {
  test("keeps the expected growth and sums to 1", () => {
    const { step, least, chances } = latticeOf((u) => 0.02 + 0.2 * u, 36);
    const mean = chances.reduce((sum, chance, k) => sum + chance * Math.exp((least + k) * step), 0);
    expect(chances.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(mean).toBeCloseTo(1.12, 12);
  });
});

const LOW = { per: 10, base: 0 };
const HIGH = { per: 2, base: 100 };

/** 0 costs 10 a unit, 1 costs 100 and 2 a unit; 0 cannot serve more than `most`. */
function problem(
  chances: readonly number[],
  least: number,
  months: number,
  most = Number.POSITIVE_INFINITY,
): PolicyProblem {
  const lattice = { step: Math.log(1.1), least, chances };
  const shape = { lattice, months, reach: 30 };
  const { low, count } = levelRange(shape);
  const loads = Float64Array.from({ length: count }, (_, i) => 5 * 1.1 ** (i + low));
  const cost = [LOW, HIGH].map(({ per, base }) => loads.map((load) => base + per * load));
  const able = [Uint8Array.from(loads, (load) => (load <= most ? 1 : 0)), new Uint8Array(count).fill(1)];
  const delay = new Float64Array(count).fill(7);
  return {
    ...shape,
    at: () => ({ cost, able, delay }),
    architectures: 2,
    discount: 1,
    starts: [
      { architecture: 0, oneOff: 3, ready: 1, settled: false },
      { architecture: 1, oneOff: 50, ready: 2, settled: false },
    ],
    moves: [{ from: 0, to: 1, oneOff: 60, lead: 1, parallel: 1 }],
  };
}

/** Expected cost by trying every action at every point of the tree, without any table. */
function byTree(of: PolicyProblem, start: number): number {
  const { low } = levelRange(of);
  const [begin, move] = [of.starts[start], of.moves[0]];
  if (begin === undefined || move === undefined) return Number.NaN;
  const expected = (level: number, then: (level: number) => number): number =>
    of.lattice.chances.reduce(
      (sum, chance, k) => (chance === 0 ? sum : sum + chance * then(level + of.lattice.least + k)),
      0,
    );
  const bill = (a: number, level: number): number => of.at(0).cost[a]?.[level - low] ?? Number.NaN;
  const free = (month: number, level: number, a: number, may: boolean): number => {
    if (month === of.months) return 0;
    const stay = bill(a, level) + expected(level, (next) => free(month + 1, next, a, true));
    return may && a === move.from ? Math.min(stay, move.oneOff + moving(month, level, 0)) : stay;
  };
  const moving = (month: number, level: number, spent: number): number => {
    if (month >= of.months) return Number.POSITIVE_INFINITY;
    if (spent === move.lead + move.parallel) return free(month, level, move.to, false);
    const now = bill(move.from, level) + (spent >= move.lead ? bill(move.to, level) : 0);
    return now + expected(level, (next) => moving(month + 1, next, spent + 1));
  };
  const waiting = (month: number, level: number): number =>
    month === begin.ready
      ? free(month, level, begin.architecture, false)
      : 7 + expected(level, (next) => waiting(month + 1, next));
  return begin.oneOff + waiting(0, 0);
}

describe("the policy", () => {
  test("is worth what trying every action at every point of the tree finds", () => {
    for (const chances of [[0.3, 0.3, 0.4], [0.5, 0, 0.5], [1]]) {
      const of = problem(chances, 1, 7);
      const { starts } = optimalPolicy(of);
      for (const [s, worth] of starts.entries()) {
        expect(worth.unserved).toBe(0);
        expect(worth.cost / byTree(of, s)).toBeCloseTo(1, 9);
      }
    }
  });

  test("is the plan where growth is certain", () => {
    const of = problem([1], 1, 24);
    const { low } = levelRange(of);
    const over = (a: number) => Float64Array.from({ length: 24 }, (_, t) => of.at(t).cost[a]?.[t - low] ?? Number.NaN);
    const { starts } = optimalPlan({
      months: 24,
      cost: [over(0), over(1)],
      able: [new Uint8Array(24).fill(1), new Uint8Array(24).fill(1)],
      delay: new Float64Array(24).fill(7),
      discount: 1,
      starts: of.starts,
      moves: of.moves,
    });
    const policy = optimalPolicy(of);
    expect(policy.starts.map(({ cost }) => cost)).toEqual(starts.map((plan) => expect.closeTo(plan?.cost ?? -1, 6)));
    const [plan] = starts;
    const [start] = of.starts;
    const moves = start === undefined ? [] : firstMoves(of, policy, start);
    expect(plan?.decisions[0]?.month).toBeGreaterThan(1);
    expect(plan?.decisions[0]?.month).toBe(moves.findIndex((chance) => chance > 0));
  });

  test("moves above a load, and the load rises when there is less time left to earn the move", () => {
    const of = problem([0.25, 0.5, 0.25], -1, 18);
    const regions = regionsOf(of, optimalPolicy(of));
    const at = (month: number) => regions.find((region) => region.month === month);
    expect(at(0)?.below).toBeUndefined();
    expect(at(12)?.above ?? 0).toBeGreaterThan(at(0)?.above ?? 99);
  });

  test("leaves in time for the fastest growth where a limit stands ahead", () => {
    // one month ahead and one of parallel run, two steps up in each: 4 steps below the limit, not above
    const of = problem([0.5, 0, 0.5], 0, 10, 5 * 1.1 ** 10.5);
    const costly = { ...of, moves: of.moves.map((move) => ({ ...move, oneOff: 1e6 })) };
    const [first] = regionsOf(costly, optimalPolicy(costly));
    expect(first?.above).toBeLessThanOrEqual(9);
    expect(first?.above ?? 0).toBeGreaterThan(5);
  });
});
