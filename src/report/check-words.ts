// What the formats of a check say alike.

import { gapBetween } from "../formula/arithmetic.ts";
import type { BudgetOutcome, CheckReport, GoneScenario, ScenarioCheck, SourceLine } from "../result/check.ts";
import { money, percent } from "../result/number.ts";
import { clean, truncate } from "./text.ts";

/** Characters of the name of a branch. */
const NAME_LENGTH = 120;

/** An outcome with the scenario that it belongs to. */
export type Finding = { readonly scenario: ScenarioCheck; readonly outcome: BudgetOutcome };

/** Findings that break the check or would, the worst first: errors before warnings, what is broken most before the rest. */
export function failures(report: CheckReport): readonly Finding[] {
  return report.scenarios
    .flatMap((scenario) => scenario.outcomes.map((outcome) => ({ scenario, outcome })))
    .filter(({ outcome }) => outcome.fails !== "no")
    .sort((a, b) => weight(a.outcome) - weight(b.outcome));
}

/** A margin without a figure stands after those that have one. */
function weight({ fails, margin }: BudgetOutcome): number {
  const room = margin === null ? 1e3 : Math.max(-1e3, Math.min(margin, 1e3));
  return (fails === "error" ? 0 : 1e4) + room;
}

/** What a check found that belongs to no budget: it stands first in every format. */
export type Remark = {
  readonly kind: "budgets-changed" | "scenario-deleted" | "no-baseline";
  readonly level: "error" | "warning" | "note";
  /** the file that it is about */
  readonly file: string;
  /** what it is about in that file, for a fingerprint */
  readonly id: string;
  readonly text: string;
  /** null: there is no such line any more */
  readonly place: SourceLine | null;
};

export const REMARK_TITLES: Readonly<Record<Remark["kind"], string>> = {
  "budgets-changed": "Budgets changed",
  "scenario-deleted": "Scenario deleted",
  "no-baseline": "No baseline",
};

/** What the change did to its own budgets, the scenarios it took out of the check, and what could not be compared. */
export function remarks(report: CheckReport): readonly Remark[] {
  const name = report.budgets_from?.name ?? report.baseline?.name ?? "";
  const changes = report.budget_changes.map(
    ({ id, file, what, fails, place }): Remark => ({
      ...{ kind: "budgets-changed", file, id, place },
      level: fails === "error" ? "error" : "note",
      text: clean(`budgets changed: ${id}: ${what}`),
    }),
  );
  const gone = report.gone.map((one): Remark => {
    const isChange = one.fails === "error";
    const text = goneWords(one, name);
    return {
      ...{ kind: "scenario-deleted", file: one.file, id: "scenario-deleted", place: null },
      level: isChange ? "error" : "note",
      text: isChange ? `budgets changed: ${text}` : text,
    };
  });
  const unread = report.scenarios.flatMap(({ file, name: scenario, baseline_problem: problem }): Remark[] =>
    typeof problem !== "string"
      ? []
      : [
          {
            ...{ kind: "no-baseline", level: "warning", file, id: "no-baseline", place: { file, line: 1, column: 1 } },
            text: clean(`${scenario}: checked without a baseline, which cannot be read: ${problem}`),
          },
        ],
  );
  const order = ["error", "warning", "note"];
  return [...changes, ...gone, ...unread].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}

/** What a scenario that is there no more, or no more where it is looked for, leaves unchecked. */
function goneWords({ file, name, budgets, moved_to: to }: GoneScenario, baseline: string): string {
  const what = budgets === 0 ? "it" : budgets === 1 ? "it and its budget" : `it and its ${budgets} budgets`;
  const how =
    typeof to === "string"
      ? `was moved to ${clean(to)}, which is not checked, since ${clean(baseline)}`
      : `was deleted since ${clean(baseline)}`;
  return `${clean(file)} (${clean(name)}) ${how}: ${what} ${budgets === 0 ? "is" : "are"} checked no more`;
}

/** Whose budgets are checked, and how a change of them passes; undefined where there is no commit to compare with. */
export function budgetsFromWords({ budgets_from: from, counts }: CheckReport): string | undefined {
  if (from === null) return undefined;
  const commit = from.commit === null ? "" : ` (${from.commit.slice(0, 7)})`;
  const name = truncate(clean(from.name), NAME_LENGTH);
  const whose = from.side === "base" ? `as they are at ${name}${commit}` : "as the change has them";
  const allow = counts.budget_changes > 0 ? "; --allow-budget-changes lets the changes pass" : "";
  return `budgets: ${whose}${allow}`;
}

/** The verdict of a whole check: changes of budgets first. */
export function headlineWords({ scenarios, counts }: CheckReport): string {
  const verdict = verdictWords(scenarios.flatMap(({ outcomes }) => outcomes));
  return counts.budget_changes > 0 ? `budgets changed, ${verdict}` : verdict;
}

/** `scenarios/api.yaml:12`. */
export function placeWords({ file, line }: SourceLine): string {
  return `${clean(file)}:${line}`;
}

/** Where people look first: the line that was edited when that did it, else the budget's own. */
export function lineToShow({ causes, place }: BudgetOutcome): SourceLine {
  const edited = causes.find((cause) => cause.change !== null && cause.place !== null)?.place;
  return edited === undefined || edited === null ? place : edited;
}

/** The whole finding in one line of plain text: what was found, whose it is, what did it, what to do. */
export function sentence(outcome: BudgetOutcome): string {
  const [cause] = outcome.causes;
  const because =
    cause === undefined || outcome.status === "passed"
      ? []
      : [
          `${cause.change === null ? "Greatest part" : "Greatest rise"}: ${cause.text}${cause.place === null ? "" : ` (${placeWords(cause.place)})`}.`,
        ];
  const advice = outcome.advice === null ? [] : [outcome.advice];
  const owner = outcome.owner === null || outcome.status === "expired" ? [] : [`Owner: ${outcome.owner}.`];
  return clean([`${outcome.message}.`, ...because, ...advice, ...owner].join(" "));
}

const STATUS_WORDS: Readonly<Record<BudgetOutcome["status"], string>> = {
  passed: "kept",
  broken: "broken",
  undetermined: "undetermined",
  waived: "waived",
  expired: "waiver expired",
  skipped: "skipped",
};

export function statusWords({ status }: BudgetOutcome): string {
  return STATUS_WORDS[status];
}

/** The verdict of a check or of one scenario of it: `2 of 5 budgets broken`. */
export function verdictWords(outcomes: readonly BudgetOutcome[]): string {
  if (outcomes.length === 0) return "no budgets";
  const errors = outcomes.filter(({ fails }) => fails === "error").length;
  const warnings = outcomes.filter(({ fails }) => fails === "warn").length;
  const waived = outcomes.filter(({ status }) => status === "waived").length;
  const skipped = outcomes.filter(({ status }) => status === "skipped").length;
  const all = `${outcomes.length} budget${outcomes.length === 1 ? "" : "s"}`;
  const parts = [
    ...(errors > 0 ? [`${errors} of ${all} broken`] : []),
    ...(warnings > 0 ? [`${warnings} warning${warnings === 1 ? "" : "s"}`] : []),
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  if (parts.length === 0) return `${all} kept`;
  return errors + warnings + waived > 0
    ? parts.join(", ")
    : `${outcomes.length - skipped} of ${all} kept, ${parts.join(", ")}`;
}

/** `+$1,200 (+0.8 %)`; empty where nothing changed or nothing is known. */
export function changeWords(before: number | null, after: number): string {
  const moved = before === null ? 0 : gapBetween(after, before);
  if (before === null || moved === 0) return "";
  const share = before === 0 ? "" : ` (${signed(percent(Math.abs(moved / before)), moved)})`;
  return `${signed(money(Math.abs(moved)), moved)}${share}`;
}

function signed(text: string, change: number): string {
  return `${change < 0 ? "-" : "+"}${text}`;
}

/** An amount with its sign, `+$1,200`; `$0` has none. */
export function signedMoney(change: number): string {
  return change === 0 ? money(0) : signed(money(Math.abs(change)), change);
}
