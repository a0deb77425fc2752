import { type CaseRows, type CaseTable, readCases } from "../analysis/case-table.ts";
import {
  CASE_BLOCK,
  type CaseBlock,
  type CaseFault,
  type CaseFigures,
  caseFigures,
  USUAL_FIGURES,
} from "../analysis/cases.ts";
import { InputError, type Place, type Problems } from "../diagnostic/diagnostic.ts";
import { readUserFile } from "../io/read.ts";
import { writeFiles } from "../io/write.ts";
import { csv, csvLines } from "../report/csv.ts";
import { json } from "../result/number.ts";
import { loadScenario, type ScenarioOptions } from "./load.ts";
import { EXIT, type Io } from "./process.ts";

export type CasesOptions = ScenarioOptions & {
  readonly result?: readonly string[];
  readonly label?: readonly string[];
  readonly format: string;
  readonly output?: string;
};

const MOST_BYTES = 256 * 1_048_576;

/** `archcost cases FILE TABLE`: figures of every architecture for each row of a CSV of values. */
export function casesCommand(file: string, table: string, options: CasesOptions, io: Io): number {
  const { model, problems } = loadScenario(file, options, io);
  const read = readUserFile(table, MOST_BYTES);
  if ("problem" in read) {
    problems.error("unreadable", `${table} ${read.problem}`);
    throw new InputError(problems.list);
  }
  const cases = readCases(table, read.text, { model, labels: options.label ?? [], problems });
  const wanted = options.result ?? USUAL_FIGURES;
  const figures = cases === undefined ? undefined : caseFigures(model, cases.free, { wanted, problems });
  if (cases === undefined || figures === undefined) throw new InputError(problems.list);
  const write = options.format === "json" ? asJson : asCsv;
  const texts = write(cases, computed(cases, figures, problems));
  if (options.output !== undefined) writeFiles([{ path: options.output, data: texts }]);
  else for (const text of [...texts]) io.stdout.write(text);
  return EXIT.fine;
}

type Computed = {
  readonly rows: CaseRows["rows"];
  readonly names: readonly string[];
  readonly values: CaseBlock["values"];
};

/** Rows with their figures, a block at a time. Throws InputError after the last where any has a fault. */
function* computed(cases: CaseTable, figures: CaseFigures, problems: Problems): Generator<Computed> {
  const { names } = figures;
  const faults = new Map<number, { readonly fault: CaseFault; readonly place: Place }>();
  for (const { rows, columns, place } of cases.blocks(CASE_BLOCK)) {
    if (problems.hasErrors) continue;
    const found = figures.run(columns, rows.length);
    for (const fault of found.faults)
      if (!faults.has(fault.order)) faults.set(fault.order, { fault, place: place(fault.rows[0] ?? -1) });
    if (faults.size === 0) yield { rows, names, values: found.values };
  }
  const ordered = [...faults.values()].sort((a, b) => a.fault.order - b.fault.order);
  for (const { fault, place } of ordered) problems.error(fault.code, fault.message, place);
  if (problems.hasErrors) throw new InputError(problems.list);
}

function* asCsv({ header }: CaseTable, blocks: Generator<Computed>): Generator<string> {
  let columns: readonly string[] | undefined;
  for (const { rows, names, values } of blocks) {
    const cells = rows.map((row, i) => [...row.map((cell) => cell.text), ...values.map((column) => column[i] ?? null)]);
    yield columns === undefined ? csv([...header, ...names], cells) : csvLines(cells);
    columns = names;
  }
}

function* asJson({ header }: CaseTable, blocks: Generator<Computed>): Generator<string> {
  let before = '{\n  "cases": [';
  for (const { rows, names, values } of blocks) {
    const cases = rows.map((row, i) => {
      const one = {
        case: Object.fromEntries(header.map((name, c) => [name, row[c]?.text ?? ""])),
        result: Object.fromEntries(names.map((name, k) => [name, values[k]?.[i] ?? null])),
      };
      return `\n    ${json(one).replaceAll("\n", "\n    ")}`;
    });
    yield `${before}${cases.join(",")}`;
    before = ",";
  }
  yield "\n  ]\n}\n";
}
