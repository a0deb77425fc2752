import type { CheckReport, SourceLine } from "../result/check.ts";
import { type Finding, failures, goneWords, lineToShow, sentence } from "./check-words.ts";
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
  readonly level: "error" | "warning";
  readonly at: SourceLine | undefined;
  readonly title: string;
  readonly message: string;
};

/** One workflow command: an annotation, at its line where it has one. */
export function annotation({ level, at, title, message }: Annotation): string {
  const place = at === undefined ? "" : `file=${property(at.file)},line=${at.line},col=${at.column},`;
  return `::${level} ${place}title=${property(clean(title))}::${data(clean(message))}`;
}

/** Workflow commands that GitHub shows beside the lines of a pull request: the worst 9 errors and warnings, and how many more. */
export function renderGithub(report: CheckReport): string {
  const all = failures(report);
  const lines = [
    ...commands(
      "error",
      all.filter(({ outcome }) => outcome.fails === "error"),
    ),
    ...commands(
      "warning",
      all.filter(({ outcome }) => outcome.fails === "warn"),
    ),
  ];
  const name = report.baseline?.name ?? "";
  const gone = report.gone
    .slice(0, MOST)
    .map((one) => `::notice title=Scenario deleted::${data(goneWords(one, name))}`);
  return [...lines, ...gone].map((line) => `${line}\n`).join("");
}

function commands(level: "error" | "warning", found: readonly Finding[]): string[] {
  const shown = found.slice(0, MOST).map(({ scenario, outcome }) => {
    const message = `${scenario.name}: ${sentence(outcome)}`;
    return annotation({ level, at: lineToShow(outcome), title: `Budget ${outcome.id}`, message });
  });
  const more = found.length - shown.length;
  return more <= 0
    ? shown
    : [...shown, `::${level}::and ${more} more broken budget${more === 1 ? "" : "s"}: see the summary`];
}
