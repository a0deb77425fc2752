import { Catalog } from "../catalog/catalog.ts";
import { checkNames } from "../catalog/own-files.ts";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { readShare } from "../formula/literal.ts";
import { contained, linkProblem } from "../io/links.ts";
import { PricingFiles } from "../io/pricing-files.ts";
import { folderOf, isFolder, type ReadResult, readStandardInput, readUserFile } from "../io/read.ts";
import type { Variant } from "../link/ground.ts";
import { linkModel } from "../link/link.ts";
import type { Model } from "../model/model.ts";
import { readScenario, type Scenario } from "../scenario/read.ts";
import { builtFolder, type Io, today } from "./process.ts";

/** Options that every command on a scenario shares. */
export type ScenarioOptions = {
  readonly architecture?: readonly string[];
  readonly region?: string;
  readonly asOf?: string;
  readonly set?: readonly string[];
  readonly load?: string;
  readonly pricing?: readonly string[];
  /** for those who explain energy: the names of its formulas too */
  readonly explained?: boolean;
};

export type Loaded = {
  readonly scenario: Scenario;
  readonly catalog: Catalog;
  readonly model: Model;
  readonly problems: Problems;
  readonly variant: Variant;
};

/** The catalog without overlays, so that a thousand scenarios read the prices once. */
let builtIn: Catalog | undefined;

function catalogFor(overlays: readonly string[], problems: Problems): Catalog {
  const make = (): Catalog => new Catalog(new PricingFiles(builtFolder("pricing"), overlays), problems);
  if (overlays.length > 0) return make();
  builtIn ??= make();
  return builtIn;
}

/** Catalogs with overlays, for one call: the folders may have changed by the next. One whose files have faults is not kept. */
export class OverlayCatalogs {
  readonly #kept = new Map<string, { readonly catalog: Catalog; readonly problems: Problems }>();

  open(overlays: readonly string[], problems: Problems): Catalog {
    const key = overlays.join("\0");
    const known = this.#kept.get(key);
    if (known !== undefined && !known.problems.hasErrors) return known.catalog;
    const catalog = openCatalog(overlays, problems);
    this.#kept.set(key, { catalog, problems });
    return catalog;
  }
}

/** The built-in prices with the folders given on the command line laid over them. */
export function openCatalog(overlays: readonly string[], problems: Problems): Catalog {
  for (const folder of overlays) {
    const link = linkProblem(folder);
    if (link !== undefined) problems.error("outside", `--pricing ${folder} ${link}`);
    else if (!isFolder(folder)) problems.error("unreadable", `--pricing ${folder}: no such folder`);
  }
  const catalog = catalogFor(overlays, problems);
  if (overlays.length > 0) checkNames(catalog, problems);
  return catalog;
}

/**
 * Reads and links a scenario. Throws InputError with every problem found.
 * @param file a path, or `-` for standard input
 */
export function loadScenario(file: string, options: ScenarioOptions, io: Io, catalogs?: OverlayCatalogs): Loaded {
  const problems = new Problems();
  const { text, name } = readText(file, problems);
  if (text === undefined) {
    variantOf(options, io, problems);
    throw new InputError(problems.list);
  }
  return loadText({ text, name, folder: file === "-" ? "." : folderOf(file) }, options, io, catalogs);
}

/** A scenario from wherever: `name` says its places, `folder` is what its `catalog:` may not leave. */
export type ScenarioText = { readonly text: string; readonly name: string; readonly folder: string };

/** The text of a scenario file, or of standard input for `-`. Throws InputError when it cannot be read. */
export function readScenarioText(file: string): ScenarioText {
  const problems = new Problems();
  const { text, name } = readText(file, problems);
  if (text === undefined) throw new InputError(problems.list);
  return { text, name, folder: file === "-" ? "." : folderOf(file) };
}

/** Reads and links the text of a scenario. Throws InputError with every problem found. */
export function loadText(
  { text, name, folder }: ScenarioText,
  options: ScenarioOptions,
  io: Io,
  catalogs = new OverlayCatalogs(),
): Loaded {
  const problems = new Problems();
  const variant = variantOf(options, io, problems);
  const scenario = readScenario(name, text, problems);
  if (scenario === undefined) throw new InputError(problems.list);
  for (const wanted of variant.only) {
    if (scenario.architectures.has(wanted)) continue;
    const known = [...scenario.architectures.keys()];
    const near = suggest(wanted, known);
    problems.error(
      "unknown-architecture",
      `no architecture "${wanted}" in ${name}`,
      undefined,
      near === undefined ? `architectures: ${known.join(", ")}` : `did you mean "${near}"?`,
    );
  }
  const overlays = [...(options.pricing ?? []), ...ownCatalog(scenario, folder, problems)];
  const catalog = catalogs.open(overlays, problems);
  const model = linkModel(scenario, catalog, variant, problems);
  if (problems.hasErrors || model === undefined) throw new InputError(problems.list);
  return { scenario, catalog, model, problems, variant };
}

/** It can be read once only; a sweep loads its scenario for each value. */
let standardInput: ReadResult | undefined;

function readText(file: string, problems: Problems): { text: string | undefined; name: string } {
  if (file === "-") {
    standardInput ??= readStandardInput();
    return textOf("standard input", standardInput, problems);
  }
  return textOf(file, readUserFile(file), problems);
}

function textOf(name: string, read: ReadResult, problems: Problems): { text: string | undefined; name: string } {
  if ("text" in read) return { text: read.text, name };
  problems.error("unreadable", `${name} ${read.problem}`);
  return { text: undefined, name };
}

/** `catalog:` of a scenario: a folder below the scenario's own; a path that leaves it is refused. */
function ownCatalog(scenario: Scenario, folder: string, problems: Problems): readonly string[] {
  const path = scenario.data.catalog;
  if (path === undefined) return [];
  const found = contained(folder, path);
  if (found !== undefined && isFolder(found)) return [found];
  const message = `catalog "${path}" is not a folder below the scenario's own folder`;
  problems.error("outside", message, scenario.source.place(["catalog"]), "--pricing DIR takes a folder from anywhere");
  return [];
}

function variantOf(options: ScenarioOptions, io: Io, problems: Problems): Variant {
  const set = new Map<string, string>();
  for (const pair of options.set ?? []) {
    const at = pair.indexOf("=");
    if (at <= 0) problems.error("bad-option", `--set ${pair}: write name=value`);
    else set.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
  if (options.asOf !== undefined && !isDate(options.asOf)) {
    problems.error("bad-option", `--as-of ${options.asOf}: write a day as 2026-11-23`);
  }
  return {
    set,
    load: loadOf(options.load, problems),
    region: options.region,
    asOf: options.asOf,
    only: options.architecture ?? [],
    today: today(io),
    ...(options.explained === true ? { explained: true } : {}),
  };
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

function loadOf(text: string | undefined, problems: Problems): number {
  if (text === undefined) return 1;
  const load = readShare(text);
  if (Number.isFinite(load) && load > 0) return load;
  problems.error("bad-option", `--load ${text}: write a share of the load such as 5% or 0.05`);
  return 1;
}
