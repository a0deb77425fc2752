// Checks the budgets of one scenario against its result.
import type { Place, Problems } from "../diagnostic/diagnostic.ts";
import { PLAIN } from "../formula/unit.ts";
import type { BudgetOutcome } from "../result/check.ts";
import type { StoredResult } from "../result/stored.ts";
import { type Assertion, isBaseline, readAssertion, shareIndex } from "./assertion.ts";
import type { Ratio } from "./bands.ts";
import type { Budget } from "./budget.ts";
import type { Figure } from "./figure.ts";
import { judge } from "./judgement.ts";
import { type Names, namesOf } from "./names.ts";
import { sourceLine } from "./source-line.ts";
import { type Truth, truthOf } from "./truth.ts";

/** The share of samples in which a condition holds; undefined: the scenario has no ranges to sample. */
export type ShareOfSamples = (condition: string, place: Place) => number | undefined;

export type CheckTask = {
  readonly result: StoredResult;
  /** undefined: there is none; "new": the baseline has no such scenario */
  readonly baseline: StoredResult | "new" | undefined;
  /** day of the check, e.g. 2026-11-23 */
  readonly today: string;
  readonly shareOfSamples: ShareOfSamples | undefined;
  readonly problems: Problems;
};

/**
 * Checks budgets. Whatever cannot be read or named is stated to `problems`, with its place, and is never a pass.
 * @returns an outcome for each budget that could be read, in their order
 */
export function checkBudgets(budgets: readonly Budget[], task: CheckTask): readonly BudgetOutcome[] {
  const { result, baseline, problems } = task;
  const names = namesOf(result);
  const past = typeof baseline === "object" ? namesOf(baseline) : baseline;
  const seen = new Set<string>();
  return budgets.flatMap((budget) => {
    if (seen.has(budget.id))
      problems.error("duplicate-budget", `two budgets have the id "${budget.id}"`, budget.place());
    seen.add(budget.id);
    const assertion = readAssertion({ budget, names, baseline: past, problems });
    if (assertion === undefined) return [];
    const outcome = outcomeOf(assertion, { ...task, names, past });
    return outcome === undefined ? [] : [outcome];
  });
}

type Task = CheckTask & { readonly names: Names; readonly past: Names | "new" | undefined };

function outcomeOf(assertion: Assertion, task: Task): BudgetOutcome | undefined {
  const { budget } = assertion;
  const monthSeconds = task.result.scenario.month_hours * 3600;
  if (assertion.isNew.length > 0) {
    const what =
      task.past === undefined
        ? "there is no baseline"
        : task.past === "new"
          ? "the scenario is new"
          : `${assertion.isNew.join(", ")} is new`;
    const none = { truth: undefined, actual: null, expected: null, margin: null };
    return finished(budget, { ...none, skipped: true, message: `${what}: nothing to compare with` }, task.today);
  }
  const shares = sharesOf(assertion, task);
  if (shares === undefined) return undefined;
  const figure = (name: string): Figure | undefined => {
    const share = shareIndex(name);
    if (share !== undefined) return { kind: "number", value: shares[share] ?? Number.NaN, dimension: PLAIN };
    if (!isBaseline(name)) return task.names.get(name);
    return typeof task.past === "object" ? task.past.get(name.slice(name.indexOf(".") + 1)) : undefined;
  };
  const found = truthOf(assertion.expr, {
    figure,
    monthSeconds,
    ratio: (a, b) => ratioOf(task.result, a, b),
    report: (code, message, span, hint) => task.problems.error(code, message, budget.place(span), hint),
  });
  if (found === undefined) return undefined;
  const { actual, expected, margin, sentence } = judge(assertion, found.truth, found.compared, monthSeconds);
  const message = found.truth === undefined ? `${sentence}; ${reasonOf(found.compared)}` : sentence;
  return finished(budget, { truth: found.truth, actual, expected, margin, message, skipped: false }, task.today);
}

function reasonOf(compared: readonly { readonly truth: Truth; readonly sides: { readonly kind: string } }[]): string {
  const open = compared.find(({ truth }) => truth === undefined);
  const nan =
    open !== undefined && "left" in open.sides && (Number.isNaN(open.sides.left) || !Number.isFinite(open.sides.left));
  return nan
    ? "a figure of it does not exist here"
    : "what is known lies on both sides; name a bound such as .low or .high to decide";
}

function sharesOf(assertion: Assertion, task: Task): readonly number[] | undefined {
  const { budget, shares } = assertion;
  const found: number[] = [];
  for (const { text, span } of shares) {
    const place = budget.place(span);
    const before = task.problems.list.length;
    const share = task.shareOfSamples?.(text, place);
    if (share === undefined && task.problems.list.length === before) {
      const hint = "give variables a range: { value: 10, low: 6, high: 14 }";
      task.problems.error("no-samples", "a share of samples needs variables with ranges", place, hint);
    }
    if (share !== undefined) found.push(share);
  }
  return found.length === shares.length ? found : undefined;
}

/** How the carbon of two architectures compares, where one of them is what the others are compared with. */
function ratioOf(result: StoredResult, a: string, b: string): Ratio | undefined {
  const { carbon } = result.comparison;
  if (typeof carbon !== "object" || carbon === null || !("base" in carbon) || !("rows" in carbon)) return undefined;
  const rows: readonly unknown[] = Array.isArray(carbon.rows) ? carbon.rows : [];
  const direct = carbon.base === b ? changeOf(rows, a) : undefined;
  if (direct !== undefined) return { low: 1 + direct.low, high: 1 + direct.high };
  const inverse = carbon.base === a ? changeOf(rows, b) : undefined;
  return inverse === undefined ? undefined : { low: 1 / (1 + inverse.high), high: 1 / (1 + inverse.low) };
}

function changeOf(rows: readonly unknown[], name: string): Ratio | undefined {
  for (const row of rows) {
    if (typeof row !== "object" || row === null || !("architecture" in row) || row.architecture !== name) continue;
    const change = "change" in row ? row.change : undefined;
    if (typeof change !== "object" || change === null || !("low" in change) || !("high" in change)) continue;
    // Without an upper bound the ratio may be anything above.
    const high = change.high === null ? Number.POSITIVE_INFINITY : change.high;
    if (typeof change.low === "number" && typeof high === "number") return { low: change.low, high };
  }
  return undefined;
}

type Finding = {
  readonly truth: Truth;
  readonly skipped: boolean;
  readonly actual: string | null;
  readonly expected: string | null;
  readonly margin: number | null;
  readonly message: string;
};

/** Waivers and levels: an expired waiver is an error whatever the assertion says, so that nobody forgets it. */
function finished(budget: Budget, finding: Finding, today: string): BudgetOutcome {
  const { waiver, level, owner } = budget;
  const expired = waiver !== undefined && waiver.until < today && level !== "none";
  const isBroken = !finding.skipped && finding.truth !== true;
  const status: BudgetOutcome["status"] = expired
    ? "expired"
    : finding.skipped
      ? "skipped"
      : finding.truth === true
        ? "passed"
        : waiver !== undefined && waiver.until >= today
          ? "waived"
          : finding.truth === undefined
            ? "undetermined"
            : "broken";
  const fails = expired
    ? "error"
    : (status === "broken" || status === "undetermined") && level !== "none"
      ? level
      : "no";
  const who = owner === undefined ? "nobody is named as its owner" : `its owner is ${owner}`;
  const message = expired
    ? `the waiver ended on ${waiver.until}, ${who}${isBroken ? "" : "; the budget holds, so remove the waiver"}: ${finding.message}`
    : finding.message;
  return {
    id: budget.id,
    assert: budget.assert,
    level,
    passed: finding.truth ?? "undetermined",
    status,
    fails,
    actual: finding.actual,
    expected: finding.expected,
    margin: finding.margin,
    message,
    advice: budget.message ?? null,
    owner: owner ?? null,
    waiver: waiver === undefined ? null : { ...waiver },
    place: sourceLine(budget.place()),
    causes: [],
  };
}
