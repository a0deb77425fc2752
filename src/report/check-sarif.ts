// The types of SARIF are made from the published schema: what does not fit it does not compile.
import type { Log, Notification, PhysicalLocation, ReportingDescriptor, Result } from "sarif";
import type { BudgetOutcome, CheckReport, SourceLine } from "../result/check.ts";
import { type Finding, lineToShow, REMARK_TITLES, type Remark, remarks, sentence } from "./check-words.ts";
import { fingerprint } from "./sha256.ts";
import { clean } from "./text.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/**
 * SARIF 2.1.0: a rule is a budget, a result one that is not kept; waivers are suppressions. Changes of budgets are results too,
 * the first. What is only to be known (a scenario that is there no more, a baseline that cannot be read) is a notification of
 * the run: it has no line to stand at.
 */
export function renderSarif(report: CheckReport): string {
  const all = report.scenarios.flatMap((scenario) => scenario.outcomes.map((outcome) => ({ scenario, outcome })));
  const first = remarks(report);
  const failing = first.filter(({ level }) => level === "error");
  const rules = [...remarkRules(failing), ...budgetRules(all)];
  const indexOf = (id: string): number => rules.findIndex((rule) => rule.id === id);
  const ids = ruleIds(all);
  const reported = all.filter(({ outcome }) => outcome.status !== "passed" && outcome.status !== "skipped");
  const notes = first.filter(({ level }) => level !== "error");
  const log: Log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "archcost", semanticVersion: semantic(report.program.version), rules } },
        ...(notes.length === 0
          ? {}
          : { invocations: [{ executionSuccessful: true, toolExecutionNotifications: notes.map(notification) }] }),
        columnKind: "unicodeCodePoints",
        results: [
          ...failing.map((remark) => remarkResult(remark, indexOf(remarkRule(remark.kind)))),
          ...reported.map((finding) => {
            const id = ids(finding);
            return result(finding, id, indexOf(id));
          }),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** Rules are distinguished by their ids: budgets of one id that are written in several places are each `ID/FILE`. */
function ruleIds(all: readonly Finding[]): (finding: Finding) => string {
  const places = new Map<string, Set<string>>();
  for (const { outcome } of all) {
    places.set(outcome.id, (places.get(outcome.id) ?? new Set()).add(JSON.stringify(outcome.place)));
  }
  return ({ scenario, outcome }) =>
    (places.get(outcome.id)?.size ?? 1) > 1 ? `${outcome.id}/${clean(scenario.file)}` : outcome.id;
}

function budgetRules(all: readonly Finding[]): readonly ReportingDescriptor[] {
  const ids = ruleIds(all);
  return [...new Map(all.map((finding) => [ids(finding), rule(ids(finding), finding.outcome)])).values()];
}

function remarkRules(found: readonly Remark[]): readonly ReportingDescriptor[] {
  return [...new Set(found.map(({ kind }) => kind))].map((kind) => ({
    id: remarkRule(kind),
    shortDescription: { text: REMARK_TITLES[kind] },
    defaultConfiguration: { level: "error" },
  }));
}

/** No budget's id has a slash, so none is taken for this. */
function remarkRule(kind: Remark["kind"]): string {
  return `archcost/${kind}`;
}

function remarkResult(remark: Remark, ruleIndex: number): Result {
  const place = remark.place ?? { file: remark.file, line: 1, column: 1 };
  return {
    ruleId: remarkRule(remark.kind),
    ruleIndex,
    level: "error",
    message: { text: remark.text },
    locations: [{ physicalLocation: location(place) }],
    partialFingerprints: { "archcostBudget/v1": fingerprint(remark, { id: `${remark.kind} ${remark.id}` }) },
  };
}

function notification({ level, text }: Remark): Notification {
  return { level, message: { text } };
}

function semantic(version: string): string {
  return /^\d+\.\d+\.\d+/.test(version) ? version : "0.0.0";
}

const LEVELS = { error: "error", warn: "warning", none: "note" } as const;

function rule(id: string, outcome: BudgetOutcome): ReportingDescriptor {
  const text = clean(outcome.advice === null ? outcome.assert : `${outcome.assert}: ${outcome.advice}`);
  return {
    id,
    shortDescription: { text: `Budget ${clean(outcome.id)}` },
    fullDescription: { text },
    defaultConfiguration: { level: LEVELS[outcome.level] },
  };
}

function result({ scenario, outcome }: Finding, ruleId: string, ruleIndex: number): Result {
  const shown = lineToShow(outcome);
  const { place, waiver } = outcome;
  const isElsewhere = shown.file !== place.file || shown.line !== place.line;
  return {
    ruleId,
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
