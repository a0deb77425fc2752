// The types of SARIF are made from the published schema: what does not fit it does not compile.
import type { Log, Notification, PhysicalLocation, ReportingDescriptor, Result } from "sarif";
import type { CheckReport, SourceLine } from "../result/check.ts";
import { type Finding, fingerprint, goneWords, lineToShow, sentence } from "./check-words.ts";
import { clean } from "./text.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/**
 * SARIF 2.1.0: a rule is a budget, a result one that is not kept; waivers are suppressions. A scenario that is there no
 * more is a notification of the run: it has no line to stand at.
 */
export function renderSarif(report: CheckReport): string {
  const all = report.scenarios.flatMap((scenario) => scenario.outcomes.map((outcome) => ({ scenario, outcome })));
  const rules = [...new Map(all.map((finding) => [finding.outcome.id, finding])).values()];
  const told = all.filter(({ outcome }) => outcome.status !== "passed" && outcome.status !== "skipped");
  const log: Log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "archcost", semanticVersion: semantic(report.program.version), rules: rules.map(rule) },
        },
        ...(report.gone.length === 0
          ? {}
          : { invocations: [{ executionSuccessful: true, toolExecutionNotifications: deleted(report) }] }),
        columnKind: "unicodeCodePoints",
        results: told.map((finding) =>
          result(
            finding,
            rules.findIndex(({ outcome }) => outcome.id === finding.outcome.id),
          ),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function deleted({ gone, baseline }: CheckReport): Notification[] {
  return gone.map((one) => ({ level: "note", message: { text: goneWords(one, baseline?.name ?? "") } }));
}

function semantic(version: string): string {
  return /^\d+\.\d+\.\d+/.test(version) ? version : "0.0.0";
}

const LEVELS = { error: "error", warn: "warning", none: "note" } as const;

function rule({ outcome }: Finding): ReportingDescriptor {
  const text = clean(outcome.advice === null ? outcome.assert : `${outcome.assert}: ${outcome.advice}`);
  return {
    id: outcome.id,
    shortDescription: { text: `Budget ${clean(outcome.id)}` },
    fullDescription: { text },
    defaultConfiguration: { level: LEVELS[outcome.level] },
  };
}

function result({ scenario, outcome }: Finding, ruleIndex: number): Result {
  const shown = lineToShow(outcome);
  const { place, waiver } = outcome;
  const isElsewhere = shown.file !== place.file || shown.line !== place.line;
  return {
    ruleId: outcome.id,
    ruleIndex,
    level: outcome.fails === "no" ? "note" : LEVELS[outcome.fails],
    message: { text: clean(`${scenario.name}: ${sentence(outcome)}`) },
    locations: [{ physicalLocation: location(shown) }],
    ...(isElsewhere
      ? { relatedLocations: [{ physicalLocation: location(place), message: { text: "the budget" } }] }
      : {}),
    partialFingerprints: { "archcostBudget/v1": fingerprint(scenario, outcome) },
    ...(outcome.status === "waived" && waiver !== null
      ? { suppressions: [{ kind: "external", status: "accepted", justification: clean(waiver.reason) }] }
      : {}),
  };
}

function location({ file, line, column }: SourceLine): PhysicalLocation {
  const uri = file.replace(/^\.\//, "").split("/").map(encodeURIComponent).join("/");
  return {
    artifactLocation: file.startsWith("/") ? { uri: `file://${uri}` } : { uri, uriBaseId: "%SRCROOT%" },
    region: { startLine: line, startColumn: column },
  };
}
