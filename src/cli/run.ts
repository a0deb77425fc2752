import { withDecisions } from "../analysis/decide.ts";
import { InputError, type Problems } from "../diagnostic/diagnostic.ts";
import { resultOf } from "../figures/result.ts";
import { writeFiles } from "../io/write.ts";
import type { Model } from "../model/model.ts";
import { type ComparisonBlock, comparisonBlock } from "../report/comparison-table.ts";
import { renderBlocks, renderTables } from "../report/table.ts";
import { useNumberStyle } from "../result/number.ts";
import type { Result } from "../result/schema.ts";
import { type Loaded, loadScenario } from "./load.ts";
import { EXIT, type Io, today, wantsColor, wroteLine } from "./process.ts";
import type { Budgeted } from "./run-budgets.ts";
import type { RunOptions, RunOutput } from "./run-options.ts";

/** `archcost run FILE...`: the main job. All files are read and computed before anything is written. */
export async function runCommand(
  files: readonly string[],
  options: RunOptions,
  version: string,
  io: Io,
): Promise<number> {
  if (options.locale !== undefined) {
    const { chosenLocale } = await import("./chosen-locale.ts");
    useNumberStyle(chosenLocale(options.locale));
  }
  if (options.watch === true || options.open === true) {
    const { watchRun } = await import("./watch-run.ts");
    return watchRun({ files, options, io, run: () => rendered(files, options, version, io) });
  }
  const { written, tell } = await rendered(files, options, version, io);
  writeFiles(written, options.output);
  if (written.length > 0 && options.quiet !== true) {
    io.stderr.write(wroteLine(written));
  }
  tell();
  return EXIT.fine;
}

async function rendered(files: readonly string[], options: RunOptions, version: string, io: Io): Promise<RunOutput> {
  const computed = await computeAll(files, options, version, io);
  const text = await render(computed, options, io);
  const tell = (): void => {
    io.stdout.write(text);
    if (options.quiet !== true && computed.broken !== "") io.stderr.write(computed.broken);
  };
  const scenarios = computed.reported.map(({ scenario }) => scenario);
  if (options.output === undefined) return { written: [], scenarios, tell };
  const [{ outputFiles }, { chosenCharts }] = await Promise.all([
    import("./output-files.ts"),
    import("./chosen-charts.ts"),
  ]);
  const written = await outputFiles(computed.reported, options.output, {
    budgets: options.architecture === undefined,
    charts: chosenCharts(options.charts),
    io,
  });
  return { written, scenarios, tell };
}

/** What budgets are broken, a line each; `check` says more. Some architectures alone cannot tell. */
async function brokenBudgets(budgeted: Budgeted, options: RunOptions, io: Io): Promise<string> {
  if (budgeted.scenario.data.budgets === undefined || options.architecture !== undefined) return "";
  const { brokenLines, budgetOutcomes } = await import("./run-budgets.ts");
  return brokenLines(budgetOutcomes([budgeted], io));
}

/** Above this many files a run says how far it is. */
const MANY = 20;

type All = {
  readonly results: readonly Result[];
  /** instead of results, where a table of several scenarios is all that is wanted */
  readonly blocks: readonly ComparisonBlock[];
  /** with models, where reports are written: their pages compute */
  readonly reported: readonly (Budgeted & { readonly model: Model; readonly loaded: Loaded })[];
  /** a line for each broken budget */
  readonly broken: string;
};

async function computeAll(files: readonly string[], options: RunOptions, version: string, io: Io): Promise<All> {
  const results: Result[] = [];
  const blocks: ComparisonBlock[] = [];
  const reported: (Budgeted & { model: Model; loaded: Loaded })[] = [];
  const broken: string[] = [];
  const diagnostics = new Map<string, InputError["diagnostics"]>();
  const progress = files.length >= MANY && options.quiet !== true;
  const curve = ["json", "memo"].includes(options.format) || options.chart === true || options.output !== undefined;
  const deciding = files.length === 1 || options.format !== "table";
  // A thousand results are a gigabyte that the collector of garbage goes through again and again.
  const compact = !deciding && !curve;
  for (const [index, file] of files.entries()) {
    try {
      const loaded = loadScenario(file, options, io);
      const { model, problems, scenario } = loaded;
      const base = resultOf(model, { version, curve }, problems);
      // The compact table of several scenarios shows none of it.
      const decided = base === undefined || !deciding ? base : withDecisions(model, base, curve, problems);
      const result = decided === undefined ? undefined : await withPlan(model, decided, options, problems);
      if (result === undefined) throw new InputError(problems.list);
      if (compact) blocks.push(comparisonBlock(result));
      else results.push(result);
      if (options.output !== undefined) reported.push({ scenario, result, model, loaded });
      broken.push(await brokenBudgets({ scenario, result }, options, io));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      diagnostics.set(file, error.diagnostics);
    }
    if (progress && ((index + 1) % 50 === 0 || index + 1 === files.length)) {
      const end = io.stderr.isTTY === true && index + 1 < files.length ? "\r" : "\n";
      io.stderr.write(`${index + 1} of ${files.length} scenarios${end}`);
    }
  }
  if (diagnostics.size > 0) throw new InputError([...diagnostics.values()].flat());
  return { results, blocks, reported, broken: broken.join("") };
}

/** Adds the plan of a scenario that may evolve, where what is written shows it. */
async function withPlan(
  model: Model,
  result: Result,
  { format, output }: RunOptions,
  problems: Problems,
): Promise<Result | undefined> {
  const shown = ["json", "markdown"].includes(format) || output !== undefined;
  if (!shown || model.evolution === undefined) return result;
  const { evolutionPlan } = await import("../analysis/plan/plan.ts");
  const plan = evolutionPlan(model, problems);
  return plan === undefined ? undefined : { ...result, plan };
}

async function render({ results, blocks }: All, { format, chart }: RunOptions, io: Io): Promise<string> {
  switch (format) {
    case "json": {
      const { renderJson } = await import("../report/json.ts");
      return renderJson(results);
    }
    case "csv": {
      const { renderCsv } = await import("../report/csv.ts");
      return renderCsv(results);
    }
    case "limits-csv": {
      const { renderLimitsCsv } = await import("../report/limits-csv.ts");
      return renderLimitsCsv(results);
    }
    case "carbon-csv": {
      const { renderCarbonCsv } = await import("../report/carbon-csv.ts");
      return renderCarbonCsv(results);
    }
    case "decisions-csv": {
      const { renderDecisionsCsv } = await import("../report/decisions-csv.ts");
      return renderDecisionsCsv(results);
    }
    case "focus": {
      const { renderFocus } = await import("../report/focus.ts");
      return renderFocus(results, nextMonth(today(io)));
    }
    case "focus-overheads": {
      const { renderFocusOverheads } = await import("../report/focus-overheads.ts");
      return renderFocusOverheads(results, nextMonth(today(io)));
    }
    case "memo": {
      const { renderMemo } = await import("../report/memo.ts");
      return renderMemo(results);
    }
    case "markdown": {
      const { renderMarkdown } = await import("../report/markdown.ts");
      return renderMarkdown(results);
    }
    default: {
      const table = { color: wantsColor(io), width: Math.min(Math.max(io.stdout.columns ?? 80, 80), 120) };
      const text = blocks.length > 0 ? renderBlocks(blocks, table) : renderTables(results, table);
      const charts = chart === true ? await drawn(results, table) : "";
      return text + charts;
    }
  }
}

/** Charts of characters for each result. */
async function drawn(results: readonly Result[], page: { color: boolean; width: number }): Promise<string> {
  const { characterCharts } = await import("../report/character-charts.ts");
  return results.map((result) => `\n${characterCharts(result, page)}`).join("");
}

/** The month after a day, as `2026-12`: the month a projection is for. */
function nextMonth(day: string): string {
  const [year = 0, month = 0] = day.split("-").map(Number);
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, "0")}`;
}
