import { existsSync } from "node:fs";
import type { Judged } from "../budget/budget-changes.ts";
import { causesOf } from "../budget/causes.ts";
import { type CheckTask, checkBudgets } from "../budget/check.ts";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { glob, isGlob } from "../io/glob.ts";
import { linkProblem } from "../io/links.ts";
import { folderOf } from "../io/read.ts";
import { clean } from "../report/text.ts";
import type { BudgetOutcome, CheckReport, ScenarioCheck } from "../result/check.ts";
import { openBaseline } from "./baseline.ts";
import { sharesOf, withBreakEven } from "./budget-figures.ts";
import { openBudgets } from "./budgets.ts";
import { annotations, type Target, targetsOf, writeCheck } from "./check-formats.ts";
import { type Comparison, compareWith } from "./compare.ts";
import { type ComputeContext, type Computed, compute } from "./compute.ts";
import { type Gate, type GateOptions, openGate } from "./gate.ts";
import { writeCommands } from "./harmless-io.ts";
import { OverlayCatalogs } from "./load.ts";
import type { Baseline, Past } from "./past.ts";
import { EXIT, type Io, today } from "./process.ts";

export type CheckOptions = GateOptions & {
  readonly format?: readonly string[];
  readonly failOn: "error" | "warn";
  readonly exitZero?: boolean;
};

/** Where scenarios are looked for when a call names none. */
const USUAL = ["scenarios/*.{yaml,yml}", "**/*.cost.{yaml,yml}"];

/** `archcost check [FILES]`: are the budgets kept? Reports are written before it ends. */
export async function checkCommand(
  named: readonly string[],
  options: CheckOptions,
  version: string,
  io: Io,
): Promise<number> {
  if (options.architecture !== undefined) {
    const problems = new Problems();
    problems.error("bad-option", "check looks at all architectures: leave --architecture out");
    throw new InputError(problems.list);
  }
  const targets = targetsOf(options.format ?? [], io);
  try {
    return await check(named, { options, version, io }, targets);
  } catch (error) {
    const annotated = targets.some(({ format, file }) => format === "github" && file === undefined);
    if (annotated && error instanceof InputError) writeCommands(io, annotations(error.diagnostics));
    throw error;
  }
}

type Call = { readonly options: CheckOptions; readonly version: string; readonly io: Io };

async function check(
  named: readonly string[],
  { options, version, io }: Call,
  targets: readonly Target[],
): Promise<number> {
  const files = filesOf(named);
  refuseLinks([...files, ...(options.budgets === undefined ? [] : [options.budgets])]);
  const entries = openBudgets(options.budgets, files);
  const context: ComputeContext = { options, version, io, catalogs: new OverlayCatalogs() };
  const baseline = await baselineOf(options, files);
  const patterns = named.length > 0 ? named : USUAL;
  const gate = await openGate({ named: patterns, files, options, entries, baseline, io });
  try {
    const scenarios = checkAll(files, { context, gate, baseline });
    const report = reportOf(scenarios, { gate, baseline, version, named: patterns });
    for (const problem of gate.problems) io.stderr.write(`warning: ${clean(problem)}\n`);
    writeCheck(report, targets, io);
    if (options.updateBudgets === true) {
      const { updateBudgets } = await import("./update-budgets.ts");
      updateBudgets(report, io);
    }
    if (report.counts.budgets === 0) io.stderr.write("warning: there are no budgets to check\n");
    return exitCode(report, options);
  } finally {
    gate.close();
    baseline?.close();
  }
}

function exitCode({ counts }: CheckReport, { failOn, exitZero }: CheckOptions): number {
  const broken = counts.errors > 0 || counts.budget_changes > 0 || (failOn === "warn" && counts.warnings > 0);
  return broken && exitZero !== true ? EXIT.broken : EXIT.fine;
}

/** Files and patterns as files, each once. A pattern that finds nothing is an error: nothing checked is no pass. */
function filesOf(named: readonly string[]): readonly string[] {
  const problems = new Problems();
  const found = named.flatMap((name) => {
    if (!isGlob(name) || existsSync(name)) return [name];
    const files = glob(name);
    if (files.length === 0) problems.error("no-files", `no file matches "${name}"`);
    return files;
  });
  const files = named.length > 0 ? found : USUAL.flatMap(glob);
  if (files.length === 0 && named.length === 0) {
    problems.error("no-files", `no scenario found in ${USUAL.join(" or ")}`, undefined, "name the files to check");
  }
  if (problems.hasErrors) throw new InputError(problems.list);
  return [...new Set(files)];
}

/** A stranger's link is not followed out of the repository. */
function refuseLinks(files: readonly string[]): void {
  const problems = new Problems();
  for (const file of files) {
    const problem = file === "-" ? undefined : linkProblem(file);
    if (problem !== undefined) problems.error("outside", `${file} ${problem}`);
  }
  if (problems.hasErrors) throw new InputError(problems.list);
}

async function baselineOf(options: CheckOptions, files: readonly string[]): Promise<Baseline | undefined> {
  if (options.baseline === undefined) return undefined;
  return openBaseline(options.baseline, { files, options, at: "merge base" });
}

type CheckAll = {
  readonly context: ComputeContext;
  readonly gate: Gate;
  readonly baseline: Baseline | undefined;
};

/** One after the other: a model and a result are let go before the next. The faults of all are stated together. */
function checkAll(files: readonly string[], task: CheckAll): readonly ScenarioCheck[] {
  const problems = new Problems();
  const checks = files.flatMap((file) => {
    try {
      return [checkOne(compute(file, task.context), file, task, problems)];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      for (const diagnostic of error.diagnostics) problems.add(diagnostic);
      return [];
    }
  });
  if (problems.hasErrors) throw new InputError(problems.list);
  return checks;
}

function checkOne(now: Computed, file: string, task: CheckAll, problems: Problems): ScenarioCheck {
  const { context, baseline, gate } = task;
  const { result } = now;
  const past = baseline?.find(file, result.scenario.name);
  const { comparison, problem } = compared(past, now, file, context);
  const before = typeof comparison === "object" ? comparison.before : undefined;
  const change = typeof comparison === "object" ? comparison.change : null;
  const judged = gate.judged(now, file, typeof comparison === "object" ? comparison.old : undefined);
  const wantsBreakEven = judged.some(({ budget }) => budget.assert.includes("break_even"));
  const outcomes = checkJudged(judged, {
    result: wantsBreakEven ? withBreakEven(result, now.loaded.model) : result,
    baseline: comparison === "new" ? "new" : before,
    today: today(context.io),
    shareOfSamples: sharesOf(now.loaded.model, problems),
    problems,
  });
  return {
    name: result.scenario.name,
    file: file.replaceAll("\\", "/"),
    cheapest: result.comparison.cheapest,
    verdict: result.comparison.verdict[0] ?? "",
    cost: Object.entries(result.architectures).map(([architecture, { cost }]) => ({
      architecture,
      month: cost.month,
      before: before?.architectures[architecture]?.cost.month ?? null,
    })),
    is_new: comparison === "new",
    baseline_problem: problem,
    outcomes: outcomes.map((outcome) => ({
      ...outcome,
      causes: needsCauses(outcome) ? causesOf(outcome.assert, result, change) : [],
    })),
    change,
  };
}

type Compared = { readonly comparison: Comparison | "new" | undefined; readonly problem: string | null };

/** What was there before and cannot be read or linked today is a warning, and the scenario is checked without it. */
function compared(past: Past | "new" | undefined, now: Computed, file: string, context: ComputeContext): Compared {
  if (past === undefined || past === "new") return { comparison: past, problem: null };
  try {
    return { comparison: compareWith(past, now, file === "-" ? "." : folderOf(file), context), problem: null };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [first, ...more] = error.diagnostics.filter(({ severity }) => severity === "error");
    const and = more.length === 0 ? "" : ` (and ${more.length} more)`;
    // Its name of then is that of no file: nobody may be pointed there.
    const name = past.kind === "text" ? past.scenario.name : "";
    const message = (first?.message ?? "it is no scenario").replaceAll(name === "" ? "\0" : name, "it");
    return { comparison: undefined, problem: `${clean(message)}${and}` };
  }
}

function needsCauses({ status }: BudgetOutcome): boolean {
  return status === "broken" || status === "expired" || status === "waived" || status === "undetermined";
}

/**
 * A budget that the change has weakened or removed is checked as it was. Where it names what is there no more it cannot be: the
 * change of the budget itself is what is reported then.
 */
function checkJudged(judged: readonly Judged[], task: CheckTask): readonly BudgetOutcome[] {
  const budgets = judged.flatMap(({ budget, instead, isGone }) => {
    if (instead === undefined && !isGone) return [budget];
    const problems = new Problems();
    checkBudgets([budget], { ...task, problems });
    return problems.hasErrors ? (instead === undefined ? [] : [instead]) : [budget];
  });
  return checkBudgets(budgets, task);
}

type ReportTask = {
  readonly gate: Gate;
  readonly baseline: Baseline | undefined;
  readonly version: string;
  readonly named: readonly string[];
};

function reportOf(scenarios: readonly ScenarioCheck[], task: ReportTask): CheckReport {
  const { gate, baseline, version, named } = task;
  const { changes, gone } = gate;
  const all = scenarios.flatMap(({ outcomes }) => outcomes);
  const count = (test: (outcome: BudgetOutcome) => boolean): number => all.filter(test).length;
  const errors = count(({ fails }) => fails === "error");
  const warnings = count(({ fails }) => fails === "warn");
  const lost = [...changes, ...gone].filter(({ fails }) => fails === "error").length;
  return {
    schema_version: "1.0",
    program: { name: "archcost", version },
    verdict: errors + lost > 0 ? "failed" : warnings > 0 ? "warned" : "passed",
    counts: {
      budgets: all.length,
      errors,
      warnings,
      waived: count(({ status }) => status === "waived"),
      skipped: count(({ status }) => status === "skipped"),
      budget_changes: lost,
    },
    named: [...named],
    budgets_from: gate.from,
    budget_changes: [...changes],
    baseline: baseline === undefined ? null : { name: baseline.name, commit: baseline.commit },
    gone: [...gone],
    scenarios: [...scenarios],
  };
}
