// Assertions checked against the hand-written result, as a scenario would give them.
import type { Budget } from "../../src/budget/budget.ts";
import { checkBudgets } from "../../src/budget/check.ts";
import { Problems } from "../../src/diagnostic/diagnostic.ts";
import type { BudgetOutcome } from "../../src/result/check.ts";
import type { Result } from "../../src/result/schema.ts";
import { result } from "../report/fixture.ts";

function budget(assert: string, more: Partial<Budget> = {}): Budget {
  const text = `assert: ${assert}`;
  const at = 8;
  return {
    id: "b",
    assert,
    level: "error",
    place: (span) => ({
      file: "budgets.yaml",
      text,
      span: span === undefined ? { start: at, end: text.length } : { start: span.start + at, end: span.end + at },
    }),
    ...more,
  };
}

export type Checked = { readonly outcome: BudgetOutcome | undefined; readonly problems: Problems };

type Given = {
  readonly of?: Result;
  readonly baseline?: Result | "new";
  readonly share?: number;
  readonly budget?: Partial<Budget>;
};

/** The day of these checks is 2026-11-23. */
export function check(assert: string, given: Given = {}): Checked {
  const problems = new Problems();
  const [outcome] = checkBudgets([budget(assert, given.budget)], {
    result: given.of ?? result,
    baseline: given.baseline,
    today: "2026-11-23",
    shareOfSamples: () => given.share,
    problems,
  });
  return { outcome, problems };
}

/** The same result with other monthly costs. */
export function withCosts(costs: Readonly<Record<string, number>>): Result {
  const architectures = Object.fromEntries(
    Object.entries(result.architectures).map(([name, architecture]) => {
      const month = costs[name] ?? architecture.cost.month;
      return [name, { ...architecture, cost: { ...architecture.cost, month } }];
    }),
  );
  return { ...result, architectures };
}
