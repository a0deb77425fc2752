import type { BudgetOutcome, CheckReport, ScenarioCheck } from "../result/check.ts";
import { harmless } from "../result/harmless.ts";
import { money } from "../result/number.ts";
import { budgetsFromWords, changeWords, headlineWords, placeWords, remarks, statusWords } from "./check-words.ts";
import { changeLines } from "./diff-text.ts";
import { clean } from "./text.ts";

const MARKS: Readonly<Record<BudgetOutcome["status"], string>> = {
  passed: "✓",
  broken: "✗",
  undetermined: "?",
  waived: "~",
  expired: "✗",
  skipped: "-",
};

/** A check for a terminal or a build log: each budget in a line, what broke one beneath it. */
export function renderCheckText(report: CheckReport): string {
  const against = report.baseline === null ? "" : `, against ${clean(report.baseline.name)}`;
  const from = budgetsFromWords(report);
  const lines = [
    `archcost check: ${headlineWords(report)}${against}`,
    ...remarks(report).map(({ level, text, place }) => {
      return `${level}: ${text}${place === null ? "" : ` (${placeWords(place)})`}`;
    }),
    ...(from === undefined ? [] : [from]),
    ...report.scenarios.flatMap(scenarioLines),
  ];
  return harmless(`${lines.join("\n")}\n`);
}

function scenarioLines(scenario: ScenarioCheck): string[] {
  const { name, file, cost, outcomes, change } = scenario;
  const costs = cost.map(({ architecture, month, before }) => {
    const changed = changeWords(before, month);
    return `  cost   ${clean(architecture)}: ${money(month)} a month${changed === "" ? "" : `, ${changed}`}`;
  });
  return [
    "",
    `scenario ${clean(file)}: ${clean(name)}`,
    ...costs,
    ...outcomes.flatMap(outcomeLines),
    ...(change === null ? [] : changeLines(change)),
  ];
}

function outcomeLines(outcome: BudgetOutcome): string[] {
  const { id, level, status, message, advice, owner, waiver, causes, place } = outcome;
  const state = status === "passed" || status === "broken" ? "" : `${statusWords(outcome)}: `;
  const head = `  ${MARKS[status]} ${clean(id)}${level === "error" ? "" : ` (${level})`}: ${state}${clean(message)}`;
  if (status === "passed" || status === "skipped") return [head];
  return [
    head,
    `      budget: ${placeWords(place)}: ${clean(outcome.assert)}`,
    ...causes.map((cause) => {
      const where = cause.place === null ? "" : ` (${placeWords(cause.place)})`;
      return `      ${cause.change === null ? "part" : "rise"}: ${clean(cause.text)}${where}`;
    }),
    ...(advice === null ? [] : [`      advice: ${clean(advice)}`]),
    ...(owner === null ? [] : [`      owner: ${clean(owner)}`]),
    ...(waiver === null ? [] : [`      waiver: until ${waiver.until}, ${clean(waiver.reason)}`]),
  ];
}
