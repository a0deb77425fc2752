import { type Proposal, proposeBudgets } from "../budget/propose.ts";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { readShare } from "../formula/literal.ts";
import { compute } from "./compute.ts";
import type { ScenarioOptions } from "./load.ts";
import { EXIT, type Io } from "./process.ts";

export type BudgetInitOptions = ScenarioOptions & { readonly margin: string };

const MOST_MARGIN = 10;

/** `archcost budget init FILE`: budgets that hold today, as YAML to add to the scenario. */
export function budgetInitCommand(file: string, options: BudgetInitOptions, version: string, io: Io): number {
  const margin = marginOf(options.margin);
  const { result, scenario } = compute(file, { options, version, io });
  const known = new Set((scenario.data.budgets ?? []).map(({ id }) => id));
  const proposals = proposeBudgets(result, margin).filter(({ id }) => !known.has(id));
  const text = proposals.length === 0 ? ["budgets: []"] : ["budgets:", ...proposals.map(entry)];
  io.stdout.write(`${text.join("\n")}\n`);
  return EXIT.fine;
}

function marginOf(text: string): number {
  const margin = readShare(text);
  if (margin >= 0 && margin <= MOST_MARGIN) return margin;
  const problems = new Problems();
  problems.error("bad-option", `--margin ${text}: write a share such as 10% or 0.1`);
  throw new InputError(problems.list);
}

function entry({ id, assert, note }: Proposal): string {
  return `  # ${note}\n  - { id: ${id}, assert: "${assert}", level: error }`;
}
