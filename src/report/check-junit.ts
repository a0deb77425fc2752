import type { BudgetOutcome, CheckReport, GoneScenario, ScenarioCheck } from "../result/check.ts";
import { goneWords, sentence, statusWords } from "./check-words.ts";
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
 * JUnit XML: a suite is a scenario, a case a budget; a warning is a case that passed and said something. A scenario that is
 * there no more is a suite with one case, which is skipped.
 */
export function renderJunit(report: CheckReport): string {
  const { gone } = report;
  const { errors } = report.counts;
  const [budgets, skipped] = [report.counts.budgets + gone.length, report.counts.skipped + gone.length];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="archcost" tests="${budgets}" failures="${errors}" errors="0" skipped="${skipped}">`,
    ...report.scenarios.flatMap(suite),
    ...gone.flatMap((one) => goneSuite(one, report.baseline?.name ?? "")),
    "</testsuites>",
    "",
  ].join("\n");
}

function suite({ name, file, outcomes }: ScenarioCheck): string[] {
  const failed = outcomes.filter(({ fails }) => fails === "error").length;
  const skipped = outcomes.filter(({ status }) => status === "skipped").length;
  const counts = `tests="${outcomes.length}" failures="${failed}" errors="0" skipped="${skipped}"`;
  return [
    `  <testsuite name="${xml(name)}" file="${xml(file)}" ${counts}>`,
    ...outcomes.flatMap((outcome) => testCase(file, outcome)),
    "  </testsuite>",
  ];
}

function goneSuite(gone: GoneScenario, baseline: string): string[] {
  const file = xml(gone.file);
  return [
    `  <testsuite name="${xml(gone.name)}" file="${file}" tests="1" failures="0" errors="0" skipped="1">`,
    `    <testcase classname="${file}" name="scenario-deleted" file="${file}" line="1" time="0">`,
    `      <skipped message="${xml(goneWords(gone, baseline))}"/>`,
    "    </testcase>",
    "  </testsuite>",
  ];
}

function testCase(suiteFile: string, outcome: BudgetOutcome): string[] {
  const { place } = outcome;
  const names = `classname="${xml(suiteFile)}" name="${xml(outcome.id)}"`;
  const head = `    <testcase ${names} file="${xml(place.file)}" line="${place.line}" time="0"`;
  const told = `${statusWords(outcome)}: ${sentence(outcome)}`;
  if (outcome.fails === "error") {
    const text = xml(`${place.file}:${place.line}: ${outcome.assert}`);
    return [`${head}>`, `      <failure message="${xml(told)}" type="budget">${text}</failure>`, "    </testcase>"];
  }
  if (outcome.status === "skipped") {
    return [`${head}>`, `      <skipped message="${xml(outcome.message)}"/>`, "    </testcase>"];
  }
  if (outcome.status === "passed") return [`${head}/>`];
  return [`${head}>`, `      <system-out>${xml(told)}</system-out>`, "    </testcase>"];
}
