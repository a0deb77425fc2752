import type { Catalog } from "../catalog/catalog.ts";
import type { CoefficientSpec } from "../catalog/schema.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { baseUnit } from "../formula/base-unit.ts";
import type { Unit } from "../formula/unit.ts";
import type { Coefficient } from "../model/carbon-nodes.ts";
import type { Scenario } from "../scenario/read.ts";
import { type Linker, NO_UNIT, type Written } from "./linker.ts";
import { type WorkloadScope, writtenAt } from "./workload.ts";

/** What a name of a set stands for. */
export type SetEntry =
  | { readonly kind: "coefficient"; readonly coefficient: Omit<Coefficient, "address"> }
  /** a formula of the set, or of the scenario where it replaces a figure by one that rests on variables */
  | { readonly kind: "let"; readonly written: Written; readonly unit: Unit | undefined; readonly own: boolean };

export type ResolvedSet = {
  readonly name: string;
  readonly title: string;
  readonly doc: string;
  readonly entries: ReadonlyMap<string, SetEntry>;
};

export type CarbonTask = {
  readonly scenario: Scenario;
  readonly catalog: Catalog;
  readonly linker: Linker;
  readonly workload: WorkloadScope;
  readonly carbonDay: string;
};

/** Names of a region that a set or a scenario may replace, with their units. */
export const SITE_UNITS: Readonly<Record<string, string>> = { pue: "", grid_intensity: "kg/kWh", water_per_kwh: "" };

/** The one set of coefficients of a scenario, with what the scenario replaces; undefined where there is none. */
export function resolveSet(task: CarbonTask): ResolvedSet | undefined {
  const { scenario, catalog, linker } = task;
  const known = catalog.carbonSets();
  const name = scenario.data.carbon?.set ?? known?.default;
  if (known === undefined || name === undefined) return undefined;
  const chain = chainOf(name, catalog);
  const [own] = chain;
  if (own === undefined) {
    const near = suggest(name, known.sets);
    const hint = near === undefined ? `sets: ${known.sets.join(", ")}` : `did you mean "${near}"?`;
    linker.problems.error(
      "unknown-carbon-set",
      `no set of carbon coefficients "${name}"`,
      scenario.source.place(["carbon", "set"]),
      hint,
    );
    return undefined;
  }
  const entries = new Map<string, SetEntry>();
  // The set itself goes before what it extends, in either form.
  for (const layer of chain.toReversed()) {
    for (const [key, spec] of Object.entries(layer.coefficients)) {
      const entry = coefficientEntry(key, spec, `pricing/carbon/${layer.set}.yaml`, task);
      if (entry !== undefined) entries.set(key, entry);
    }
    for (const [key, text] of Object.entries(layer.let)) {
      const place = (span = { start: 0, end: String(text).length }) => ({
        file: `pricing/carbon/${layer.set}.yaml (let.${key})`,
        text: String(text),
        span,
      });
      entries.set(key, { kind: "let", written: { text, place }, unit: undefined, own: false });
    }
  }
  for (const key of Object.keys(scenario.data.carbon?.coefficients ?? {})) {
    const entry = replaced(key, entries.get(key), [...entries.keys()], task);
    if (entry !== undefined) entries.set(key, entry);
  }
  return { name, title: own.title, doc: own.doc, entries };
}

const DEEPEST = 8;

function chainOf(name: string, catalog: Catalog) {
  const chain = [...catalog.carbonSet(name)].reverse();
  for (let next = chain.at(-1)?.extends; next !== undefined && chain.length < DEEPEST; next = chain.at(-1)?.extends) {
    const layers = [...catalog.carbonSet(next)].reverse();
    if (layers.length === 0) break;
    chain.push(...layers);
  }
  return chain;
}

function coefficientEntry(key: string, spec: CoefficientSpec, file: string, task: CarbonTask): SetEntry | undefined {
  const unit = task.linker.unit(spec.unit);
  const text = (end: "low" | "central" | "high") => spec[end] ?? spec.value;
  const figure = (end: "low" | "central" | "high"): number | undefined => {
    const given = text(end);
    if (given === undefined || unit === undefined) return undefined;
    const place = () => ({
      file: `${file} (${key})`,
      text: String(given),
      span: { start: 0, end: String(given).length },
    });
    const value = task.linker.number({ text: given, place }, task.workload.scope, unit, `"${key}"`);
    return value === undefined ? undefined : task.linker.builder.constantValue(value.node);
  };
  const [low, central, high] = [figure("low"), figure("central"), figure("high")];
  if (unit === undefined || low === undefined || central === undefined || high === undefined) {
    task.linker.problems.error(
      "catalog",
      `${file}: "${key}" wants a unit that is known, and a value or low, central and high`,
    );
    return undefined;
  }
  const { title, per, basis, shared, source, retrieved, note } = spec;
  const most = spec.most === undefined ? undefined : spec.most * unit.factor;
  return {
    kind: "coefficient",
    coefficient: { name: key, title, unit, per, low, central, high, most, basis, shared, source, retrieved, note },
  };
}

/** What a scenario puts in place of a name of the set. */
function replaced(
  key: string,
  before: SetEntry | undefined,
  names: readonly string[],
  task: CarbonTask,
): SetEntry | undefined {
  const { scenario, linker } = task;
  const given = scenario.data.carbon?.coefficients?.[key];
  const path = ["carbon", "coefficients", key];
  const siteUnit = SITE_UNITS[key];
  if (given === undefined) return undefined;
  if (before === undefined && siteUnit === undefined) {
    const near = suggest(key, [...names, ...Object.keys(SITE_UNITS)]);
    const hint = near === undefined ? undefined : `did you mean "${near}"?`;
    linker.problems.error("unknown-name", `no carbon coefficient "${key}"`, scenario.source.place(path, "key"), hint);
    return undefined;
  }
  const old = before?.kind === "coefficient" ? before.coefficient : undefined;
  const unit = old?.unit ?? (siteUnit === undefined ? undefined : linker.unit(siteUnit === "" ? undefined : siteUnit));
  if (typeof given !== "object") return single(key, writtenAt(scenario, path, given), unit, old, task);
  const figure = (end: "low" | "central" | "high"): number | undefined => {
    const written = writtenAt(scenario, [...path, end], given[end]);
    const value =
      unit === undefined
        ? linker.value(written, task.workload.scope)
        : linker.number(written, task.workload.scope, unit, `"${key}"`);
    const constant = value?.kind === "number" ? linker.builder.constantValue(value.node) : undefined;
    if (value !== undefined && constant === undefined) {
      linker.problems.error("wants-constant", `"${end}" is to be a figure, not a formula`, written.place());
    }
    return constant;
  };
  const [low, central, high] = [figure("low"), figure("central"), figure("high")];
  if (low === undefined || central === undefined || high === undefined) return undefined;
  return stated(key, { low, central, high }, unit ?? NO_UNIT, old, task, given.reason);
}

type Figures = Pick<Coefficient, "low" | "central" | "high">;
type Known = Omit<Coefficient, "address"> | undefined;

/** One figure in place of a band, or a formula of variables. */
function single(
  key: string,
  written: Written,
  unit: Unit | undefined,
  old: Known,
  task: CarbonTask,
): SetEntry | undefined {
  const { linker, workload } = task;
  const value =
    unit === undefined
      ? linker.value(written, workload.scope)
      : linker.number(written, workload.scope, unit, `"${key}"`);
  if (value === undefined) return undefined;
  const figure = value.kind === "number" ? linker.builder.constantValue(value.node) : undefined;
  if (value.kind !== "number" || figure === undefined) return { kind: "let", written, unit, own: true };
  const own = unit ?? { text: baseUnit(value.dimension), factor: 1, dimension: value.dimension };
  return stated(key, { low: figure, central: figure, high: figure }, own, old, task);
}

function stated(name: string, figures: Figures, unit: Unit, old: Known, task: CarbonTask, note?: string): SetEntry {
  const { title = name, per = 1, most, basis = "documented", shared = true } = old ?? {};
  const source = task.scenario.source.file;
  const rest = { title, unit, per, most, basis, shared, source, retrieved: task.carbonDay, note };
  return { kind: "coefficient", coefficient: { name, ...figures, ...rest } };
}
