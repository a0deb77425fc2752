// Budgets for the reader's settings, judged by what judges them on the command line.
import type { Budget } from "../budget/budget.ts";
import { checkBudgets } from "../budget/check.ts";
import { Problems } from "../diagnostic/diagnostic.ts";
import type { BudgetOutcome } from "../result/check.ts";
import type { Result } from "../result/schema.ts";
import type { PagePayload } from "./payload.ts";

/** How the carbon of two architectures compares is not computed in the page. */
const LEFT_OUT = /\bcarbon\b/;

/** Outcomes in the order of the scenario; one that cannot be judged here stays as it was, and says so. */
export function budgetsAt({ budgets, today }: PagePayload, result: Result): readonly BudgetOutcome[] {
  return budgets.map((outcome) => {
    const problems = new Problems();
    const [found] = LEFT_OUT.test(outcome.assert)
      ? []
      : checkBudgets([budgetOf(outcome)], {
          result,
          baseline: undefined,
          today,
          shareOfSamples: undefined,
          problems,
        });
    return found === undefined || problems.hasErrors
      ? { ...outcome, message: `${outcome.message}; for the scenario as it is written` }
      : { ...found, place: outcome.place };
  });
}

function budgetOf({ id, assert, level, advice, owner, waiver }: BudgetOutcome): Budget {
  return {
    id,
    assert,
    level,
    message: advice ?? undefined,
    owner: owner ?? undefined,
    waiver: waiver ?? undefined,
    place: (span) => ({ file: "", text: assert, span: span ?? { start: 0, end: assert.length } }),
  };
}
