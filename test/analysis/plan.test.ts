import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ledgerOf, paybackMonth } from "../../src/analysis/plan/ledger.ts";
import { optimalPlan } from "../../src/analysis/plan/optimal.ts";
import { type PlanProblem, sequenceOf } from "../../src/analysis/plan/problem.ts";
import { everyPlan } from "./plan-oracle.ts";

/**
 * By hand: three months, no discount. 0 costs 10, 20, 40 and is ready at once for 5; 1 costs 12 always and is ready after
 * a month (delay 30) for 8. The move from 0 to 1 costs 3 and takes a month in which only 0 runs.
 *   stay with 0: 5 + 10 + 20 + 40 = 75.   stay with 1: 8 + 30 + 12 + 12 = 62.
 *   0, move decided in month 1 (the first serves a whole month): 5 + 10 + 3 + 20 + 12 = 50.
 */
const byHand: PlanProblem = {
  months: 3,
  cost: [Float64Array.of(10, 20, 40), Float64Array.of(12, 12, 12)],
  able: [Uint8Array.of(1, 1, 1), Uint8Array.of(1, 1, 1)],
  delay: Float64Array.of(30, 30, 30),
  discount: 1,
  starts: [
    { architecture: 0, oneOff: 5, ready: 0, settled: false },
    { architecture: 1, oneOff: 8, ready: 1, settled: false },
  ],
  moves: [{ from: 0, to: 1, oneOff: 3, lead: 1, parallel: 0 }],
};

describe("a case done by hand", () => {
  const [plan, next] = optimalPlan(byHand).plans;

  test("starts with the quick one and moves in month 1", () => {
    expect(plan?.cost).toBe(50);
    expect(plan?.decisions.map(({ month }) => month)).toEqual([1]);
    expect(plan === undefined ? [] : sequenceOf(plan)).toEqual([0, 1]);
  });

  test("the next best goes another way, not another month", () => {
    expect(next?.cost).toBe(62);
    expect(next === undefined ? [] : sequenceOf(next)).toEqual([1]);
  });

  test("pays back in the month in which 3 more are spent and 28 less", () => {
    expect(plan === undefined ? undefined : paybackMonth(byHand, plan, 0)).toBe(2);
  });

  test("a month that cannot be served rules a plan out", () => {
    const able = [Uint8Array.of(1, 0, 0), Uint8Array.of(1, 1, 1)];
    const [only] = optimalPlan({ ...byHand, able }).plans;
    expect(only === undefined ? [] : sequenceOf(only)).toEqual([1]);
  });

  test("both are paid for in parallel months, and the later month counts less", () => {
    const [first] = byHand.starts;
    const move = { from: 0, to: 1, oneOff: 100, lead: 0, parallel: 1 };
    const ledger = ledgerOf(
      { ...byHand, discount: 0.5 },
      { start: first ?? { architecture: 0, oneOff: 0, ready: 0, settled: true }, decisions: [{ move, month: 1 }] },
    );
    expect(ledger.cost).toBe(5 + 10 + 0.5 * (100 + 20 + 12) + 0.25 * 12);
  });

  test("in a parallel month both have to serve, and the old one is the one that serves", () => {
    const start = { architecture: 0, oneOff: 0, ready: 0, settled: true };
    const move = { from: 0, to: 1, oneOff: 0, lead: 0, parallel: 1 };
    const month = (able: readonly (readonly number[])[]) =>
      ledgerOf(
        { ...byHand, able: able.map((each) => Uint8Array.from(each)) },
        { start, decisions: [{ move, month: 1 }] },
      ).months[1];
    expect(
      month([
        [1, 1, 1],
        [1, 1, 1],
      ]),
    ).toMatchObject({ serving: 0, beside: 1, served: true });
    expect(
      month([
        [1, 0, 1],
        [1, 1, 1],
      ]),
    ).toMatchObject({ served: false });
    expect(
      month([
        [1, 1, 1],
        [1, 0, 1],
      ]),
    ).toMatchObject({ served: false });
    const old = { ...byHand, able: [Uint8Array.of(1, 0, 1), Uint8Array.of(1, 1, 1)] };
    const costly = {
      ...old,
      starts: [start],
      moves: [move],
      cost: [Float64Array.of(1, 1, 99), Float64Array.of(9, 9, 1)],
    };
    // decided in month 1 both would have to serve it, and the old one cannot
    expect(optimalPlan(costly).plans.map(({ decisions }) => decisions.map(({ month: at }) => at))).not.toContainEqual([
      1,
    ]);
  });
});

const problems: fc.Arbitrary<PlanProblem> = fc
  .record({ months: fc.integer({ min: 1, max: 6 }), count: fc.integer({ min: 2, max: 3 }) })
  .chain(({ months, count }) => {
    const row = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: months, maxLength: months });
    const flags = fc.array(fc.constantFrom(1, 1, 1, 0), { minLength: months, maxLength: months });
    const any = fc.integer({ min: 0, max: count - 1 });
    const usd = fc.double({ min: 0, max: 60, noNaN: true });
    const rows = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: count, maxLength: count });
    return fc.record({
      months: fc.constant(months),
      cost: rows(row.map((values) => Float64Array.from(values))),
      able: rows(flags.map((values) => Uint8Array.from(values))),
      delay: row.map((values) => Float64Array.from(values)),
      discount: fc.constantFrom(1, 1.1 ** (-1 / 12), 0.5),
      starts: fc.array(
        fc.record({
          architecture: any,
          oneOff: usd,
          ready: fc.integer({ min: 0, max: 3 }),
          settled: fc.constant(false),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      moves: fc.array(
        fc
          .record({
            from: any,
            by: fc.integer({ min: 1, max: count - 1 }),
            oneOff: usd,
            lead: fc.integer({ min: 0, max: 2 }),
            parallel: fc.integer({ min: 0, max: 2 }),
          })
          .map(({ from, by, ...terms }) => ({ from, to: (from + by) % count, ...terms })),
        { maxLength: 4 },
      ),
    });
  });

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

describe("against every plan there is", () => {
  test("the best and the next best of another sequence cost what brute force finds", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const all = [...everyPlan(problem)].sort((x, y) => x.cost - y.cost);
        const { plans } = optimalPlan(problem);
        const [first] = all;
        if (first === undefined) return plans.length === 0;
        const [plan, next] = plans;
        if (plan === undefined) return false;
        const other = all.find(({ sequence }) => sequence !== sequenceOf(plan).join(">"));
        const nextFits = other === undefined ? next === undefined : next !== undefined && near(next.cost, other.cost);
        return near(plan.cost, first.cost) && nextFits;
      }),
      { numRuns: 1500, seed: 1 },
    );
  });

  test("a plan costs what its months add up to, and every month is served", () => {
    fc.assert(
      fc.property(problems, (problem) =>
        optimalPlan(problem).plans.every((plan) => {
          const ledger = ledgerOf(problem, plan);
          return near(ledger.cost, plan.cost) && ledger.stopped === undefined;
        }),
      ),
      { numRuns: 500, seed: 2 },
    );
  });

  test("one that runs today may be left at once", () => {
    const settled = { ...byHand, starts: [{ architecture: 0, oneOff: 0, ready: 0, settled: true }] };
    const [first] = [...everyPlan(settled)].sort((x, y) => x.cost - y.cost);
    expect(optimalPlan(settled).plans[0]?.cost).toBe(first?.cost);
    // 3 + 10 and two months at 12: decided in month 0
    expect(first?.cost).toBe(37);
  });
});
