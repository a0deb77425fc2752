import type { Place, Problems } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { shownUnit } from "../figures/assumptions.ts";
import { type Dimension, describeDimension, inBaseUnits, isPlain, parseUnit, sameDimension } from "../formula/unit.ts";
import type { Definition } from "../model/definition.ts";
import type { Model } from "../model/model.ts";
import { type CsvCell, csvRows } from "./csv-cells.ts";

/** Cases as a person wrote them: a row each, columns by header. */
export type CaseTable = {
  readonly n: number;
  /** all columns as written, in their order */
  readonly header: readonly string[];
  readonly rows: readonly (readonly CsvCell[])[];
  /** inputs of the graph, and their values in base units */
  readonly free: readonly string[];
  readonly columns: readonly Float64Array[];
  /** where the row of a case stands in the file */
  place(row: number): Place;
};

const MOST_CASES = 1_000_000;
const MOST_COLUMNS = 1000;
const MOST_TOLD = 20;

type Column =
  | { readonly kind: "label" }
  | { readonly kind: "input"; readonly address: string; readonly dimension: Dimension; readonly factor: number };

type Task = { readonly model: Model; readonly labels: readonly string[]; readonly problems: Problems };
type PlaceOf = (cell?: Pick<CsvCell, "start" | "end">) => Place;

/**
 * Reads a CSV of cases: the first line names variables of the scenario, `render_time` or with a unit for bare numbers
 * `render_time [ms]`; cells are numbers or literals with units. A bare number is in the unit of the header, else of the
 * variable as declared or written in the scenario.
 * @param task.labels columns that are carried along and mean nothing here
 * @returns undefined where something is wrong, which is told with its place
 */
export function readCases(file: string, text: string, task: Task): CaseTable | undefined {
  const { problems } = task;
  const placeOf: PlaceOf = ({ start, end } = { start: 0, end: 0 }) => ({ file, text, span: { start, end } });
  if (!namesColumn(text, task)) {
    const hint = `variables: ${variablesOf(task.model).join(", ")}; no line of another file is shown`;
    problems.error("other-file", `the first line of ${file} names no variable of the scenario`, undefined, hint);
    return undefined;
  }
  const found = csvRows(text);
  if ("open" in found) {
    const place = placeOf({ start: found.open, end: found.open + 1 });
    problems.error("bad-csv", "a quote is opened here and never closed", place);
    return undefined;
  }
  const [header, ...rows] = found.rows;
  if (header === undefined || rows.length === 0) {
    problems.error("bad-csv", "wants a line of names and at least one line of values", placeOf());
    return undefined;
  }
  if (rows.length > MOST_CASES) {
    problems.error("too-many", `${rows.length} cases, the limit is ${MOST_CASES}`, placeOf(rows[MOST_CASES]?.[0]));
    return undefined;
  }
  if (header.length > MOST_COLUMNS) {
    problems.error("too-many", `${header.length} columns, the limit is ${MOST_COLUMNS}`, placeOf(header[MOST_COLUMNS]));
    return undefined;
  }
  const columns = readHeader(header, file, task, placeOf);
  const values = columns === undefined ? undefined : readRows({ header, rows, columns }, task, placeOf);
  if (columns === undefined || values === undefined) return undefined;
  const inputs = columns.flatMap((column, c) => {
    const own = values[c];
    return column.kind === "input" && own !== undefined ? [{ address: column.address, own }] : [];
  });
  return {
    n: rows.length,
    header: header.map((cell) => cell.text),
    rows,
    free: inputs.map(({ address }) => address),
    columns: inputs.map(({ own }) => own),
    place: (row) => placeOf(rowOf(rows[row] ?? [])),
  };
}

function variablesOf(model: Model): readonly string[] {
  return [...model.definitions.values()].filter(isVariable).map(({ address }) => address);
}

/** Whether the first line has anything to do with the scenario, misspelt or not: a link may lead to a secret. */
function namesColumn(text: string, { model, labels }: Task): boolean {
  const known = new Set([...variablesOf(model), ...labels]);
  const cells = (/^[^\r\n]*/.exec(text)?.[0] ?? "").replace(/["\ufeff]/g, "").split(",");
  return (
    text.trim() === "" ||
    cells.some((cell) => {
      const name = HEADER.exec(cell.trim())?.[1];
      return (
        known.has(cell.trim()) || (name !== undefined && (known.has(name) || suggest(name, [...known]) !== undefined))
      );
    })
  );
}

function rowOf(row: readonly CsvCell[]): Pick<CsvCell, "start" | "end"> {
  const [first] = row;
  const last = row.at(-1);
  return first === undefined || last === undefined ? { start: 0, end: 0 } : { start: first.start, end: last.end };
}

function readHeader(
  header: readonly CsvCell[],
  file: string,
  task: Task,
  placeOf: PlaceOf,
): readonly Column[] | undefined {
  const { labels, problems } = task;
  const columns = header.map((cell) => columnOf(cell, task, placeOf));
  const missing = labels.filter((label) => !header.some(({ text }) => text === label));
  for (const label of missing) problems.error("unknown-name", `--label ${label}: no such column in ${file}`);
  const addresses = columns.map((column) => (column?.kind === "input" ? column.address : undefined));
  const twice = header.filter((_, i) => addresses[i] !== undefined && addresses.indexOf(addresses[i]) < i);
  for (const cell of twice) problems.error("twice", `"${cell.text}" has a column already`, placeOf(cell));
  const known = columns.filter((column) => column !== undefined);
  return known.length < columns.length || missing.length + twice.length > 0 ? undefined : known;
}

type Body = {
  readonly header: readonly CsvCell[];
  readonly rows: readonly (readonly CsvCell[])[];
  readonly columns: readonly Column[];
};

/** @returns a column of values in base units for each input, undefined for a label */
function readRows(
  { header, rows, columns }: Body,
  { model, problems }: Task,
  placeOf: PlaceOf,
): readonly (Float64Array | undefined)[] | undefined {
  const values = columns.map((column) => (column.kind === "input" ? new Float64Array(rows.length) : undefined));
  const reader = new CellReader(model.monthSeconds);
  let told = 0;
  const tell = (message: string, cell: Pick<CsvCell, "start" | "end">): void => {
    told += 1;
    if (told <= MOST_TOLD) problems.error("bad-csv", message, placeOf(cell));
  };
  for (const [r, row] of rows.entries()) {
    if (row.length !== header.length) {
      tell(`${row.length} cells where the first line has ${header.length}`, rowOf(row));
      continue;
    }
    for (const [c, cell] of row.entries()) {
      const [column, into] = [columns[c], values[c]];
      if (column?.kind !== "input" || into === undefined) continue;
      const value = reader.read(cell.text, column);
      if (typeof value === "number") into[r] = value;
      else tell(`"${header[c]?.text}" ${value.problem}`, cell);
    }
  }
  if (told > MOST_TOLD) problems.error("bad-csv", `and ${told - MOST_TOLD} more in ${rows.length} lines`);
  return told === 0 ? values : undefined;
}

const HEADER = /^([a-z][a-z0-9_]*)\s*(?:\[([^\]]+)\])?$/;

function columnOf(cell: CsvCell, { model, labels, problems }: Task, placeOf: PlaceOf): Column | undefined {
  if (labels.includes(cell.text)) return { kind: "label" };
  const [, name = cell.text, unit] = HEADER.exec(cell.text) ?? [];
  const variables = model.definitions.filter(isVariable);
  const variable = variables.find(({ address }) => address === name);
  if (variable === undefined) {
    const near = suggest(
      name,
      variables.map(({ address }) => address),
    );
    const hint = near === undefined ? `a column that is no variable: --label ${cell.text}` : `did you mean "${near}"?`;
    problems.error("unknown-variable", `no variable "${name}" in ${model.scenario.file}`, placeOf(cell), hint);
    return undefined;
  }
  const isInput = model.graph.inputs.some(({ address }) => address === name);
  if (!isInput) {
    const what = variable.text === undefined ? "a formula of other variables" : "a word";
    const hint = variable.text === undefined ? "give those a column" : "run the cases once for each: --set";
    problems.error("no-input", `"${name}" is ${what}`, placeOf(cell), hint);
    return undefined;
  }
  const { dimension } = variable;
  if (unit === undefined) return { kind: "input", address: name, dimension, factor: bareFactor(variable, model) };
  const parsed = parseUnit(unit, { monthSeconds: model.monthSeconds });
  if ("error" in parsed) {
    problems.error("unknown-unit", parsed.error, placeOf(cell));
    return undefined;
  }
  if (!sameDimension(parsed.dimension, dimension)) {
    const message = `"${name}" is ${describeDimension(dimension)}, ${unit} is ${describeDimension(parsed.dimension)}`;
    problems.error("unit-mismatch", message, placeOf(cell));
    return undefined;
  }
  return { kind: "input", address: name, dimension, factor: parsed.factor };
}

const isVariable = ({ address, origin }: Definition): boolean =>
  (origin === "scenario" || origin === "command") && !address.includes(".") && !address.includes(":");

/** A percentage is written as a share unless it says `%`, as everywhere. */
function bareFactor(variable: Definition, model: Model): number {
  return isPlain(variable.dimension) && variable.unit === "" ? 1 : shownUnit(variable, model.monthSeconds).factor;
}

const CELL = /^([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*(.*)$/i;

/** Reads cells, each unit once. A class because it keeps the units that it has met. */
class CellReader {
  readonly #units = new Map<string, ReturnType<typeof parseUnit>>();
  readonly #monthSeconds: number;

  constructor(monthSeconds: number) {
    this.#monthSeconds = monthSeconds;
  }

  /** @returns the value in base units, or what is wrong with it */
  read(text: string, column: Extract<Column, { kind: "input" }>): number | { readonly problem: string } {
    const [, digits, unit = ""] = CELL.exec(text) ?? [];
    if (digits === undefined) return { problem: text === "" ? "is empty here" : `wants a number, this is "${text}"` };
    const value = Number(digits);
    if (!Number.isFinite(value)) return { problem: `wants a number, ${text} is too large` };
    if (unit === "") return inBaseUnits(value, column.factor);
    const parsed = this.#units.get(unit) ?? parseUnit(unit, { monthSeconds: this.#monthSeconds });
    this.#units.set(unit, parsed);
    if ("error" in parsed) return { problem: `wants a number or a literal with a unit: ${parsed.error}` };
    if (sameDimension(parsed.dimension, column.dimension)) return inBaseUnits(value, parsed.factor);
    return {
      problem: `wants ${describeDimension(column.dimension)}, ${text} is ${describeDimension(parsed.dimension)}`,
    };
  }
}
