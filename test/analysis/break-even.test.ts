import fc from "fast-check";
import { expect, test } from "vitest";
import { type BreakEven, type BreakEvenTask, breakEven } from "../../src/analysis/break-even.ts";

type Cost = (x: number) => number;

function task(costs: readonly Cost[], more: Partial<BreakEvenTask> = {}): BreakEvenTask {
  return {
    names: costs.map((_, i) => `a${i}`),
    costs: (values) => costs.map((cost) => values.map(cost)),
    today: 100,
    from: 0.1,
    to: 1e5,
    ...more,
  };
}

test("a fixed part against a proportional one swap at their exact meeting", () => {
  const found = breakEven(task([(x) => 3 * x, (x) => 100 + x]));
  expect(found.crossings).toEqual([{ at: expect.closeTo(50, 10), kind: "crossing", below: "a0", above: "a1" }]);
  expect(found.intervals.map(({ cheapest }) => cheapest)).toEqual(["a0", "a1"]);
  expect(found.nearest).toEqual({ at: expect.closeTo(50, 10), factor: expect.closeTo(0.5, 10), cheapest: "a0" });
  expect(found.bands).toEqual([]);
});

test("a whole instance that leaps over the other is a jump, at the first value at which the rank is another", () => {
  const found = breakEven(task([(x) => Math.ceil(x / 64) * 10, () => 15], { to: 1000 }));
  expect(found.crossings).toHaveLength(1);
  const [swap] = found.crossings;
  expect(swap?.kind).toBe("jump");
  expect(swap?.at).toBeCloseTo(64, 9);
  expect(swap?.at).toBeGreaterThan(64);
});

test("two staircases that keep overtaking each other are a band with a count", () => {
  const found = breakEven(task([(x) => Math.ceil(x), (x) => Math.ceil(x * 0.999) + 0.5], { from: 500, to: 2000 }));
  expect(found.bands).toHaveLength(1);
  const [band] = found.bands;
  expect(band?.between).toEqual(["a0", "a1"]);
  expect(band?.swaps).toBeGreaterThan(500);
  expect(band?.from).toBeGreaterThanOrEqual(500);
  expect(band?.to).toBeLessThanOrEqual(2000);
});

test("what serves no more is not the cheapest, and the interval says so", () => {
  const found = breakEven(task([(x) => x, (x) => 2 * x], { until: [300, Number.POSITIVE_INFINITY] }));
  expect(found.intervals).toEqual([
    { from: 0.1, to: 300, cheapest: "a0", begins: "range" },
    { from: 300, to: 1e5, cheapest: "a1", begins: "limit" },
  ]);
  expect(found.crossings).toEqual([]);
  const none = breakEven(task([(x) => x, (x) => 2 * x], { until: [300, 200] }));
  expect(none.intervals.at(-1)).toEqual({ from: 300, to: 1e5, cheapest: null, begins: "limit" });
});

test("twins never swap, and a cost that is no number has no rank", () => {
  expect(breakEven(task([(x) => x, (x) => x])).crossings).toEqual([]);
  expect(breakEven(task([(x) => x, () => Number.NaN])).crossings).toEqual([]);
});

test("with few points it says how near swaps may have been missed", () => {
  const few = breakEven(task([(x) => Math.ceil(x), (x) => Math.ceil(x * 0.999) + 0.5], { points: 500 }));
  expect(few.resolution).toBeGreaterThan(0.01);
  expect(breakEven(task([(x) => x, (x) => 100 + x / 2])).resolution).toBeLessThan(1e-5);
});

/** Kinks (tiers), jumps (instances), fixed parts: what prices are made of. */
const cost: fc.Arbitrary<Cost> = fc
  .record({
    fixed: fc.constantFrom(0, 5, 40, 300),
    each: fc.double({ min: 0.01, max: 2, noNaN: true }),
    tier: fc.double({ min: 10, max: 5000, noNaN: true }),
    later: fc.double({ min: 0.2, max: 1, noNaN: true }),
    step: fc.constantFrom(0, 7, 50, 333),
    price: fc.double({ min: 0.1, max: 20, noNaN: true }),
  })
  .map(({ fixed, each, tier, later, step, price }) => (x) => {
    const tiered = each * Math.min(x, tier) + each * later * Math.max(0, x - tier);
    return fixed + tiered + (step === 0 ? 0 : Math.ceil(x / step) * price);
  });

/** As `expect(...).toBe(...)`, which is slow when asked a hundred thousand times. */
function same(told: string, expected: string, x: number): void {
  if (told !== expected) expect.fail(`at ${x} ${told} is cheaper, not ${expected}`);
}

/** Whether the order of a pair at each point of a fine grid is what the swaps before it make of the order at the start. */
function checkPair(found: BreakEven, costs: readonly Cost[], pair: readonly [number, number], grid: readonly number[]) {
  const [first, second] = [`a${pair[0]}`, `a${pair[1]}`];
  const difference = (x: number): number => (costs[pair[0]]?.(x) ?? 0) - (costs[pair[1]]?.(x) ?? 0);
  const own = found.crossings.filter(({ below, above }) => [below, above].sort().join() === [first, second].join());
  const bands = found.bands.filter(({ between }) => between.join() === [first, second].join());
  for (const x of grid) {
    if (bands.some(({ from, to }) => x >= from && x <= to)) continue;
    const delta = difference(x);
    if (Math.abs(delta) <= 1e-9 * Math.abs(costs[pair[0]]?.(x) ?? 1)) continue;
    const before = own.filter(({ at }) => at <= x).at(-1);
    const band = bands.filter(({ to }) => to < x).at(-1);
    if (before !== undefined && (band === undefined || band.to < before.at)) {
      same(delta < 0 ? first : second, before.above, x);
    }
    const after = own.find(({ at }) => at > x);
    if (after !== undefined && !bands.some(({ from }) => from > x && from < after.at)) {
      same(delta < 0 ? first : second, after.below, x);
    }
  }
}

test("against brute force on a fine grid: every order, every cheapest, every place", () => {
  const grid = Array.from({ length: 20_001 }, (_, i) => 0.1 * 10 ** ((i / 20_000) * 6));
  fc.assert(
    fc.property(fc.array(cost, { minLength: 2, maxLength: 3 }), (costs) => {
      const found = breakEven(task(costs));
      for (let a = 0; a < costs.length; a += 1) {
        for (let b = a + 1; b < costs.length; b += 1) checkPair(found, costs, [a, b], grid);
      }
      for (const { at, kind, below, above } of found.crossings) {
        const [one, other] = [costs[Number(below.slice(1))], costs[Number(above.slice(1))]];
        if (one === undefined || other === undefined) throw new Error("unknown name");
        if (kind === "crossing") expect(Math.abs(one(at) / other(at) - 1)).toBeLessThan(1e-9);
        expect(one(at * (1 - 2e-9))).toBeLessThanOrEqual(other(at * (1 - 2e-9)) * (1 + 1e-8));
        expect(other(at * (1 + 2e-9))).toBeLessThanOrEqual(one(at * (1 + 2e-9)) * (1 + 1e-8));
      }
      for (const x of grid) {
        if (found.bands.some(({ from, to }) => x >= from && x <= to)) continue;
        const interval = found.intervals.find(({ from, to }) => x >= from && x <= to);
        const told = costs[Number(interval?.cheapest?.slice(1))]?.(x) ?? Number.NaN;
        const least = Math.min(...costs.map((each) => each(x)));
        if (!(told <= least * (1 + 1e-8))) expect.fail(`at ${x}: ${told} is told, ${least} is least`);
      }
    }),
    { numRuns: 40, seed: 1 },
  );
}, 30_000);
