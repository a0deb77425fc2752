import type { CheckReport } from "../result/check.ts";
import { failures, fingerprint, goneWords, lineToShow, sentence } from "./check-words.ts";
import { clean } from "./text.ts";

/** GitLab Code Quality: an array of findings; GitLab shows only the first of those that share a fingerprint. */
export function renderGitlab(report: CheckReport): string {
  const findings = failures(report).map(({ scenario, outcome }) => {
    const { file, line } = lineToShow(outcome);
    return {
      description: clean(`${scenario.name}: ${sentence(outcome)}`),
      check_name: outcome.id,
      fingerprint: fingerprint(scenario, outcome),
      severity: outcome.fails === "error" ? "major" : "minor",
      location: { path: file.replace(/^\.\//, ""), lines: { begin: line } },
    };
  });
  const gone = report.gone.map((one) => ({
    description: goneWords(one, report.baseline?.name ?? ""),
    check_name: "scenario-deleted",
    fingerprint: fingerprint(one, { id: "scenario-deleted" }),
    severity: "info",
    location: { path: one.file.replace(/^\.\//, ""), lines: { begin: 1 } },
  }));
  return `${JSON.stringify([...findings, ...gone], null, 2)}\n`;
}
