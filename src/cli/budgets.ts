// Budgets from where they are written: the scenario, or a file of their own.
import type { Budget } from "../budget/budget.ts";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import type { YamlSource } from "../diagnostic/yaml-source.ts";
import { readUserFile } from "../io/read.ts";
import { readBudgetsFile } from "../scenario/budgets-file.ts";
import type { Scenario } from "../scenario/read.ts";
import type { BudgetSpec } from "../scenario/schema.ts";

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

export type BudgetsOf = (file: string) => readonly Budget[];

/**
 * The budgets of `--budgets FILE`: for every scenario of the call, or for the one that an entry names.
 * Throws InputError when it cannot be read, or names a scenario that is not checked: that is never a pass.
 */
export function openBudgets(path: string | undefined, files: readonly string[]): BudgetsOf {
  if (path === undefined) return () => [];
  const problems = new Problems();
  const read = readUserFile(path);
  if (!("text" in read)) problems.error("unreadable", `${path} ${read.problem}`);
  const found = "text" in read ? readBudgetsFile(path, read.text, problems) : undefined;
  const list = (found?.data.budgets ?? []).flatMap(({ scenario, ...spec }, index) => {
    if (found === undefined) return [];
    if (scenario !== undefined && !files.some((file) => isFor(scenario, file))) {
      const place = found.source.place(["budgets", index, "scenario"]);
      const hint = `checked are: ${files.slice(0, 5).join(", ")}`;
      problems.error("unknown-scenario", `no scenario "${scenario}" is checked`, place, hint);
    }
    return [{ scenario, budget: budgetOf(spec, index, found.source) }];
  });
  if (problems.hasErrors) throw new InputError(problems.list);
  return (file) =>
    list.filter(({ scenario }) => scenario === undefined || isFor(scenario, file)).map(({ budget }) => budget);
}

/** A file is meant by its path as given, or by the end of it. */
function isFor(scenario: string, file: string): boolean {
  const path = file.replaceAll("\\", "/");
  return path === scenario || path.endsWith(`/${scenario.replace(/^\.\//, "")}`) || `./${path}` === scenario;
}
