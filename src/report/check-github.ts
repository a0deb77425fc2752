import type { CheckReport, SourceLine } from "../result/check.ts";
import { type Finding, failures, lineToShow, REMARK_TITLES, type Remark, remarks, sentence } from "./check-words.ts";
import { clean } from "./text.ts";

/** GitHub shows ten annotations of a kind for each step and hides the rest without a word. */
const MOST = 9;

/** A message of a workflow command: what would end it or begin another is escaped. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** A property of a workflow command. */
function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

type Annotation = {
  readonly level: "error" | "warning" | "notice";
  readonly at: SourceLine | undefined;
  readonly title: string;
  readonly message: string;
};

/** One workflow command: an annotation, at its line where it has one. */
export function annotation({ level, at, title, message }: Annotation): string {
  const place = at === undefined ? "" : `file=${property(at.file)},line=${at.line},col=${at.column},`;
  return `::${level} ${place}title=${property(clean(title))}::${data(clean(message))}`;
}

/**
 * Workflow commands that GitHub shows beside the lines of a pull request: changes of budgets, then the worst budgets; 9 errors,
 * warnings and notes at most, and how many more.
 */
export function renderGithub(report: CheckReport): string {
  const all = failures(report);
  const first = remarks(report);
  const ofLevel = (level: Annotation["level"], remark: Remark["level"], fails: "error" | "warn" | "none"): string[] => {
    const said = first.filter((one) => one.level === remark);
    const found = all.filter(({ outcome }) => outcome.fails === fails);
    const shown = [
      ...said.map((one) => remarkOf(one, level)),
      ...found.map((finding) => budgetOf(finding, level)),
    ].slice(0, MOST);
    const more = said.length + found.length - shown.length;
    if (more <= 0) return shown;
    const what = said.length > 0 ? "finding" : "broken budget";
    return [...shown, `::${level}::and ${more} more ${what}${more === 1 ? "" : "s"}: see the summary`];
  };
  const lines = [
    ...ofLevel("error", "error", "error"),
    ...ofLevel("warning", "warning", "warn"),
    ...ofLevel("notice", "note", "none"),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function remarkOf({ kind, text, place }: Remark, level: Annotation["level"]): string {
  return annotation({ level, at: place ?? undefined, title: REMARK_TITLES[kind], message: text });
}

function budgetOf({ scenario, outcome }: Finding, level: Annotation["level"]): string {
  const message = `${scenario.name}: ${sentence(outcome)}`;
  return annotation({ level, at: lineToShow(outcome), title: `Budget ${outcome.id}`, message });
}
