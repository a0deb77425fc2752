import { join } from "node:path";
import { SAVING_OVER, SEED } from "../analysis/decide.ts";
import { breakEvenOver } from "../analysis/over-driver.ts";
import { sensitivity } from "../analysis/sensitivity.ts";
import { hardLimits } from "../analysis/turns.ts";
import { uncertainInputs } from "../analysis/uncertain-inputs.ts";
import { uncertainty } from "../analysis/uncertainty.ts";
import { unitEconomics } from "../analysis/unit-economics.ts";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { renderDiagnostics } from "../diagnostic/render.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { shownUnit } from "../figures/assumptions.ts";
import { resultOf } from "../figures/result.ts";
import { GraphBuilder } from "../formula/builder.ts";
import { flatCurve } from "../formula/curve.ts";
import { compile } from "../formula/generate.ts";
import { readShare } from "../formula/literal.ts";
import { writeFiles } from "../io/write.ts";
import { Linker } from "../link/linker.ts";
import { LazyScope } from "../link/scope.ts";
import { definitionOf } from "../model/definition.ts";
import type { Model } from "../model/model.ts";
import { breakEvenCsv, breakEvenSheet } from "../report/break-even-sheet.ts";
import { economicsCsv, economicsSheet } from "../report/economics-sheet.ts";
import { sensitivityCsv, sensitivitySheet } from "../report/sensitivity-sheet.ts";
import { renderSheet, renderSheetMarkdown } from "../report/sheet.ts";
import type { Sheet } from "../report/sheet-table.ts";
import { uncertaintyCsv, uncertaintySheet } from "../report/uncertainty-sheet.ts";
import { json } from "../result/number.ts";
import type { Result } from "../result/schema.ts";
import type { ChartImage } from "./charts.ts";
import { loadScenario, type ScenarioOptions } from "./load.ts";
import { EXIT, type Io, wantsColor, wroteLine } from "./process.ts";
import { progressOf } from "./progress.ts";
import { secondCore } from "./second-core.ts";

export type DecisionOptions = ScenarioOptions & {
  readonly format: string;
  readonly output?: string;
  /** says how far a long run is, where stderr is no terminal too */
  readonly progress?: boolean;
};

export type BreakEvenOptions = DecisionOptions & {
  readonly over?: string;
  readonly from?: string;
  readonly to?: string;
};

export type UncertaintyOptions = DecisionOptions & {
  readonly samples?: string;
  readonly seed?: string;
  readonly given?: readonly string[];
  readonly saving: string;
};

const POINTS = 400_000;
const MOST_SAMPLES = 10_000_000;
/** A sample of a week is many hours, and one of data that is kept for ever twelve months: there are fewer of them. */
const USUAL = { samples: 100_000, index: 8192 };
const MONTHLY = { samples: 32_768, index: 2048 };
const HOURLY = { samples: 8192, index: 512 };
const MOST_SEED = 2 ** 31;

/** `archcost breakeven FILE`: where the ranking turns, over the driver or another input. */
export async function breakevenCommand(
  file: string,
  options: BreakEvenOptions,
  version: string,
  io: Io,
): Promise<number> {
  const { model, result } = prepared(file, options, version, io);
  const asked = new Problems();
  const over = options.over ?? model.workload.driver;
  const known = model.graph.inputs.map(({ address }) => address).filter((address) => address !== "elapsed");
  if (!known.includes(over)) {
    const near = suggest(over, known);
    const variables = known.filter((address) => !address.includes(":")).join(", ");
    const what =
      definitionOf(model, over) !== undefined ? "is a formula of others" : "is no variable with a figure of its own";
    asked.error(
      "unknown-variable",
      `--over: "${over}" ${what}`,
      undefined,
      near === undefined ? `known: ${variables}` : `did you mean "${near}"?`,
    );
    throw new InputError(asked.list);
  }
  const definition = definitionOf(model, over);
  const ranged = over !== model.workload.driver;
  const from = endOf(model, over, "from", options.from, asked) ?? (ranged ? definition?.low : undefined);
  const to = endOf(model, over, "to", options.to, asked) ?? (ranged ? definition?.high : undefined);
  if (asked.hasErrors) throw new InputError(asked.list);
  const found = breakEvenOver(model, { over, from, to, hard: hardLimits(result), points: POINTS }, compile);
  if (found === null) {
    const hint = "--from and --to set the range; both lie above 0";
    asked.error("no-range", `"${over}" cannot be moved over this range`, undefined, hint);
    throw new InputError(asked.list);
  }
  const sheet = breakEvenSheet(result.scenario.name, found);
  const charts = async (): Promise<readonly ChartImage[]> => {
    const { breakEvenImage } = await import("./decision-charts.ts");
    return breakEvenImage(model, found, result.scenario.name);
  };
  return answer({ name: "breakeven", sheet, data: found, csv: breakEvenCsv(found), charts }, options, io);
}

/** `archcost sensitivity FILE`: elasticities and a tornado. */
export async function sensitivityCommand(
  file: string,
  options: DecisionOptions,
  version: string,
  io: Io,
): Promise<number> {
  const { model, result, problems } = prepared(file, options, version, io);
  const ranged = uncertainInputs(model, problems);
  if (problems.hasErrors) throw new InputError(problems.list);
  const found = sensitivity(model, ranged);
  const focus = result.comparison.cheapest;
  const charts = async (): Promise<readonly ChartImage[]> => {
    const { tornadoImage } = await import("./charts.ts");
    return tornadoImage(found, focus);
  };
  const sheet = sensitivitySheet(result.scenario.name, found, focus);
  return answer({ name: "sensitivity", sheet, data: found, csv: sensitivityCsv(found), charts }, options, io);
}

/** `archcost uncertainty FILE`: the spread of the results over the assumed ranges. */
export async function uncertaintyCommand(
  file: string,
  options: UncertaintyOptions,
  version: string,
  io: Io,
): Promise<number> {
  const { model, result } = prepared(file, options, version, io);
  const asked = new Problems();
  const usual = usualSamples(model);
  const samples =
    options.samples === undefined ? usual.samples : whole(options.samples, "samples", 16, MOST_SAMPLES, asked);
  const seed = options.seed === undefined ? SEED : whole(options.seed, "seed", 0, MOST_SEED, asked);
  const savingOver = shareOf(options.saving, asked);
  if (asked.hasErrors) throw new InputError(asked.list);
  const indexSamples = Math.min(samples, usual.index);
  const task = { samples, indexSamples, seed, savingOver, carbon: true, budgets: true, given: options.given ?? [] };
  const progress = progressOf(`${samples} samples`, options.progress === true, io);
  const found = uncertainty(
    model,
    { ...task, compile: secondCore(io), ...(progress === undefined ? {} : { progress }) },
    asked,
  );
  progress?.(1);
  if (found === undefined) throw new InputError(asked.list);
  if (found === null) {
    const hint = "give a variable low and high beside its value";
    asked.error("no-ranges", `${file}: no variable has a range`, undefined, hint);
    throw new InputError(asked.list);
  }
  tellWarnings(asked, io);
  const charts = async (): Promise<readonly ChartImage[]> => {
    const [{ spreadImage }, { carbonSpreadImage }] = await Promise.all([
      import("./charts.ts"),
      import("./decision-charts.ts"),
    ]);
    const { name } = result.scenario;
    return [...(await spreadImage(found, name)), ...(await carbonSpreadImage(found, name))];
  };
  const sheet = uncertaintySheet(found, result);
  return answer({ name: "uncertainty", sheet, data: found, csv: uncertaintyCsv(found), charts }, options, io);
}

function usualSamples({ graph, grows }: Model): typeof USUAL {
  if (graph.curve.share.length > 1) return HOURLY;
  return grows ? MONTHLY : USUAL;
}

/** `archcost economics FILE`: cost of a unit of work, of one more, and the fixed part, over the load. */
export async function economicsCommand(
  file: string,
  options: DecisionOptions,
  version: string,
  io: Io,
): Promise<number> {
  const { model, result } = prepared(file, options, version, io);
  const found = unitEconomics(model);
  if (found === null) {
    const problems = new Problems();
    problems.error(
      "no-range",
      `the driver "${model.workload.driver}" cannot be moved, or a cost is no figure at another load`,
    );
    throw new InputError(problems.list);
  }
  const sheet = economicsSheet(found, result);
  const charts = async (): Promise<readonly ChartImage[]> => {
    const { economicsImages } = await import("./decision-charts.ts");
    return economicsImages(found, result);
  };
  return answer({ name: "economics", sheet, data: found, csv: economicsCsv(found), charts }, options, io);
}

function prepared(
  file: string,
  options: DecisionOptions,
  version: string,
  io: Io,
): { readonly model: Model; readonly result: Result; readonly problems: Problems } {
  const { model, problems } = loadScenario(file, options, io);
  const result = resultOf(model, { version, curve: false }, problems);
  if (result === undefined) throw new InputError(problems.list);
  return { model, result, problems };
}

/** What is unusual and still computed, such as a lever that changes nothing, or a formula that divides by 0 in some samples. */
export function tellWarnings({ list }: Problems, io: Io): void {
  const warnings = list.filter(({ severity }) => severity === "warning");
  if (warnings.length === 0) return;
  const text = renderDiagnostics(warnings, { color: wantsColor(io) && io.stderr.isTTY === true });
  io.stderr.write(`${text}\n`);
}

/** What a deciding command writes. */
export type Told = {
  readonly name: string;
  readonly sheet: Sheet;
  readonly data: unknown;
  readonly csv: string;
  readonly charts?: () => Promise<readonly ChartImage[]>;
};

/** Writes what was found in the format asked for, and into a folder where one is given. */
export async function answer(
  { name, sheet, data, csv, charts }: Told,
  options: DecisionOptions,
  io: Io,
): Promise<number> {
  const text = `${json(data)}\n`;
  const { output: folder } = options;
  if (folder !== undefined) {
    const images = charts === undefined ? [] : await charts();
    const files = [
      { path: join(folder, `${name}.json`), data: text },
      { path: join(folder, `${name}.csv`), data: csv },
      { path: join(folder, `${name}.md`), data: renderSheetMarkdown(sheet) },
      ...images.map((image) => ({ path: join(folder, `${image.name}.png`), data: image.png })),
    ];
    writeFiles(files, folder);
    io.stderr.write(wroteLine(files));
  }
  io.stdout.write(written());
  return EXIT.fine;

  function written(): string {
    switch (options.format) {
      case "json":
        return text;
      case "csv":
        return csv;
      case "markdown":
        return renderSheetMarkdown(sheet);
      default: {
        const width = Math.min(Math.max(io.stdout.columns ?? 80, 80), 120);
        return renderSheet(sheet, { color: wantsColor(io), width });
      }
    }
  }
}

/** An end of the range in base units: a bare number is in the unit that the variable is shown in. */
function endOf(
  model: Model,
  over: string,
  key: "from" | "to",
  text: string | undefined,
  problems: Problems,
): number | undefined {
  if (text === undefined) return undefined;
  const definition = definitionOf(model, over);
  const shown = definition === undefined ? { text: "", factor: 1 } : shownUnit(definition, model.monthSeconds);
  const builder = new GraphBuilder(flatCurve());
  const linker = new Linker(builder, problems, model.monthSeconds);
  const place = { file: `--${key}`, text, span: { start: 0, end: text.length } };
  const unit = { ...shown, dimension: definition?.dimension ?? [0, 0, 0, 0, 0, 0] };
  const scope = new LazyScope(problems, () => undefined);
  const value = linker.number({ text, place: () => place }, scope, unit, `--${key}`);
  const constant = value === undefined ? undefined : builder.constantValue(value.node);
  if (constant === undefined || constant > 0) return constant;
  problems.error("bad-option", `--${key} ${text}: an end of the range lies above 0`, place);
  return undefined;
}

function whole(text: string, name: string, least: number, most: number, problems: Problems): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  problems.error("bad-option", `--${name} ${text}: a whole number from ${least} to ${most}`);
  return least;
}

function shareOf(text: string, problems: Problems): number {
  const share = readShare(text);
  if (share > 0 && share < 1) return share;
  problems.error("bad-option", `--saving ${text}: write a share such as 90%`);
  return SAVING_OVER;
}
