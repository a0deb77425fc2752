import { expect, test } from "vitest";
import { apply, roundHalfAway, roundUp } from "../../src/formula/arithmetic.ts";

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
