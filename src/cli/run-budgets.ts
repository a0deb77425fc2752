import { checkBudgets } from "../budget/check.ts";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { placeWords, statusWords } from "../report/check-words.ts";
import { clean } from "../report/text.ts";
import type { BudgetOutcome } from "../result/check.ts";
import type { Result } from "../result/schema.ts";
import type { Scenario } from "../scenario/read.ts";
import { scenarioBudgets } from "./budgets.ts";
import { type Io, today } from "./process.ts";

/** What `run` leaves to `check`: the break-even and samples cost time, a baseline has to be named. */
const LEFT_OUT = /\b(?:baseline|crosses|share)\s*\(|\bbreak_even\b/;

export type Budgeted = { readonly scenario: Scenario; readonly result: Result };

/** Outcomes of the budgets of some scenarios. Throws InputError where one cannot be read or names what is not there. */
export function budgetOutcomes(budgeted: readonly Budgeted[], io: Io): readonly BudgetOutcome[] {
  const problems = new Problems();
  const outcomes = budgeted.flatMap(({ scenario, result }) => {
    const budgets = scenarioBudgets(scenario).filter(({ assert }) => !LEFT_OUT.test(assert));
    return checkBudgets(budgets, {
      result,
      baseline: undefined,
      today: today(io),
      shareOfSamples: undefined,
      problems,
    });
  });
  if (problems.hasErrors) throw new InputError(problems.list);
  return outcomes;
}

/** A line for each broken budget. */
export function brokenLines(outcomes: readonly BudgetOutcome[]): string {
  return outcomes
    .filter(({ fails }) => fails !== "no")
    .map((outcome) => {
      const { id, message, place, fails } = outcome;
      const level = fails === "warn" ? "warning" : "budget";
      return `${level} ${clean(id)} ${statusWords(outcome)}: ${clean(message)} (${placeWords(place)})\n`;
    })
    .join("");
}
