import { join } from "node:path";
import { withDecisions } from "../analysis/decide.ts";
import { InputError } from "../diagnostic/diagnostic.ts";
import { type OutputFile, writeFiles } from "../io/write.ts";
import { runModel } from "../model/run.ts";
import { renderTable, renderTables } from "../report/table.ts";
import type { Result } from "../result/schema.ts";
import type { Scenario } from "../scenario/read.ts";
import { loadScenario, type ScenarioOptions } from "./load.ts";
import { EXIT, type Io, today, wantsColor } from "./process.ts";

export type RunOptions = ScenarioOptions & {
  readonly format: string;
  readonly output?: string;
  readonly quiet?: boolean;
};

/** `archcost run FILE...`: the main job. All files are read and computed before anything is written. */
export async function runCommand(
  files: readonly string[],
  options: RunOptions,
  version: string,
  io: Io,
): Promise<number> {
  const { results, budgeted } = computeAll(files, options, version, io);
  const broken = await brokenBudgets(budgeted, options, io);
  const text = await render(results, options.format, io);
  if (options.output !== undefined) {
    const folder = options.output;
    const written: OutputFile[] = [];
    for (const result of results)
      written.push(...(await outputFiles(result, results.length > 1 ? join(folder, slug(result)) : folder)));
    writeFiles(written);
    if (options.quiet !== true) {
      io.stderr.write(`wrote ${written.map((file) => file.path).join(", ")}\n`);
    }
  }
  io.stdout.write(text);
  if (options.quiet !== true) io.stderr.write(broken);
  return EXIT.fine;
}

type Budgeted = { readonly scenario: Scenario; readonly result: Result };

/** What budgets are broken, a line each; `check` tells more. Some architectures alone cannot tell. */
async function brokenBudgets(budgeted: readonly Budgeted[], options: RunOptions, io: Io): Promise<string> {
  if (budgeted.length === 0 || options.architecture !== undefined) return "";
  const { brokenLines } = await import("./run-budgets.ts");
  return brokenLines(budgeted, io);
}

/** Above this many files a run tells how far it is. */
const MANY = 20;

type All = { readonly results: readonly Result[]; readonly budgeted: readonly Budgeted[] };

function computeAll(files: readonly string[], options: RunOptions, version: string, io: Io): All {
  const results: Result[] = [];
  const budgeted: Budgeted[] = [];
  const diagnostics = new Map<string, InputError["diagnostics"]>();
  const progress = files.length >= MANY && options.quiet !== true;
  const curve = options.format === "json" || options.output !== undefined;
  const deciding = files.length === 1 || options.format !== "table";
  files.forEach((file, index) => {
    try {
      const { model, catalog, problems, scenario } = loadScenario(file, options, io);
      const base = runModel(model, { version, catalog, curve }, problems);
      // The compact table of several scenarios shows none of it.
      const result = base === undefined || !deciding ? base : withDecisions(model, base, curve, problems);
      if (result === undefined) throw new InputError(problems.list);
      results.push(result);
      if (scenario.data.budgets !== undefined) budgeted.push({ scenario, result });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      diagnostics.set(file, error.diagnostics);
    }
    if (progress && ((index + 1) % 50 === 0 || index + 1 === files.length)) {
      const end = io.stderr.isTTY === true && index + 1 < files.length ? "\r" : "\n";
      io.stderr.write(`${index + 1} of ${files.length} scenarios${end}`);
    }
  });
  if (diagnostics.size > 0) throw new InputError([...diagnostics.values()].flat());
  return { results, budgeted };
}

async function render(results: readonly Result[], format: string, io: Io): Promise<string> {
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
    case "focus": {
      const { renderFocus } = await import("../report/focus.ts");
      return renderFocus(results, nextMonth(today(io)));
    }
    case "markdown": {
      const { renderMarkdown } = await import("../report/markdown.ts");
      return renderMarkdown(results);
    }
    default: {
      const table = { color: wantsColor(io), width: Math.min(Math.max(io.stdout.columns ?? 80, 80), 120) };
      const [only] = results;
      return only !== undefined && results.length === 1 ? renderTable(only, table) : renderTables(results, table);
    }
  }
}

/** The month after a day, as `2026-12`: the month a projection is for. */
function nextMonth(day: string): string {
  const [year = 0, month = 0] = day.split("-").map(Number);
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, "0")}`;
}

async function outputFiles(result: Result, folder: string): Promise<readonly OutputFile[]> {
  const [{ renderJson }, { renderHtml }, { renderLimitsCsv }, { renderCarbonCsv }, { chartImages }] = await Promise.all(
    [
      import("../report/json.ts"),
      import("../report/html.ts"),
      import("../report/limits-csv.ts"),
      import("../report/carbon-csv.ts"),
      import("./charts.ts"),
    ],
  );
  const images = await chartImages(result);
  return [
    { path: join(folder, "result.json"), data: renderJson([result]) },
    { path: join(folder, "report.html"), data: renderHtml(result, { charts: images }) },
    { path: join(folder, "limits.csv"), data: renderLimitsCsv([result]) },
    { path: join(folder, "carbon.csv"), data: renderCarbonCsv([result]) },
    ...images.map(({ name, png }) => ({ path: join(folder, `${name}.png`), data: png })),
  ];
}

/** A folder name from the scenario's file: never a path of the name's own. */
function slug(result: Result): string {
  const base = result.scenario.file.split(/[\\/]/).at(-1) ?? "";
  const cleaned = base.replace(/\.ya?ml$/, "").replace(/[^A-Za-z0-9_-]+/g, "-");
  return cleaned === "" ? "scenario" : cleaned;
}
