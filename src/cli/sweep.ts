import { figureAt, parseVary, type Vary } from "../analysis/sweep.ts";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { resultOf } from "../figures/result.ts";
import { writeFiles } from "../io/write.ts";
import { csv } from "../report/csv.ts";
import { exact, figure, json, money, percent } from "../result/number.ts";
import type { Result } from "../result/schema.ts";
import { loadScenario, type ScenarioOptions } from "./load.ts";
import { pngRenderer } from "./png-renderer.ts";
import { EXIT, type Io } from "./process.ts";

export type SweepOptions = ScenarioOptions & {
  readonly vary: string;
  readonly result?: readonly string[];
  readonly format: string;
  readonly output?: string;
};

type Row = { readonly value: string; readonly figures: readonly (number | null)[] };
type Swept = { readonly figure: string; readonly columns: readonly string[]; readonly rows: readonly Row[] };

/**
 * `archcost sweep FILE --vary NAME=...`: any figures of a result over the values of a variable, a region or a day.
 * Several figures, e.g. cost and carbon, come from the same runs and stay apart: a table and a chart each, never a sum.
 */
export async function sweepCommand(file: string, options: SweepOptions, version: string, io: Io): Promise<number> {
  const vary = parseVary(options.vary);
  const problems = new Problems();
  if ("problem" in vary) {
    problems.error("bad-option", vary.problem);
    throw new InputError(problems.list);
  }
  const results = vary.values.map((value) => runAt(file, vary, value, options, version, io));
  const figures = [...new Set(options.result ?? ["cost.month"])];
  const swept = figures.map((name) => sweptFigure(name, vary, results, problems));
  if (problems.list.some(({ severity }) => severity === "error")) throw new InputError(problems.list);
  const text = render(vary, swept, options.format);
  if (options.output !== undefined) await drawTo(options.output, results[0]?.scenario.name ?? "", vary, swept);
  io.stdout.write(text);
  return EXIT.fine;
}

function sweptFigure(name: string, vary: Vary, results: readonly Result[], problems: Problems): Swept {
  const path = name.split(".");
  const [first] = results;
  const columns = first === undefined ? [] : columnsOf(first, path);
  if (columns.length === 0)
    problems.error(
      "unknown-result",
      `no figure "${name}" in the result`,
      undefined,
      "e.g. cost.month, carbon.month.central, roles.coordination.share, capacity.granted.share, or a variable",
    );
  const rows = results.map(
    (result, i): Row => ({
      value: vary.values[i] ?? "",
      figures: columns.map((column) => figureOf(result, column, path)),
    }),
  );
  return { figure: name, columns, rows };
}

function runAt(file: string, vary: Vary, value: string, options: SweepOptions, version: string, io: Io): Result {
  const chosen: ScenarioOptions =
    vary.name === "region"
      ? { ...options, region: value }
      : vary.name === "as-of"
        ? { ...options, asOf: value }
        : vary.name === "load"
          ? { ...options, load: value }
          : { ...options, set: [...(options.set ?? []), `${vary.name}=${value}`] };
  const { model, problems } = loadScenario(file, chosen, io);
  const result = resultOf(model, { version, curve: false }, problems);
  if (result === undefined) throw new InputError(problems.list);
  return result;
}

/** Architectures that have the figure; a variable of the scenario is one column of its own. */
function columnsOf(result: Result, path: readonly string[]): readonly string[] {
  if (variableOf(result, path.join(".")) !== undefined) return [path.join(".")];
  return Object.keys(result.architectures).filter(
    (name) => figureAt(result.architectures[name], path) !== undefined || nullAt(result, name, path),
  );
}

/** A figure that may be absent (nothing binds) still is a column. */
function nullAt(result: Result, name: string, path: readonly string[]): boolean {
  const [head] = path;
  return head === "capacity" && figureAt(result.architectures[name], ["cost", "month"]) !== undefined;
}

function variableOf(result: Result, name: string): number | undefined {
  const value = result.assumptions.find((assumption) => assumption.address === name)?.value;
  return typeof value === "number" ? value : undefined;
}

function figureOf(result: Result, column: string, path: readonly string[]): number | null {
  return variableOf(result, path.join(".")) ?? figureAt(result.architectures[column], path) ?? null;
}

function render(vary: Vary, swept: readonly Swept[], format: string): string {
  if (format === "json") return `${json(jsonOf(vary, swept))}\n`;
  if (format === "csv") {
    const only = swept.length === 1;
    return csv(
      [vary.name, ...swept.flatMap(({ figure: name, columns }) => columns.map((c) => columnName(name, c, only)))],
      vary.values.map((value, i) => [value, ...swept.flatMap(({ rows }) => rows[i]?.figures ?? [])]),
    );
  }
  return swept.map((one) => tableOf(vary, one)).join("\n");
}

/** A variable is a column of its own name; with several figures an architecture's column says which one it holds. */
function columnName(name: string, column: string, only: boolean): string {
  return only || name === column ? column : `${column}.${name}`;
}

/** One figure keeps its plain form; of several each has its rows. */
function jsonOf(vary: Vary, swept: readonly Swept[]): object {
  const results = swept.map(({ figure: result, columns, rows }) => ({
    over: vary.name,
    result,
    rows: rows.map(({ value, figures }) => ({
      [vary.name]: value,
      ...Object.fromEntries(columns.map((column, i) => [column, figures[i] ?? null])),
    })),
  }));
  const [one, ...others] = results;
  return one !== undefined && others.length === 0 ? one : { over: vary.name, results };
}

function tableOf(vary: Vary, { figure: name, columns, rows }: Swept): string {
  const write = writerFor(name);
  const cells = [[vary.name, ...columns], ...rows.map(({ value, figures }) => [value, ...figures.map(write)])];
  const widths = columns.map((_, i) => Math.max(...cells.map((row) => (row[i + 1] ?? "").length)));
  const first = Math.max(...cells.map((row) => (row[0] ?? "").length));
  const lines = cells.map(([head = "", ...rest]) =>
    [head.padEnd(first), ...rest.map((cell, i) => cell.padStart(widths[i] ?? cell.length))].join("  "),
  );
  return `${name} over ${vary.name}\n\n${lines.join("\n")}\n`;
}

function writerFor(result: string): (value: number | null) => string {
  if (result.startsWith("cost.")) return money;
  if (result.endsWith("share")) return percent;
  return (value) => (value !== null && Number.isInteger(value) ? exact(value) : figure(value));
}

/** One PNG a figure, as their scales differ: out.png, or out-cost.month.png and out-carbon.month.central.png. */
async function drawTo(path: string, title: string, vary: Vary, swept: readonly Swept[]): Promise<void> {
  const [renderPng, { sweepLines }] = await Promise.all([pngRenderer(), import("../report/charts/sweep-lines.ts")]);
  const files = swept.map(({ figure: name, columns, rows }) => {
    const config = sweepLines({
      title: `${title}: ${name} over ${vary.name}`,
      xLabel: vary.name,
      yLabel: name,
      money: name.startsWith("cost."),
      labels: rows.map((row) => row.value),
      series: columns.map((column, i) => ({ name: column, values: rows.map((row) => row.figures[i] ?? null) })),
    });
    const to = swept.length === 1 ? path : `${path.replace(/\.png$/i, "")}-${name}.png`;
    return { path: to, data: renderPng(config, { width: 960, height: 540, scale: 2 }) };
  });
  writeFiles(files);
}
