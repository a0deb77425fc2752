import { expect, test } from "vitest";
import {
  apply,
  difference,
  gapBetween,
  roundHalfAway,
  roundUp,
  shortest,
  sumOf,
} from "../../src/formula/arithmetic.ts";

test.each([
  { x: 2.5, to: 3, why: "half goes away from zero" },
  { x: -2.5, to: -3, why: "below zero too" },
  { x: 0.49999999999999994, to: 0, why: "just below a half stays, though adding a half to it gives 1" },
  { x: -0.2, to: 0, why: "no negative zero" },
])("round($x) is $to: $why", ({ x, to }) => expect(roundHalfAway(x)).toBe(to));

test.each([
  { x: 150, step: 100, to: 200, why: "a step begun is a step" },
  { x: 200, step: 100, to: 200, why: "a full step adds none" },
  { x: 0.3, step: 0.1, to: 3 * 0.1, why: "0.3 / 0.1 is 2.9999999999999996 in doubles, and 3 steps" },
  { x: 1.1, step: 0.1, to: 11 * 0.1, why: "1.1 / 0.1 is 11.000000000000002 in doubles, and not 12 steps" },
  { x: 1.000001, step: 1, to: 2, why: "a millionth more is more" },
  { x: 0, step: 64, to: 0, why: "nothing is no step" },
  { x: 3e12 + 0.4, step: 1, to: 3e12, why: "the tolerance is relative" },
])("roundup($x, $step) is $to: $why", ({ x, step, to }) => expect(roundUp(x, step)).toBe(to));

test("a step of 0 gives no finite number", () => {
  expect(roundUp(5, 0)).toBeNaN();
});

test("any number but 0 is true, and truth is 1 or 0", () => {
  expect(apply("and", 2, -3)).toBe(1);
  expect(apply("or", 0, 5)).toBe(1);
  expect(apply("not", 7)).toBe(0);
  expect(apply("if", 0.1, 10, 20)).toBe(10);
});

test.each([
  { a: 0.1 + 0.2, b: 0.3, to: 0, why: "what is equal but for the last bit has no difference" },
  { a: 3 * 1.1, b: 3.3, to: 0, why: "nor has a product" },
  { a: 1, b: 1 - 1e-12, to: 1 - (1 - 1e-12), why: "a millionth of a millionth is a difference" },
  { a: 1e-300, b: 0, to: 1e-300, why: "what is small is not rounding" },
  { a: 0, b: 1e-300, to: -1e-300, why: "below zero too" },
  { a: Number.POSITIVE_INFINITY, b: 1, to: Number.POSITIVE_INFINITY, why: "what has no bound stays without" },
])("$a - $b is $to: $why", ({ a, b, to }) => expect(difference(a, b)).toBe(to));

test.each([
  { a: 0.3, b: 0.29, to: 0.01, why: "0.010000000000000009 in doubles" },
  { a: 1000.1, b: 1000, to: 0.1, why: "0.10000000000002274 in doubles" },
  { a: 1, b: 0.95, to: 0.05, why: "0.050000000000000044 in doubles" },
  { a: 0.95, b: 1, to: -0.05, why: "below zero too" },
  { a: 1e9 + 0.001, b: 1e9, to: 0.001, why: "what is left of a large number has few digits" },
  { a: 2, b: 1 / 3, to: 1.6666666666667, why: "14 digits are known, no more" },
  { a: 7, b: 7, to: 0, why: "nothing is 0" },
])("the gap between $a and $b is $to: $why", ({ a, b, to }) => expect(gapBetween(a, b)).toBe(to));

test("a gap of what is no number is none", () => {
  expect(gapBetween(Number.NaN, 1)).toBeNaN();
  expect(gapBetween(1, Number.NEGATIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
});

test.each([
  { low: 138239.99999999994, high: 138240.00000000003, to: 138240, why: "a whole number between the ends" },
  { low: 0.1999999999999, high: 0.2000000000001, to: 0.2, why: "a decimal" },
  { low: 4e6, high: 4e6, to: 4e6, why: "ends that are one" },
  { low: 100, high: 260, to: 300 - 40, why: "not more than the high end: 300 is no answer" },
  { low: 1.23456789012341, high: 1.23456789012342, to: 1.23456789012341, why: "no shorter one: what fits" },
])("from $low to $high the shortest is $to: $why", ({ low, high, to }) => expect(shortest(low, high)).toBe(to));

test.each([
  { values: [], to: 0, why: "nothing" },
  { values: Array.from({ length: 10 }, () => 0.1), to: 1, why: "0.9999999999999999 in doubles" },
  { values: [1e12, 0.1, -1e12], to: 0.1, why: "what is lost beside a large number comes back" },
  { values: [0.1, 1e12, 0.1, -1e12], to: 0.2, why: "whichever is the larger of the two" },
  { values: [0.1, 0.2, -0.3], to: 0, why: "amounts that cancel leave no rounding" },
  { values: [1e-20, 1e-20], to: 2e-20, why: "what is small is not rounding" },
  { values: [1, Number.POSITIVE_INFINITY], to: Number.POSITIVE_INFINITY, why: "no bound is no bound" },
])("the sum of $values is $to: $why", ({ values, to }) => expect(sumOf(values)).toBe(to));
