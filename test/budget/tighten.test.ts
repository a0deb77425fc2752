import { expect, test } from "vitest";
import { tightened } from "../../src/budget/tighten.ts";
import type { BudgetOutcome } from "../../src/result/check.ts";

const outcome = (assert: string, margin: number) => ({ assert, margin, status: "passed" }) as unknown as BudgetOutcome;

test.each([
  { why: "an upper bound above today's figure", assert: "x <= 200 USD", margin: 0.5, after: "x <= 110 USD" },
  { why: "a lower bound below today's figure", assert: "x >= 2", margin: 1, after: "x >= 3.636" },
])("room is left on the side of the bound: $why", ({ assert, margin, after }) => {
  expect(tightened(outcome(assert, margin), 0.1)?.assert).toBe(after);
});

test("a bound without room stays", () => {
  expect(tightened(outcome("x <= 200 USD", 0.05), 0.1)).toBeUndefined();
  expect(tightened(outcome("x >= 2", 0.05), 0.1)).toBeUndefined();
});
