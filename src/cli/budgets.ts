// Budgets from where they are written: the scenario, or a file of their own.
import type { Budget } from "../budget/budget.ts";
import { InputError, type Place, Problems } from "../diagnostic/diagnostic.ts";
import { readUserFile } from "../io/read.ts";
import { readBudgetsFile } from "../scenario/budgets-file.ts";
import type { Scenario } from "../scenario/read.ts";
import type { BudgetSpec } from "../scenario/schema.ts";
import type { YamlSource } from "../yaml/source.ts";

export function scenarioBudgets({ data, source }: Scenario): readonly Budget[] {
  return (data.budgets ?? []).map((spec, index) => budgetOf(spec, index, source));
}

function budgetOf(spec: BudgetSpec, index: number, source: YamlSource): Budget {
  const path = ["budgets", index, "assert"];
  return {
    ...spec,
    place: (span) => (span === undefined ? source.place(path) : source.placeIn(path, span)),
  };
}

/** Budgets of an earlier time, which show at a place in the file as it is now. */
export function budgetsAt(budgets: readonly Budget[], place: Place): readonly Budget[] {
  return budgets.map((budget) => ({ ...budget, place: () => place }));
}

/** Entries of a file of budgets: `scenario` is the one that an entry is for, undefined where it is for all. */
export type BudgetEntry = { readonly scenario: string | undefined; readonly budget: Budget };

/** `top` is where to point at for what the file holds no more. */
export type BudgetEntries = { readonly entries: readonly BudgetEntry[]; readonly top: Place | undefined };

/**
 * The budgets of `--budgets FILE`. Throws InputError when it cannot be read, or names a scenario that is not checked: that is
 * never a pass.
 */
export function openBudgets(path: string | undefined, files: readonly string[]): BudgetEntries {
  if (path === undefined) return { entries: [], top: undefined };
  const problems = new Problems();
  const read = readUserFile(path);
  if (!("text" in read)) problems.error("unreadable", `${path} ${read.problem}`);
  const found = "text" in read ? readEntries(path, read.text, problems) : undefined;
  for (const { scenario, place } of found?.named ?? []) {
    if (files.some((file) => isFor(scenario, file))) continue;
    const hint = `checked are: ${files.slice(0, 5).join(", ")}`;
    problems.error("unknown-scenario", `no scenario "${scenario}" is checked`, place, hint);
  }
  if (problems.hasErrors || found === undefined) throw new InputError(problems.list);
  return found;
}

type Read = BudgetEntries & { readonly named: readonly { readonly scenario: string; readonly place: Place }[] };

/** The entries of a text; undefined where it has faults, which are stated to `problems`. */
export function readEntries(file: string, text: string, problems: Problems): Read | undefined {
  const found = readBudgetsFile(file, text, problems);
  if (found === undefined) return undefined;
  const { data, source } = found;
  return {
    top: source.place(["budgets"], "key"),
    entries: data.budgets.map(({ scenario, ...spec }, index) => ({ scenario, budget: budgetOf(spec, index, source) })),
    named: data.budgets.flatMap(({ scenario }, index) =>
      scenario === undefined ? [] : [{ scenario, place: source.place(["budgets", index, "scenario"]) }],
    ),
  };
}

/** The budgets for a scenario, by any of the paths that it has or had. */
export function budgetsFor({ entries }: BudgetEntries, paths: readonly string[]): readonly Budget[] {
  return entries
    .filter(({ scenario }) => scenario === undefined || paths.some((path) => isFor(scenario, path)))
    .map(({ budget }) => budget);
}

/** A file is meant by its path as given, or by the end of it. */
export function isFor(scenario: string, file: string): boolean {
  const path = file.replaceAll("\\", "/");
  return path === scenario || path.endsWith(`/${scenario.replace(/^\.\//, "")}`) || `./${path}` === scenario;
}
