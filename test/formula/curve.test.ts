import fc from "fast-check";
import { expect, test } from "vitest";
import { flatCurve, weeklyCurve, wholeOf } from "../../src/formula/curve.ts";
import type { Curve } from "../../src/formula/graph.ts";

const flat = Array.from({ length: 168 }, () => 1);
const workdays = Array.from({ length: 168 }, (_, hour) => (hour < 120 ? 3 : 1));

function curveOf(shape: Parameters<typeof weeklyCurve>[0]): Curve {
  const curve = weeklyCurve(shape);
  if ("problem" in curve) throw new Error(curve.problem);
  return curve;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const meanWeight = (curve: Curve) =>
  sum(curve.share.map((part, slot) => part * (curve.weight[slot] ?? Number.NaN))) / wholeOf(curve);

test("a flat load is one slot of weight 1", () => {
  expect(flatCurve()).toMatchObject({ share: [1], weight: [1] });
  expect(curveOf({ weights: flat.map(() => 0.1), burst: 1, hours: false })).toEqual({ ...flatCurve(), share: [168] });
});

test("hours of equal weight merge when no formula reads the hour", () => {
  const curve = curveOf({ weights: workdays, burst: 1, hours: false });
  expect(curve.share).toEqual([120, 48]);
  const [week = 0, end = 0] = curve.weight;
  expect(week / end).toBeCloseTo(3, 12);
});

test("with hours, slot 25 is Tuesday 1 h", () => {
  const curve = curveOf({ weights: workdays, burst: 1, hours: true });
  expect(curve.share).toHaveLength(168);
  expect([curve.hour[25], curve.weekday[25]]).toEqual([1, 1]);
  expect([curve.hour[167], curve.weekday[167]]).toEqual([23, 6]);
});

test("a burst adds a slot without duration for each slot, with its hour", () => {
  const curve = curveOf({ weights: workdays, burst: 2, hours: true });
  expect(curve.share.slice(168)).toEqual(flat.map(() => 0));
  expect(curve.weight[168 + 25]).toBe(2 * (curve.weight[25] ?? Number.NaN));
  expect([curve.hour[168 + 25], curve.weekday[168 + 25]]).toEqual([1, 1]);
});

test("a merged curve keeps every distinct burst: a formula need not be largest at the largest load", () => {
  const curve = curveOf({ weights: workdays, burst: 1.5, hours: false });
  const [week = 0, end = 0] = curve.weight;
  expect(curve.weight).toEqual([week, end, week * 1.5, end * 1.5]);
  expect(curve.share.slice(2)).toEqual([0, 0]);
});

test.each([
  { weights: flat.slice(1), burst: 1, problem: "a week has 168 hours, the curve has 167 weights" },
  { weights: flat.with(2, -1), burst: 1, problem: "weight 3 of the curve is -1; a weight is a number from 0 on" },
  {
    weights: flat.with(2, Number.NaN),
    burst: 1,
    problem: "weight 3 of the curve is NaN; a weight is a number from 0 on",
  },
  { weights: flat.map(() => 0), burst: 1, problem: "all weights of the curve are 0; at least one hour needs load" },
  { weights: flat.map(() => 1e307), burst: 1, problem: "the weights of the curve add up to no finite number" },
  { weights: flat, burst: 0.5, problem: "the burst is 0.5; it is a factor from 1 on" },
  { weights: flat, burst: Infinity, problem: "the burst is Infinity; it is a factor from 1 on" },
])("told, not thrown: $problem", ({ weights, burst, problem }) => {
  expect(weeklyCurve({ weights, burst, hours: false })).toEqual({ problem });
});

const shape = fc.record({
  weights: fc
    .array(fc.constantFrom(0, 0.3, 1, 2.5, 7), { minLength: 168, maxLength: 168 })
    .map((all) => all.with(0, 1)),
  burst: fc.double({ min: 1, max: 10, noNaN: true }),
  hours: fc.boolean(),
});

test("the slots last 168 hours, the mean weight is 1, the peak is the largest weight times the burst", () => {
  fc.assert(
    fc.property(shape, (drawn) => {
      const curve = curveOf(drawn);
      expect(wholeOf(curve)).toBe(168);
      expect(meanWeight(curve)).toBeCloseTo(1, 12);
      const largest = (Math.max(...drawn.weights) / sum(drawn.weights)) * 168 * drawn.burst;
      expect(Math.max(...curve.weight) / largest).toBeCloseTo(1, 12);
      const lengths = [curve.weight, curve.hour, curve.weekday].map((column) => column.length);
      expect(lengths).toEqual(lengths.map(() => curve.share.length));
    }),
    { numRuns: 40 },
  );
});
