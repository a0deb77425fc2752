// Which budgets are kept.
import type { BudgetOutcome } from "../../result/check.ts";
import { figure, percent } from "../../result/number.ts";
import { placeWords, statusWords } from "../check-words.ts";
import { type ColumnHead, type Content, html, type Markup, NOTHING, table } from "./markup.ts";

function kept({ fails }: BudgetOutcome): boolean {
  return fails === "no";
}

/** How many budgets are kept, in one line of the first screen that opens to what was found. */
export function budgetsOpened(budgets: readonly BudgetOutcome[]): Markup {
  if (budgets.length === 0) return NOTHING;
  return html`<details class="budgets" id="budgets" data-key="budgets"><summary>${budgetLine(budgets)}</summary>
${budgetTable(budgets)}</details>
`;
}

function budgetLine(budgets: readonly BudgetOutcome[]): Markup {
  const broken = budgets.filter((outcome) => !kept(outcome));
  if (broken.length === 0) {
    return html`<span class="good">${"\u2713"} ${figure(budgets.length)} of ${figure(budgets.length)} budgets kept</span>`;
  }
  const names = broken.map(({ id }) => id).join(", ");
  return html`<span class="bad">${"\u2717"} ${figure(broken.length)} of ${figure(budgets.length)} budgets not kept: ${names}</span>`;
}

function budgetTable(budgets: readonly BudgetOutcome[]): Markup {
  const heads: ColumnHead[] = [
    { title: "Budget" },
    { title: "Status" },
    { title: "Room", figure: true },
    { title: "What was found", text: "sentence" },
    { title: "Assertion", text: "sentence" },
    { title: "Where" },
  ];
  const rows = budgets.map((outcome): Content[] => [
    outcome.id,
    html`<span class="${kept(outcome) ? "good" : "bad"}">${kept(outcome) ? "\u2713" : "\u2717"} ${statusWords(outcome)}</span>`,
    outcome.margin === null ? "" : percent(outcome.margin),
    [outcome.message, outcome.advice === null ? "" : `. ${outcome.advice}`],
    html`<code>${outcome.assert}</code>`,
    placeWords(outcome.place),
  ]);
  return table({ caption: "Assertions of the scenario on this result", heads, rows });
}
