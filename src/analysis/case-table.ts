import type { Place, Problems } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { shownUnit } from "../figures/assumptions.ts";
import { type Dimension, describeDimension, inBaseUnits, isPlain, parseUnit, sameDimension } from "../formula/unit.ts";
import type { Definition } from "../model/definition.ts";
import type { Model } from "../model/model.ts";
import { type CsvCell, csvRows } from "./csv-cells.ts";

/** Cases as a person wrote them: a row each, columns by header. */
export type CaseTable = {
  /** all columns as written, in their order */
  readonly header: readonly string[];
  /** inputs of the graph that have a column */
  readonly free: readonly string[];
  /** reads the rows, some at a time; what is wrong with them is reported until the last is read */
  blocks(size: number): Generator<CaseRows>;
};

/** Some rows of a table. */
export type CaseRows = {
  readonly rows: readonly (readonly CsvCell[])[];
  /** a column of values in base units for each free input */
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
 * variable as declared or written in the scenario. Rows are read when their block is asked for.
 * @param task.labels columns that are carried along and mean nothing here
 * @returns undefined where something is wrong with the first line, which is reported with its place
 */
export function readCases(file: string, text: string, task: Task): CaseTable | undefined {
  const { problems } = task;
  const placeOf: PlaceOf = ({ start, end } = { start: 0, end: 0 }) => ({ file, text, span: { start, end } });
  if (!namesColumn(text, task)) {
    const hint = `variables: ${variablesOf(task.model).join(", ")}; no line of another file is shown`;
    problems.error("other-file", `the first line of ${file} names no variable of the scenario`, undefined, hint);
    return undefined;
  }
  const first = csvRows(text).next();
  const header = first.done === true ? [] : first.value;
  if (header.length > MOST_COLUMNS) {
    problems.error("too-many", `${header.length} columns, the limit is ${MOST_COLUMNS}`, placeOf(header[MOST_COLUMNS]));
    return undefined;
  }
  const columns = header.length === 0 ? [] : readHeader(header, file, task, placeOf);
  if (columns === undefined) return undefined;
  const body: Body = { text, header, columns, placeOf };
  return {
    header: header.map((cell) => cell.text),
    free: columns.flatMap((column) => (column.kind === "input" ? [column.address] : [])),
    blocks: (size) => blocksOf(body, task, size),
  };
}

type Body = {
  readonly text: string;
  readonly header: readonly CsvCell[];
  readonly columns: readonly Column[];
  readonly placeOf: PlaceOf;
};

function* blocksOf(body: Body, task: Task, size: number): Generator<CaseRows> {
  const { text, placeOf } = body;
  const { problems } = task;
  const reader = new RowReader(body, task);
  const found = csvRows(text);
  found.next();
  let count = 0;
  let rows: (readonly CsvCell[])[] = [];
  let next = found.next();
  let beyond: Place | undefined;
  for (; next.done !== true; next = found.next()) {
    count += 1;
    if (count > MOST_CASES) beyond ??= placeOf(next.value[0]);
    else rows.push(next.value);
    if (rows.length < size) continue;
    yield reader.block(rows);
    rows = [];
  }
  if (rows.length > 0) yield reader.block(rows);
  if (next.value !== undefined) {
    const place = placeOf({ start: next.value, end: next.value + 1 });
    problems.error("bad-csv", "a quote is opened here and never closed", place);
  } else if (count === 0) {
    problems.error("bad-csv", "wants a line of names and at least one line of values", placeOf());
  }
  if (beyond !== undefined) problems.error("too-many", `${count} cases, the limit is ${MOST_CASES}`, beyond);
  reader.end(count);
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

/** Values of rows, block by block. A class because it counts what it has reported, and keeps the units it has met. */
class RowReader {
  readonly #body: Body;
  readonly #problems: Problems;
  readonly #cells: CellReader;
  #wrong = 0;

  constructor(body: Body, { model, problems }: Task) {
    this.#body = body;
    this.#problems = problems;
    this.#cells = new CellReader(model.monthSeconds);
  }

  block(rows: readonly (readonly CsvCell[])[]): CaseRows {
    const { header, columns, placeOf } = this.#body;
    const values = columns.map((column) => (column.kind === "input" ? new Float64Array(rows.length) : undefined));
    for (const [r, row] of rows.entries()) {
      if (row.length !== header.length) {
        this.#tell(`${row.length} cells where the first line has ${header.length}`, rowOf(row));
        continue;
      }
      for (const [c, cell] of row.entries()) {
        const [column, into] = [columns[c], values[c]];
        if (column?.kind !== "input" || into === undefined) continue;
        const value = this.#cells.read(cell.text, column);
        if (typeof value === "number") into[r] = value;
        else this.#tell(`"${header[c]?.text}" ${value.problem}`, cell);
      }
    }
    const place = (row: number): Place => placeOf(rowOf(rows[row] ?? []));
    return { rows, columns: values.filter((column) => column !== undefined), place };
  }

  end(lines: number): void {
    const more = this.#wrong - MOST_TOLD;
    if (more > 0) this.#problems.error("bad-csv", `and ${more} more in ${lines} lines`);
  }

  #tell(message: string, cell: Pick<CsvCell, "start" | "end">): void {
    this.#wrong += 1;
    if (this.#wrong <= MOST_TOLD) this.#problems.error("bad-csv", message, this.#body.placeOf(cell));
  }
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
