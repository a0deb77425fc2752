// Runs of scenarios for commands that look at results: check, diff, budget.
import { InputError } from "../diagnostic/diagnostic.ts";
import { resultOf } from "../figures/result.ts";
import type { Result } from "../result/schema.ts";
import type { Scenario } from "../scenario/read.ts";
import {
  type Loaded,
  loadScenario,
  loadText,
  type OverlayCatalogs,
  type ScenarioOptions,
  type ScenarioText,
} from "./load.ts";
import type { Io } from "./process.ts";

export type Computed = { readonly scenario: Scenario; readonly result: Result; readonly loaded: Loaded };

export type ComputeContext = {
  readonly options: ScenarioOptions;
  readonly version: string;
  readonly io: Io;
  /** for several runs of one call, so that price folders are read once */
  readonly catalogs?: OverlayCatalogs;
};

/** Runs a scenario file, or a text of one. Throws InputError with every problem found. */
export function compute(of: string | ScenarioText, { options, version, io, catalogs }: ComputeContext): Computed {
  const loaded = typeof of === "string" ? loadScenario(of, options, io, catalogs) : loadText(of, options, io, catalogs);
  const { model, problems, scenario } = loaded;
  const result = resultOf(model, { version, curve: false }, problems);
  if (result === undefined || problems.hasErrors) throw new InputError(problems.list);
  return { scenario, result, loaded };
}
