import type { BudgetOutcome, CheckReport } from "../result/check.ts";
import { placeWords, type Remark, remarks, sentence, statusWords } from "./check-words.ts";
import { clean } from "./text.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Text of an attribute or element: one line, without the characters that XML 1.0 does not know. */
function xml(raw: string): string {
  return clean(raw)
    .replaceAll(/[\ufffe\uffff]/g, "\ufffd")
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

/**
 * JUnit XML, within what Jenkins' strict schema allows: a suite is a scenario, a case a budget; a warning is a case that passed
 * and said something. What belongs to no budget (changed budgets, deleted scenarios) is a suite of its own, the first.
 */
export function renderJunit(report: CheckReport): string {
  const cases = remarks(report).map(remarkCase);
  const suites = [
    ...(cases.length === 0 ? [] : [{ name: "archcost", file: undefined, cases }]),
    ...report.scenarios.map(({ name, file, outcomes }) => {
      return { name, file, cases: outcomes.map((outcome) => budgetCase(file, outcome)) };
    }),
  ];
  const failures = suites.reduce((sum, { cases: list }) => sum + list.filter(isFailure).length, 0);
  const tests = suites.reduce((sum, { cases: list }) => sum + list.length, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="archcost" tests="${tests}" failures="${failures}" errors="0">`,
    ...suites.flatMap(suiteLines),
    "</testsuites>",
    "",
  ].join("\n");
}

/** `said`: an element within the case; none where there is nothing to say. */
type Case = {
  readonly classname: string;
  readonly name: string;
  readonly said?: {
    readonly element: "failure" | "skipped" | "system-out";
    readonly text: string;
    readonly more: string;
  };
};

function isFailure({ said }: Case): boolean {
  return said?.element === "failure";
}

function suiteLines(suite: {
  readonly name: string;
  readonly file: string | undefined;
  readonly cases: readonly Case[];
}) {
  const { name, file, cases } = suite;
  const skipped = cases.filter(({ said }) => said?.element === "skipped").length;
  const counts = `tests="${cases.length}" failures="${cases.filter(isFailure).length}" errors="0" skipped="${skipped}"`;
  const where = file === undefined ? "" : ` file="${xml(file)}"`;
  return [`  <testsuite name="${xml(name)}"${where} ${counts}>`, ...cases.flatMap(caseLines), "  </testsuite>"];
}

function caseLines({ classname, name, said }: Case): string[] {
  const head = `    <testcase classname="${xml(classname)}" name="${xml(name)}" time="0"`;
  if (said === undefined) return [`${head}/>`];
  const text = xml(said.text);
  const inside =
    said.element === "failure"
      ? `<failure message="${text}" type="budget">${xml(said.more)}</failure>`
      : said.element === "skipped"
        ? `<skipped message="${text}"/>`
        : `<system-out>${text}</system-out>`;
  return [`${head}>`, `      ${inside}`, "    </testcase>"];
}

const ELEMENTS = { error: "failure", warning: "system-out", note: "skipped" } as const;

function remarkCase({ kind, level, file, id, text, place }: Remark): Case {
  const more = place === null ? file : placeWords(place);
  return {
    classname: file,
    name: id === kind ? kind : `${kind} ${id}`,
    said: { element: ELEMENTS[level], text, more },
  };
}

function budgetCase(suiteFile: string, outcome: BudgetOutcome): Case {
  const { place, assert, status, fails, message } = outcome;
  const names = { classname: suiteFile, name: outcome.id };
  const text = `${statusWords(outcome)}: ${sentence(outcome)}`;
  if (fails === "error")
    return { ...names, said: { element: "failure", text, more: `${placeWords(place)}: ${assert}` } };
  if (status === "skipped") return { ...names, said: { element: "skipped", text: message, more: "" } };
  return status === "passed" ? names : { ...names, said: { element: "system-out", text, more: "" } };
}
