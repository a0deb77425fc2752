import fc from "fast-check";
import { expect, test } from "vitest";
import { logTicks, shortDollars, shortNumber } from "../../../src/report/charts/ticks.ts";

test.each([
  { value: 0, words: "0", why: "zero has no decade" },
  { value: 999, words: "999", why: "below the first suffix" },
  { value: 999.96, words: "1k", why: "rounding reaches the next suffix" },
  { value: 1500, words: "1.5k", why: "no zeros behind the last digit that counts" },
  { value: 2_433_523, words: "2.43M", why: "3 significant digits" },
  { value: 0.2, words: "0.2", why: "no binary dust" },
  { value: 0.000025, words: "0.000025", why: "small prices stay decimal" },
  { value: 2e-8, words: "2e-8", why: "a row of zeros that nobody counts" },
  { value: -12_000, words: "-12k", why: "savings are negative" },
])("$value reads $words: $why", ({ value, words }) => expect(shortNumber(value)).toBe(words));

test("dollars carry the sign before the dollar and tenths as cents", () => {
  expect([-2e6, 0.5, 1.5, 1500].map(shortDollars)).toEqual(["-$2M", "$0.50", "$1.50", "$1.5k"]);
});

test.each([
  { min: 1, max: 100, ticks: [1, 2, 5, 10, 20, 50, 100], why: "two decades in steps of 1, 2, 5" },
  { min: 1.3, max: 1.65, ticks: [1.3, 1.4, 1.5, 1.6], why: "tenths within a decade" },
  { min: 1, max: 1e6, ticks: [1, 10, 100, 1e3, 1e4, 1e5, 1e6], why: "whole decades" },
])("$min to $max: $why", ({ min, max, ticks }) => expect(logTicks(min, max)).toEqual(ticks));

test("ticks ascend inside the range, few enough to read, and are there whenever the range spans a factor of 2", () => {
  const exponent = fc.double({ min: -9, max: 12, noNaN: true });
  fc.assert(
    fc.property(exponent, fc.double({ min: Math.log10(2), max: 12, noNaN: true }), (from, decades) => {
      const [min, max] = [10 ** from, 10 ** (from + decades)];
      const ticks = logTicks(min, max);
      expect(ticks.length).toBeGreaterThanOrEqual(1);
      expect(ticks.length).toBeLessThanOrEqual(9);
      expect(ticks.every((tick, index) => tick >= min && tick <= max && tick > (ticks[index - 1] ?? 0))).toBe(true);
    }),
    { numRuns: 200 },
  );
});
