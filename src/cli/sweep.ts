import { parseVary, type Vary } from "../analysis/sweep.ts";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { writeFiles } from "../io/write.ts";
import { csv } from "../report/csv.ts";
import { exact, figure, json, money, percent } from "../result/number.ts";
import { readScenarioText, type ScenarioOptions } from "./load.ts";
import { pngRenderer } from "./png-renderer.ts";
import { EXIT, type Io } from "./process.ts";
import { type Point, sweptPoints } from "./swept-points.ts";

export type SweepOptions = ScenarioOptions & {
  readonly vary: string;
  readonly result?: readonly string[];
  readonly format: string;
  readonly output?: string;
};

type Row = {
  readonly value: string;
  readonly figures: readonly (number | null)[];
  /** why there are none */
  readonly problem?: string;
};
type Swept = { readonly figure: string; readonly columns: readonly string[]; readonly rows: readonly Row[] };

/**
 * `archcost sweep FILE --vary NAME=...`: any figures of a result over the values of a variable, a region or a day.
 * Several figures, e.g. cost and carbon, come from the same runs and stay apart: a table and a chart each, never a sum.
 * A point that has no figures, say for want of a price, is a row that says so.
 */
export async function sweepCommand(file: string, options: SweepOptions, version: string, io: Io): Promise<number> {
  const vary = parseVary(options.vary);
  const problems = new Problems();
  if ("problem" in vary) {
    problems.error("bad-option", vary.problem);
    throw new InputError(problems.list);
  }
  const figures = [...new Set(options.result ?? ["cost.month"])];
  const { name, points } = sweptPoints({ text: readScenarioText(file), figures, vary, options, version, io });
  const swept = figures.map((figure) => sweptFigure(figure, vary, points, problems));
  if (problems.hasErrors) throw new InputError(problems.list);
  const text = render(vary, swept, options.format);
  if (options.output !== undefined) await drawTo(options.output, name, vary, swept);
  io.stdout.write(text);
  return EXIT.fine;
}

function sweptFigure(name: string, vary: Vary, points: readonly Point[], problems: Problems): Swept {
  const known = points.flatMap((point) => ("figures" in point ? (point.figures.get(name) ?? []) : []));
  const columns = [...new Set(known.flatMap((point) => [...point.keys()]))];
  if (columns.length === 0)
    problems.error(
      "unknown-result",
      `no figure "${name}" in the result`,
      undefined,
      "e.g. cost.month, carbon.month.central, roles.coordination.share, limits.headroom, or a variable",
    );
  const rows = points.map((point, i): Row => {
    const value = vary.values[i] ?? "";
    if ("problem" in point) return { value, figures: columns.map(() => null), problem: point.problem };
    const found = point.figures.get(name);
    return { value, figures: columns.map((column) => found?.get(column) ?? null) };
  });
  return { figure: name, columns, rows };
}

function render(vary: Vary, swept: readonly Swept[], format: string): string {
  if (format === "json") return `${json(jsonOf(vary, swept))}\n`;
  if (format === "csv") {
    const only = swept.length === 1;
    const problems = vary.values.map((_, i) => swept[0]?.rows[i]?.problem ?? "");
    const isAny = problems.some((problem) => problem !== "");
    const names = swept.flatMap(({ figure: name, columns }) => columns.map((c) => columnName(name, c, only)));
    return csv(
      [vary.name, ...names, ...(isAny ? ["problem"] : [])],
      vary.values.map((value, i) => [
        value,
        ...swept.flatMap(({ rows }) => rows[i]?.figures ?? []),
        ...(isAny ? [problems[i] ?? ""] : []),
      ]),
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
    rows: rows.map(({ value, figures, problem }) => ({
      [vary.name]: value,
      ...Object.fromEntries(columns.map((column, i) => [column, figures[i] ?? null])),
      ...(problem === undefined ? {} : { problem }),
    })),
  }));
  const [one, ...others] = results;
  return one !== undefined && others.length === 0 ? one : { over: vary.name, results };
}

function tableOf(vary: Vary, { figure: name, columns, rows }: Swept): string {
  const write = writerFor(name);
  const cells = [
    [vary.name, ...columns],
    ...rows.map(({ value, figures, problem }) => [value, ...(problem === undefined ? figures.map(write) : [])]),
  ];
  const widths = columns.map((_, i) => Math.max(...cells.map((row) => (row[i + 1] ?? "").length)));
  const first = Math.max(...cells.map((row) => (row[0] ?? "").length));
  const lines = cells.map(([head = "", ...rest], at) => {
    const problem = rows[at - 1]?.problem;
    const figures = rest.map((cell, i) => cell.padStart(widths[i] ?? cell.length));
    return [head.padEnd(first), ...figures, ...(problem === undefined ? [] : [problem])].join("  ");
  });
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
