// Which budgets a check goes by. Those of a change's own are for its base to allow: a pull request that raises a bound, or moves
// a scenario to where no pattern looks, is not green by that.
import { dirname } from "node:path";
import type { Budget } from "../budget/budget.ts";
import { type Judged, mergeBudgets } from "../budget/budget-changes.ts";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { globMatches, isGlob } from "../io/glob.ts";
import { folderOf, realFolder } from "../io/read.ts";
import type { BudgetChange, CheckReport, GoneScenario } from "../result/check.ts";
import { readScenario, type Scenario } from "../scenario/read.ts";
import { openBaseline } from "./baseline.ts";
import {
  type BudgetEntries,
  type BudgetEntry,
  budgetsAt,
  budgetsFor,
  isFor,
  readEntries,
  scenarioBudgets,
} from "./budgets.ts";
import type { Computed } from "./compute.ts";
import type { ScenarioOptions } from "./load.ts";
import type { Baseline } from "./past.ts";
import type { Io } from "./process.ts";

export type GateOptions = ScenarioOptions & {
  readonly baseline?: string;
  readonly budgets?: string;
  readonly budgetsFrom?: string;
  readonly allowBudgetChanges?: boolean;
  readonly updateBudgets?: boolean;
};

export type GateTask = {
  /** files and patterns of the call, or the usual ones */
  readonly named: readonly string[];
  readonly files: readonly string[];
  readonly options: GateOptions;
  readonly entries: BudgetEntries;
  readonly baseline: Baseline | undefined;
  readonly io: Io;
};

/** Opens what the budgets come from. Throws InputError when that is a commit which git does not know. */
export async function openGate(task: GateTask): Promise<Gate> {
  const { options, baseline, files, io } = task;
  const past = baseline?.commit === null ? undefined : baseline;
  const side = options.budgetsFrom ?? (options.allowBudgetChanges || options.updateBudgets ? "head" : undefined);
  if (side === "head") return new Gate(task, past, "head");
  const ref = side === undefined || side === "base" ? (past?.name ?? pullRequestBase(io)) : side;
  if (ref === undefined) {
    if (side === undefined) return new Gate(task, undefined, "head");
    const problems = new Problems();
    const hint = "name it: --budgets-from origin/main, or --baseline origin/main";
    problems.error("bad-option", "--budgets-from base: there is no commit to take them from", undefined, hint);
    throw new InputError(problems.list);
  }
  const opened = ref === past?.name ? past : await openBaseline(ref, { files, options, at: "merge base" });
  if (opened.commit !== null) return new Gate(task, opened, "base");
  const problems = new Problems();
  problems.error("bad-option", `--budgets-from ${ref}: a stored result holds no budgets`, undefined, "name a commit");
  throw new InputError(problems.list);
}

/** The commit that a runner says a pull request is to be merged into. */
function pullRequestBase({ env }: Io): string | undefined {
  const branch = env["GITHUB_BASE_REF"] ?? "";
  const commit = env["CI_MERGE_REQUEST_DIFF_BASE_SHA"] ?? "";
  return branch !== "" ? `origin/${branch}` : commit === "" ? undefined : commit;
}

export class Gate {
  readonly #task: GateTask;
  readonly #past: Baseline | undefined;
  readonly #side: "base" | "head";
  readonly #fails: "no" | "error";
  readonly #entriesThen: BudgetEntries;
  readonly #changes = new Map<string, BudgetChange>();
  /** paths of then of the scenarios that are checked */
  readonly #paths = new Set<string>();
  /** why budgets of the base cannot be read, where that is so */
  readonly problems: string[] = [];

  constructor(task: GateTask, past: Baseline | undefined, side: "base" | "head") {
    this.#task = task;
    this.#past = past;
    this.#side = side;
    this.#fails = task.options.allowBudgetChanges === true ? "no" : "error";
    this.#entriesThen = this.#readEntriesThen();
  }

  get from(): CheckReport["budgets_from"] {
    return this.#past === undefined ? null : { side: this.#side, name: this.#past.name, commit: this.#past.commit };
  }

  /** The budgets file as it was; as it is where the base has none, or it lies outside. */
  #readEntriesThen(): BudgetEntries {
    const { options, entries } = this.#task;
    const then = options.budgets === undefined ? undefined : this.#past?.textOf(options.budgets);
    const { top } = entries;
    if (then === undefined || top === undefined || then.text === top.text) return entries;
    const found = readEntries(then.name, then.text, new Problems());
    if (found === undefined) {
      this.problems.push(`${then.name} is no file of budgets: those of the change are checked`);
      return entries;
    }
    return {
      top,
      entries: found.entries.map(({ scenario, budget }) => ({ scenario, budget: { ...budget, place: () => top } })),
    };
  }

  /**
   * The budgets to check of a scenario; what the change did to them is kept for `changes`.
   * @param then the scenario of the baseline, where it has been read already
   */
  judged({ scenario, result }: Computed, file: string, then: Scenario | undefined): readonly Judged[] {
    const { entries } = this.#task;
    const now = [...scenarioBudgets(scenario), ...budgetsFor(entries, [file])];
    const asTheyAre = now.map((budget): Judged => ({ budget }));
    const past = this.#past?.find(file, result.scenario.name);
    if (past === undefined) return asTheyAre;
    const isNew = past === "new" || past.kind === "result";
    if (!isNew) this.#paths.add(past.path);
    const fromFile = budgetsFor(this.#entriesThen, isNew ? [file] : [file, past.path]);
    const own = isNew ? [] : this.#ownThen(past.scenario, scenario, then);
    if (own === undefined) return asTheyAre;
    const merged = mergeBudgets([...own, ...fromFile], now, { from: this.#side, fails: this.#fails });
    for (const change of merged.changes) {
      if (!isNew || change.effect === "weaker") this.#changes.set(JSON.stringify(change), change);
    }
    return merged.judged;
  }

  /** The budgets that a scenario held; undefined where its text cannot be read any more. */
  #ownThen(
    then: { readonly text: string; readonly name: string },
    now: Scenario,
    known: Scenario | undefined,
  ): readonly Budget[] | undefined {
    if (then.text === now.source.text) return scenarioBudgets(now);
    const isKnown = known !== undefined && known.source.text === then.text;
    const read = isKnown ? known : readScenario(then.name, then.text, new Problems());
    return read === undefined ? undefined : budgetsAt(scenarioBudgets(read), now.source.place(["budgets"], "key"));
  }

  /** Changes of budgets, each once, the ones that fail first; call it when all scenarios have been judged. */
  get changes(): readonly BudgetChange[] {
    const { entries, files } = this.#task;
    const checked = [...files, ...this.#paths];
    const key = ({ scenario, budget }: BudgetEntry): string => JSON.stringify([scenario, budget.id]);
    const now = new Set(entries.entries.map(key));
    // What was for one scenario only that nobody checks any more was judged with none.
    const lost = this.#entriesThen.entries.filter((entry) => {
      const { scenario } = entry;
      return scenario !== undefined && !now.has(key(entry)) && !checked.some((file) => isFor(scenario, file));
    });
    const { changes } = mergeBudgets(
      lost.map(({ budget }) => budget),
      [],
      { from: this.#side, fails: this.#fails },
    );
    const all = [...this.#changes.values(), ...changes];
    return all.sort((a, b) => Number(b.fails === "error") - Number(a.fails === "error"));
  }

  /** Scenarios that are checked no more. Those that the call would have met fail where they had budgets. */
  get gone(): readonly GoneScenario[] {
    const isMeant = scopeOf(this.#task);
    const found = (this.#past ?? this.#task.baseline)?.gone() ?? [];
    return found.map(({ path, scenario }) => ({
      ...scenario,
      fails: scenario.fails === "error" && isMeant(path) ? this.#fails : "no",
    }));
  }

  close(): void {
    this.#past?.close();
  }
}

/** Whether a call means a file that is there no more: by a pattern, or as a neighbour of what it names. */
function scopeOf({ named, files }: GateTask): (path: string) => boolean {
  const patterns = named.filter((name) => isGlob(name));
  const single = files.filter((file) => named.includes(file) && file !== "-");
  const folders = new Set(single.map((file) => realFolder(folderOf(file))));
  return (path) => folders.has(dirname(path)) || patterns.some((pattern) => globMatches(pattern, path));
}
