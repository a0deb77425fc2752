import type { CheckReport } from "../result/check.ts";
import { failures, lineToShow, remarks, sentence } from "./check-words.ts";
import { fingerprint } from "./sha256.ts";
import { clean } from "./text.ts";

const SEVERITIES = { error: "major", warning: "minor", note: "info" } as const;

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
  const first = remarks(report).map((remark) => ({
    description: remark.text,
    check_name: remark.kind,
    fingerprint: fingerprint(remark, { id: `${remark.kind} ${remark.id}` }),
    severity: SEVERITIES[remark.level],
    location: { path: remark.file.replace(/^\.\//, ""), lines: { begin: remark.place?.line ?? 1 } },
  }));
  return `${JSON.stringify([...first, ...findings], null, 2)}\n`;
}
