// A check for a pull request: headline, one table, everything else folded, one section a scenario.
import type {
  BudgetOutcome,
  CheckReport,
  DiffReport,
  ScenarioChange,
  ScenarioCheck,
  SourceLine,
} from "../result/check.ts";
import { money } from "../result/number.ts";
import {
  budgetsFromWords,
  changeWords,
  headlineWords,
  placeWords,
  remarks,
  signedMoney,
  statusWords,
  verdictWords,
} from "./check-words.ts";
import { causeWords } from "./diff-text.ts";
import { CUT, folded, MOST_CHARACTERS, table, text } from "./markdown.ts";
import { fingerprint } from "./sha256.ts";
import { clean, truncate } from "./text.ts";

/** Bytes that a step summary may have on GitHub, less some room. */
const MOST_SUMMARY_BYTES = 1_000_000;

const MARKS: Readonly<Record<BudgetOutcome["status"], string>> = {
  passed: "✅",
  broken: "❌",
  undetermined: "❔",
  waived: "⏸️",
  expired: "❌",
  skipped: "➖",
};

/** The hidden first line of a comment: by it the comment is found again and updated in place, whatever the figures. */
export function marker({ named }: Pick<CheckReport, "named">, scenario?: Pick<ScenarioCheck, "file">): string {
  const digest = (file: string): string => fingerprint({ file }, { id: "" }).slice(0, 12);
  return `<!-- archcost:${digest(named.join("\n"))}${scenario === undefined ? "" : `:${digest(scenario.file)}`} -->`;
}

/**
 * One comment for the whole check: what changed in the budgets, the scenarios that the change touches or breaks, the number of
 * the others. No longer than a comment may be; markup is never left open.
 */
export function renderCheckMarkdown(report: CheckReport, most = MOST_CHARACTERS): string {
  const { scenarios } = report;
  const shown = scenarios.length === 1 ? scenarios : scenarios.filter(isTouched);
  const lead = [marker(report), ...leadLines(report, shown)].join("\n");
  const foot = `<sub>${footer(report)}</sub>\n`;
  return `${lead}${fitted(shown, report, most - lead.length - foot.length)}${foot}`;
}

/** A comment for each scenario that the change touches or breaks, after one for the whole; each begins with its marker. */
export function renderComments(report: CheckReport): string {
  const shown = report.scenarios.filter(isTouched);
  const lead = [marker(report), ...leadLines(report, shown, true)].join("\n");
  const comments = shown.map((scenario) => {
    const head = `${marker(report, scenario)}\n`;
    return `${head}${shortened(section(scenario, true), MOST_CHARACTERS - head.length - 1)}`;
  });
  return [`${lead}<sub>${footer(report)}</sub>\n`, ...comments].join("\n");
}

/** The same for a GitHub step summary, which may be longer. */
export function renderSummary(report: CheckReport): string {
  // A character takes three bytes of UTF-8 at most, or four for two.
  return renderCheckMarkdown(report, Math.floor(MOST_SUMMARY_BYTES / 3));
}

/** A scenario that is as it was, and keeps its budgets, is counted only. */
function isTouched({ change, is_new: isNew, outcomes, baseline_problem: problem }: ScenarioCheck): boolean {
  if (change === null || isNew || typeof problem === "string") return true;
  const isSame =
    change.edits.length === 0 && change.architectures.every(({ change: by, lines }) => by === 0 && lines.length === 0);
  return !isSame || outcomes.some(({ fails }) => fails !== "no");
}

/** Remarks in a comment, and characters of one: every one may take five when it is escaped. */
const MOST_REMARKS = 20;
const REMARK_LENGTH = 300;

/** What is said before the scenarios. @param always a headline, even for one scenario */
function leadLines(report: CheckReport, shown: readonly ScenarioCheck[], always = false): string[] {
  const { scenarios, verdict } = report;
  const found = remarks(report);
  const mark = verdict === "failed" ? "❌" : verdict === "warned" ? "⚠️" : "✅";
  const lines = found.slice(0, MOST_REMARKS).map(({ level, text: said, place: at }) => {
    const where = at === null ? "" : ` (${text(truncate(placeWords(at), NAME_LENGTH))})`;
    return `- ${level === "note" ? "" : `**${level}** `}${text(truncate(said, REMARK_LENGTH))}${where}`;
  });
  const more = found.length - lines.length;
  const hidden = scenarios.filter((scenario) => !shown.includes(scenario));
  const kept = verdictWords(hidden.flatMap(({ outcomes }) => outcomes));
  return [
    ...(always || scenarios.length !== 1 || report.counts.budget_changes > 0
      ? [`## ${mark} archcost: ${headlineWords(report)}`, ""]
      : []),
    ...(lines.length === 0 ? [] : [...lines, ...(more > 0 ? [`- and ${more} more`] : []), ""]),
    ...(hidden.length === 0
      ? []
      : [`${hidden.length} ${hidden.length === 1 ? "scenario is" : "scenarios are"} unchanged (${kept}).`, ""]),
    "",
  ];
}

type Section = { readonly head: string; readonly parts: readonly string[]; readonly order: number };

/** Characters of a scenario's name in its headline. */
const NAME_LENGTH = 120;
/** Room for the sentence that counts what did not fit. */
const MORE_ROOM = 100;

/** Sections of scenarios, the worst first where there is not room for all; those that do not fit are counted. */
function fitted(scenarios: readonly ScenarioCheck[], report: CheckReport, most: number): string {
  const sections = scenarios.map((scenario) => section(scenario, report.scenarios.length > 1));
  const whole = sections.map(({ head, parts }) => `${[head, ...parts].join("\n")}\n`).join("");
  if (whole.length <= most) return whole;
  const worstFirst = [...sections].sort((a, b) => a.order - b.order);
  let out = "";
  for (const [index, one] of worstFirst.entries()) {
    const left = most - MORE_ROOM - out.length;
    const least = one.head.length + CUT.length;
    if (least >= left) {
      const more = sections.length - index;
      return `${out}_and ${more} more scenario${more === 1 ? "" : "s"}: see the log of the run._\n\n`;
    }
    out += `${shortened(one, Math.max(Math.floor(left / (sections.length - index)) - 1, least))}\n`;
  }
  return out;
}

/** Parts are left out from the end, whole ones, so that no markup stays open. */
function shortened({ head, parts }: Section, room: number): string {
  const kept = [head];
  let length = head.length + CUT.length;
  for (const part of parts) {
    if (length + part.length + 1 > room) return `${kept.join("\n")}${CUT}`;
    kept.push(part);
    length += part.length + 1;
  }
  return kept.join("\n");
}

/** @param named whether the file is to be said: it stands among others */
function section(scenario: ScenarioCheck, named: boolean): Section {
  const { outcomes, name, change, file } = scenario;
  const failed = outcomes.some(({ fails }) => fails === "error");
  const warned = outcomes.some(({ fails }) => fails === "warn");
  const mark = failed ? "❌" : warned ? "⚠️" : "✅";
  const head = [
    `### ${mark} ${text(truncate(clean(name), NAME_LENGTH))}: ${verdictWords(outcomes)}`,
    "",
    `**${headline(scenario)}**`,
    "",
  ].join("\n");
  return {
    head,
    order: failed ? 0 : warned ? 1 : 2,
    parts: [
      [...(outcomes.length === 0 ? costTable(scenario) : budgetTable(outcomes)), ""].join("\n"),
      outcomes
        .flatMap(brokenLines)
        .map((line) => `${line}\n`)
        .join(""),
      ...(outcomes.length === 0 ? [] : [folded("Costs", costTable(scenario)).join("\n")]),
      ...(change === null ? [] : changeParts(change)),
      ...(named ? [`<sub>${text(file)}</sub>\n`] : []),
    ].filter((part) => part !== ""),
  };
}

/** The cheapest and the greatest change, in one sentence. */
function headline({ cost, cheapest, is_new: isNew }: ScenarioCheck): string {
  const best = cost.find(({ architecture }) => architecture === cheapest);
  const moved = cost
    .filter(({ before, month }) => before !== null && before !== month)
    .sort((a, b) => Math.abs(b.month - (b.before ?? b.month)) - Math.abs(a.month - (a.before ?? a.month)));
  const [most] = moved;
  const first = best === undefined ? "" : `${text(cheapest)} is the cheapest at ${text(money(best.month))} a month`;
  if (isNew) return `${first}; the scenario is new`;
  if (most === undefined) return cost.some(({ before }) => before !== null) ? `${first}; no cost has changed` : first;
  return `${text(most.architecture)}: ${text(changeWords(most.before, most.month))} to ${text(money(most.month))} a month; ${first}`;
}

/** Rows of one table; the worst stand first. */
const MOST_ROWS = 50;

function budgetTable(outcomes: readonly BudgetOutcome[]): string[] {
  const order: readonly BudgetOutcome["fails"][] = ["error", "warn", "no"];
  const sorted = [...outcomes].sort((a, b) => order.indexOf(a.fails) - order.indexOf(b.fails));
  const rows = sorted
    .slice(0, MOST_ROWS)
    .map((outcome) => [
      `${MARKS[outcome.status]} ${text(outcome.id)}`,
      `${statusWords(outcome)}${outcome.level === "error" ? "" : ` (${outcome.level})`}`,
      text(outcome.actual ?? ""),
      text(outcome.expected ?? outcome.assert),
    ]);
  const more = sorted.length - rows.length;
  return [...table(["Budget", "", "found", "wanted"], 2, rows), ...(more > 0 ? ["", `and ${more} more`] : [])];
}

function place(line: SourceLine): string {
  return text(placeWords(line));
}

function brokenLines(outcome: BudgetOutcome): string[] {
  if (outcome.status === "passed" || outcome.status === "skipped") return [];
  const causes = outcome.causes.map(
    (cause) => `  - ${text(cause.text)}${cause.place === null ? "" : `, ${place(cause.place)}`}`,
  );
  const waiver =
    outcome.waiver === null ? [] : [`  - waiver until ${text(outcome.waiver.until)}: ${text(outcome.waiver.reason)}`];
  return [
    `- **${text(outcome.id)}** (${place(outcome.place)}): ${text(outcome.message)}`,
    ...causes,
    ...(outcome.advice === null ? [] : [`  - ${text(outcome.advice)}`]),
    ...(outcome.owner === null ? [] : [`  - owner: ${text(outcome.owner)}`]),
    ...waiver,
  ];
}

function costTable({ cost, cheapest }: ScenarioCheck): string[] {
  const rows = cost.map(({ architecture, month, before }) => {
    const name = text(architecture);
    return [
      architecture === cheapest ? `**${name}**` : name,
      before === null ? "" : text(money(before)),
      text(money(month)),
      text(changeWords(before, month)),
    ];
  });
  return table(["Architecture", "before", "a month", "change"], 1, rows);
}

/** Line items of one change reported in a comment. */
const MOST_LINES = 30;

function changeParts(change: ScenarioChange): string[] {
  const architectures = change.architectures.map(({ architecture, change: total, by, lines }) => {
    const rows = lines
      .slice(0, MOST_LINES)
      .map((line) => [
        text(line.component),
        text(line.description),
        line.places.map(place).join(", "),
        line.before === null ? "new" : text(money(line.before)),
        line.after === null ? "gone" : text(money(line.after)),
        text(signedMoney(line.change)),
      ]);
    const title = `Change of ${text(architecture)}: ${text(signedMoney(total))} a month (${text(causeWords(by))})`;
    const heading = ["Component", "Line item", "Scenario", "before", "after", "change"];
    return folded(title, table(heading, 3, rows)).join("\n");
  });
  const edits = change.edits.slice(0, MOST_LINES).map((edit) => {
    const where = edit.place === null ? "" : place(edit.place);
    return [text(edit.cause), text(edit.path), where, text(edit.before ?? ""), text(edit.after ?? "")];
  });
  if (edits.length === 0) return architectures;
  const written = folded("What was edited", table(["Of", "Where", "Scenario", "before", "after"], 5, edits)).join("\n");
  return [...architectures, written];
}

function footer(report: CheckReport): string {
  const { baseline, program } = report;
  const [first, ...more] = report.scenarios;
  const from = budgetsFromWords(report);
  const commit = baseline === null || baseline.commit === null ? "" : ` (${baseline.commit.slice(0, 7)})`;
  const against = baseline === null ? "" : `, compared with ${text(truncate(baseline.name, NAME_LENGTH))}${commit}`;
  const file = first === undefined || more.length > 0 ? "" : `${text(truncate(first.file, NAME_LENGTH))}, `;
  return `${file}archcost ${text(program.version)}${against}${from === undefined ? "" : `, ${text(from)}`}. This comment is updated when the pull request changes.`;
}

/** What changed between two scenarios or results. */
export function renderDiffMarkdown(report: DiffReport): string {
  const { change } = report;
  const [most] = change.architectures;
  const headline =
    most === undefined
      ? "no cost has changed"
      : `${text(most.architecture)}: ${text(signedMoney(most.change))} a month (${text(causeWords(most.by))})`;
  return [
    `### ${text(report.name)}: ${text(report.before)} to ${text(report.after)}`,
    "",
    `**${headline}**`,
    "",
    ...changeParts(change),
    "",
  ].join("\n");
}
