// Budgets for the reader's settings, judged by what judges them on the command line.
import type { Budget } from "../budget/budget.ts";
import { checkBudgets } from "../budget/check.ts";
import { Problems } from "../diagnostic/diagnostic.ts";
import type { BudgetOutcome } from "../result/check.ts";
import type { Result } from "../result/schema.ts";
import type { PageModel } from "./payload.ts";

/** Outcomes in the order of the scenario; one that cannot be judged here stays as it was, and says so. */
export function budgetsAt({ budgets, today }: PageModel, result: Result): readonly BudgetOutcome[] {
  const judged = (some: readonly BudgetOutcome[]): readonly BudgetOutcome[] | undefined => {
    const problems = new Problems();
    const task = { result, baseline: undefined, today, shareOfSamples: undefined, problems };
    const found = checkBudgets(some.map(budgetOf), task);
    return problems.hasErrors || found.length < some.length ? undefined : found;
  };
  // All at once where each can be judged: the names of figures are gathered for every call.
  const all = judged(budgets);
  return budgets.map((outcome, i) => {
    const found = all === undefined ? judged([outcome])?.[0] : all[i];
    return found === undefined
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
