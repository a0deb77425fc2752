import fc from "fast-check";
import { expect, test } from "vitest";
import { type Distribution, quantileOf } from "../../src/analysis/distribution.ts";
import { normalQuantile, normalShare } from "../../src/analysis/normal.ts";

test.each([
  { p: 0.9, z: 1.2815515655446004 },
  { p: 1e-10, z: -6.361340902404056 },
  { p: 0.3, z: -0.5244005127080409 },
])("the normal quantile of $p is SciPy's", ({ p, z }) => expect(normalQuantile(p)).toBeCloseTo(z, 13));

test.each([
  { z: -1.3, share: 0.09680048458561036 },
  { z: 2, share: 0.9772498680518208 },
  { z: -8, share: 6.22096057427174e-16 },
])("the share of the normal distribution below $z is SciPy's", ({ z, share }) => {
  expect(normalShare(z) / share).toBeCloseTo(1, 7);
  expect(normalShare(z)).toBeCloseTo(share, 14);
});

test("share and quantile undo each other", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (p) => {
      expect(normalShare(normalQuantile(p))).toBeCloseTo(p, 12);
    }),
  );
});

const beta = { kind: "pert", low: 1, typical: 2, high: 7 } as const;
test.each<{ distribution: Distribution; at: readonly (readonly [number, number])[]; why: string }>([
  { distribution: { kind: "uniform", low: 2, high: 4 }, at: [[0.25, 2.5]], why: "evenly" },
  { distribution: { kind: "loguniform", low: 1, high: 100 }, at: [[0.5, 10]], why: "evenly in the logarithm" },
  {
    distribution: { kind: "triangular", low: 0, typical: 1, high: 4 },
    at: [
      [0.25, 1],
      [0.0625, 0.5],
      [1, 4],
      [0, 0],
    ],
    why: "a quarter lies below the peak at a quarter of the width",
  },
  {
    distribution: beta,
    at: [
      [0.01, 1.1063475],
      [0.5, 2.5117238],
      [0.999, 6.0560395],
    ],
    why: "SciPy's beta with shapes 1 + 4/6 and 1 + 20/6",
  },
  {
    distribution: { kind: "normal", p10: 10, p90: 30 },
    at: [
      [0.1, 10],
      [0.5, 20],
      [0.9, 30],
    ],
    why: "its tenths are what was written",
  },
  {
    distribution: { kind: "lognormal", p10: 1, p90: 100 },
    at: [
      [0.1, 1],
      [0.5, 10],
      [0.9, 100],
    ],
    why: "and in the logarithm",
  },
])("$distribution.kind: $why", ({ distribution, at }) => {
  const quantile = quantileOf(distribution);
  for (const [u, value] of at) expect(quantile(u)).toBeCloseTo(value, 5);
});

test("a peak at an end of the range, or a range without width, is fine", () => {
  expect(quantileOf({ kind: "triangular", low: 1, typical: 1, high: 3 })(0.5)).toBeCloseTo(3 - Math.SQRT2, 12);
  expect(quantileOf({ kind: "triangular", low: 1, typical: 3, high: 3 })(0.5)).toBeCloseTo(1 + Math.SQRT2, 12);
  expect(quantileOf({ kind: "triangular", low: 2, typical: 2, high: 2 })(0.3)).toBe(2);
  expect(quantileOf({ kind: "pert", low: 2, typical: 2, high: 2 })(0.3)).toBe(2);
});

test("quantiles never fall and stay within the range", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const three = fc.tuple(share, share, share).map((x) => x.sort((a, b) => a - b));
  fc.assert(
    fc.property(
      fc.constantFrom("triangular" as const, "pert" as const),
      three,
      share,
      share,
      (kind, [low, typical, high], a, b) => {
        if (low === undefined || typical === undefined || high === undefined) return;
        const quantile = quantileOf({ kind, low, typical, high });
        expect(quantile(Math.min(a, b))).toBeLessThanOrEqual(quantile(Math.max(a, b)) + 1e-15);
        expect(quantile(a)).toBeGreaterThanOrEqual(low - 1e-12);
        expect(quantile(a)).toBeLessThanOrEqual(high + 1e-12);
      },
    ),
    { numRuns: 60 },
  );
});
