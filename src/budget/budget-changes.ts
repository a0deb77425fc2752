// What a change does to its own budgets. Only a budget that demonstrably stays as strict as it was may be replaced in silence.
import type { BudgetChange } from "../result/check.ts";
import type { Budget } from "./budget.ts";
import { sourceLine } from "./source-line.ts";
import { boundOf } from "./tighten.ts";

/**
 * A budget to check. Where it is one of the base, it may name what the result has no more: then the change's own is checked in
 * its place, or none where the change has removed it.
 */
export type Judged = { readonly budget: Budget; readonly instead?: Budget; readonly isGone?: boolean };

export type Merged = { readonly judged: readonly Judged[]; readonly changes: readonly BudgetChange[] };

type MergeTask = {
  /** whose budgets count where a change weakens one */
  readonly from: "base" | "head";
  /** whether a change that weakens one lets the check fail */
  readonly fails: "no" | "error";
};

/**
 * The budgets of the base and those of the change, by their ids. Of two that are one, the stricter counts where that can be
 * reported, else that of the base; what the change adds counts too.
 */
export function mergeBudgets(then: readonly Budget[], now: readonly Budget[], { from, fails }: MergeTask): Merged {
  const before = new Map(then.map((budget) => [budget.id, budget]));
  const after = new Set(now.map(({ id }) => id));
  const changes: BudgetChange[] = [];
  const report = (budget: Budget, effect: BudgetChange["effect"], what: string): void => {
    const place = sourceLine(budget.place());
    const failing = effect === "weaker" && budget.level !== "none" ? fails : "no";
    changes.push({ id: budget.id, file: place.file, what, effect, fails: failing, place });
  };
  const judged = now.map((budget): Judged => {
    const old = before.get(budget.id);
    if (old === undefined) {
      report(budget, "stricter", `added: ${budget.assert}`);
      return { budget };
    }
    const parts = differences(old, budget);
    if (parts.length === 0) return { budget };
    const weaker = parts.some(({ isStricter }) => !isStricter);
    const what = parts.map(({ text }) => text).join(", ");
    report({ ...old, place: budget.place }, weaker ? "weaker" : "stricter", what);
    if (!weaker || from === "head") return { budget };
    return { budget: { ...old, place: () => budget.place() }, instead: budget };
  });
  const removed = then.filter(({ id }) => !after.has(id));
  for (const budget of removed) report(budget, "weaker", `removed: ${budget.assert}`);
  return {
    judged: from === "head" ? judged : [...judged, ...removed.map((budget) => ({ budget, isGone: true }))],
    changes,
  };
}

type Difference = { readonly text: string; readonly isStricter: boolean };

const LEVELS: readonly Budget["level"][] = ["none", "warn", "error"];

/** What of a budget decides whether it fails; its message and owner do not. */
function differences(then: Budget, now: Budget): readonly Difference[] {
  const found: Difference[] = [];
  if (then.assert.trim() !== now.assert.trim()) {
    found.push({ text: `${then.assert} became ${now.assert}`, isStricter: isTighter(then.assert, now.assert) });
  }
  if (then.level !== now.level) {
    const isStricter = LEVELS.indexOf(now.level) > LEVELS.indexOf(then.level);
    found.push({ text: `level ${then.level} became ${now.level}`, isStricter });
  }
  const [until, later] = [then.waiver?.until, now.waiver?.until];
  if (until !== later) {
    const text =
      later === undefined
        ? `waiver until ${until} removed`
        : until === undefined
          ? `waiver until ${later} added`
          : `waiver until ${until} became until ${later}`;
    found.push({ text, isStricter: later === undefined || (until !== undefined && later < until) });
  }
  return found;
}

/** The same comparison with a bound that leaves less room; anything else cannot be stated from its text. */
function isTighter(then: string, now: string): boolean {
  const [old, bound] = [boundOf(then.trim()), boundOf(now.trim())];
  if (old === undefined || bound === undefined) return false;
  const around = (text: string, { start, end }: { start: number; end: number }): string =>
    `${text.trim().slice(0, start)}#${text.trim().slice(end)}`;
  if (around(then, old.span) !== around(now, bound.span)) return false;
  return old.isUpper ? bound.value <= old.value : bound.value >= old.value;
}
