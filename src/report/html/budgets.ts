// Which budgets are kept.
import type { BudgetOutcome } from "../../result/check.ts";
import { figure, percent } from "../../result/number.ts";
import { placeWords, statusWords } from "../check-words.ts";
import { type Content, html, type Markup, NOTHING, table } from "./markup.ts";
import type { Section } from "./section.ts";

function kept({ fails }: BudgetOutcome): boolean {
  return fails === "no";
}

/** How many budgets are kept, in one line for the first screen. */
export function budgetLine(budgets: readonly BudgetOutcome[]): Markup {
  if (budgets.length === 0) return NOTHING;
  const broken = budgets.filter((outcome) => !kept(outcome));
  if (broken.length === 0) {
    return html`<p class="budgets"><span class="good">${"\u2713"} ${figure(budgets.length)} of ${figure(budgets.length)} budgets kept</span> (<a href="#budgets">which</a>)</p>\n`;
  }
  const names = broken.map(({ id }) => id).join(", ");
  return html`<p class="budgets"><span class="bad">${"\u2717"} ${figure(broken.length)} of ${figure(budgets.length)} budgets not kept: ${names}</span> (<a href="#budgets">why</a>)</p>\n`;
}

export function budgetSection(budgets: readonly BudgetOutcome[]): Section | undefined {
  if (budgets.length === 0) return undefined;
  const heads = [
    { title: "Budget" },
    { title: "Status" },
    { title: "Room", figure: true },
    { title: "What was found" },
    { title: "Assertion" },
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
  return {
    id: "budgets",
    title: "Budgets",
    capability: "Budgeting",
    body: table({ caption: "Assertions of the scenario on this result", heads, rows }),
  };
}
