import { figureAt, parseVary, type Vary } from "../analysis/sweep.ts";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { writeFiles } from "../io/write.ts";
import { runModel } from "../model/run.ts";
import { csv } from "../report/csv.ts";
import { exact, figure, money, percent } from "../result/number.ts";
import type { Result } from "../result/schema.ts";
import { loadScenario, type ScenarioOptions } from "./load.ts";
import { EXIT, type Io } from "./process.ts";

export type SweepOptions = ScenarioOptions & {
  readonly vary: string;
  readonly result: string;
  readonly format: string;
  readonly output?: string;
};

type Row = { readonly value: string; readonly figures: readonly (number | null)[] };

/** `archcost sweep FILE --vary NAME=...`: any figure of a result over the values of a variable, a region or a day. */
export async function sweepCommand(file: string, options: SweepOptions, version: string, io: Io): Promise<number> {
  const vary = parseVary(options.vary);
  const problems = new Problems();
  if ("problem" in vary) {
    problems.error("bad-option", vary.problem);
    throw new InputError(problems.list);
  }
  const path = options.result.split(".");
  const results = vary.values.map((value) => runAt(file, vary, value, options, version, io));
  const [first] = results;
  const columns = first === undefined ? [] : columnsOf(first, path);
  if (columns.length === 0) {
    problems.error(
      "unknown-result",
      `no figure "${options.result}" in the result`,
      undefined,
      "e.g. cost.month, cost.per_unit, roles.coordination.share, capacity.granted.share, or a variable",
    );
    throw new InputError(problems.list);
  }
  const rows = results.map(
    (result, i): Row => ({
      value: vary.values[i] ?? "",
      figures: columns.map((column) => figureOf(result, column, path)),
    }),
  );
  const text = render(vary, columns, rows, options);
  if (options.output !== undefined)
    await drawTo(options.output, first?.scenario.name ?? "", vary, columns, rows, options);
  io.stdout.write(text);
  return EXIT.fine;
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
  const { model, catalog, problems } = loadScenario(file, chosen, io);
  const result = runModel(model, { version, catalog, curve: false }, problems);
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

function render(vary: Vary, columns: readonly string[], rows: readonly Row[], options: SweepOptions): string {
  if (options.format === "json") {
    const table = rows.map(({ value, figures }) => ({
      [vary.name]: value,
      ...Object.fromEntries(columns.map((column, i) => [column, figures[i] ?? null])),
    }));
    return `${JSON.stringify({ over: vary.name, result: options.result, rows: table }, null, 2)}\n`;
  }
  if (options.format === "csv")
    return csv(
      [vary.name, ...columns],
      rows.map(({ value, figures }) => [value, ...figures]),
    );
  const write = writerFor(options.result);
  const cells = [[vary.name, ...columns], ...rows.map(({ value, figures }) => [value, ...figures.map(write)])];
  const widths = columns.map((_, i) => Math.max(...cells.map((row) => (row[i + 1] ?? "").length)));
  const first = Math.max(...cells.map((row) => (row[0] ?? "").length));
  const lines = cells.map(([head = "", ...rest]) =>
    [head.padEnd(first), ...rest.map((cell, i) => cell.padStart(widths[i] ?? cell.length))].join("  "),
  );
  return `${options.result} over ${vary.name}\n\n${lines.join("\n")}\n`;
}

function writerFor(result: string): (value: number | null) => string {
  if (result.startsWith("cost.")) return money;
  if (result.endsWith("share")) return percent;
  return (value) => (value !== null && Number.isInteger(value) ? exact(value) : figure(value));
}

async function drawTo(
  path: string,
  title: string,
  vary: Vary,
  columns: readonly string[],
  rows: readonly Row[],
  options: SweepOptions,
): Promise<void> {
  const [{ renderPng }, { sweepLines }] = await Promise.all([
    import("../report/png.ts"),
    import("../report/charts/sweep-lines.ts"),
  ]);
  const config = sweepLines({
    title: `${title}: ${options.result} over ${vary.name}`,
    xLabel: vary.name,
    yLabel: options.result,
    money: options.result.startsWith("cost."),
    labels: rows.map((row) => row.value),
    series: columns.map((name, i) => ({ name, values: rows.map((row) => row.figures[i] ?? null) })),
  });
  writeFiles([{ path, data: renderPng(config, { width: 960, height: 540, scale: 2 }) }]);
}
