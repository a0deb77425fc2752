// What `run --output` writes for each scenario.
import { join } from "node:path";
import { swings } from "../analysis/sensitivity.ts";
import { uncertainInputs } from "../analysis/uncertain-inputs.ts";
import { Problems } from "../diagnostic/diagnostic.ts";
import { refuseSamePlace, type WholeFile } from "../io/write.ts";
import { waterfallSets } from "../levers/waterfall-sets.ts";
import type { Model } from "../model/model.ts";
import { renderCarbonCsv } from "../report/carbon-csv.ts";
import { renderDecisionsCsv } from "../report/decisions-csv.ts";
import { renderHtml } from "../report/html.ts";
import { renderJson } from "../report/json.ts";
import { renderLimitsCsv } from "../report/limits-csv.ts";
import type { Result } from "../result/schema.ts";
import { type ChartName, chartImages } from "./charts.ts";
import { leversOfRun } from "./levers.ts";
import type { Loaded } from "./load.ts";
import { pageProgram } from "./page.ts";
import { type Io, today } from "./process.ts";
import { type Budgeted, budgetOutcomes } from "./run-budgets.ts";

export type Reported = Budgeted & { readonly model: Model; readonly loaded: Loaded };
export type OutputOptions = {
  /** whether budgets can be stated: some architectures alone cannot tell */
  readonly budgets: boolean;
  /** undefined: all */
  readonly charts: ReadonlySet<ChartName> | undefined;
  readonly io: Io;
};

/** Files of every scenario: in the folder itself where there is one, else in a folder of its own. */
export async function outputFiles(
  reported: readonly Reported[],
  folder: string,
  options: OutputOptions,
): Promise<readonly WholeFile[]> {
  const targets = reported.map((each) => ({
    each,
    of: each.result.scenario.file,
    path: reported.length > 1 ? join(folder, slug(each.result)) : folder,
  }));
  refuseSamePlace(targets);
  const written: WholeFile[] = [];
  for (const { each, path } of targets) written.push(...(await filesOf(each, path, options)));
  return written;
}

async function filesOf(
  reported: Reported,
  folder: string,
  { budgets, charts, io }: OutputOptions,
): Promise<readonly WholeFile[]> {
  const { result, model, loaded } = reported;
  // What is wrong with ranges has been reported when the result was computed.
  const ranged = uncertainInputs(model, new Problems());
  const outcomes = budgets ? budgetOutcomes([reported], io) : [];
  const found = ranged.length === 0 ? undefined : swings(model, ranged);
  const levers = leversOfRun(loaded, result.program.version);
  const page = {
    program: pageProgram(model, result, {
      budgets: outcomes,
      today: today(io),
      levers: levers === undefined ? null : waterfallSets(levers.study, levers.found),
    }),
    ...(found === undefined ? {} : { sensitivity: found }),
    budgets: outcomes,
    ...(levers === undefined ? {} : { levers: levers.found }),
  };
  const images = await chartImages(result, charts, page);
  return [
    { path: join(folder, "result.json"), data: renderJson([result]) },
    { path: join(folder, "report.html"), data: renderHtml(result, page) },
    { path: join(folder, "limits.csv"), data: renderLimitsCsv([result]) },
    { path: join(folder, "carbon.csv"), data: renderCarbonCsv([result]) },
    { path: join(folder, "decisions.csv"), data: renderDecisionsCsv([result]) },
    ...images.map(({ name, png }) => ({ path: join(folder, `${name}.png`), data: png })),
  ];
}

/** A folder name from the scenario's file: never a path of the name's own. */
function slug(result: Result): string {
  const base = result.scenario.file.split(/[\\/]/).at(-1) ?? "";
  const cleaned = base.replace(/\.ya?ml$/, "").replace(/[^A-Za-z0-9_-]+/g, "-");
  return cleaned === "" ? "scenario" : cleaned;
}
