import { type CaseTable, readCases } from "../analysis/case-table.ts";
import { type CaseFigure, caseFigures, USUAL_FIGURES } from "../analysis/cases.ts";
import { InputError } from "../diagnostic/diagnostic.ts";
import { readUserFile } from "../io/read.ts";
import { writeFiles } from "../io/write.ts";
import { csv } from "../report/csv.ts";
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
  const figures = cases === undefined ? undefined : caseFigures(model, cases, { wanted, problems });
  if (cases === undefined || figures === undefined) throw new InputError(problems.list);
  const text = options.format === "json" ? asJson(cases, figures) : asCsv(cases, figures);
  if (options.output === undefined) io.stdout.write(text);
  else writeFiles([{ path: options.output, data: text }]);
  return EXIT.fine;
}

function asCsv({ header, rows }: CaseTable, figures: readonly CaseFigure[]): string {
  return csv(
    [...header, ...figures.map(({ name }) => name)],
    rows.map((row, i) => [...row.map((cell) => cell.text), ...figures.map(({ values }) => values[i] ?? null)]),
  );
}

function asJson({ header, rows }: CaseTable, figures: readonly CaseFigure[]): string {
  const cases = rows.map((row, i) => ({
    case: Object.fromEntries(header.map((name, c) => [name, row[c]?.text ?? ""])),
    result: Object.fromEntries(figures.map(({ name, values }) => [name, values[i] ?? null])),
  }));
  return `${json({ cases })}\n`;
}
