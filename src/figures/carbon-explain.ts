import type { Catalog } from "../catalog/catalog.ts";
import { baseUnit } from "../formula/base-unit.ts";
import { namesIn } from "../formula/names.ts";
import { parseFormula } from "../formula/parse.ts";
import type { Unit } from "../formula/unit.ts";
import type { Value } from "../formula/value.ts";
import type { CarbonModel, CarbonNodes, EnergyLine } from "../link/carbon-link.ts";
import type { Coefficient } from "../model/carbon-nodes.ts";
import type { Model } from "../model/model.ts";
import { type Band, bandsOf, carbonValues, nodesOf } from "./carbon-cases.ts";
import { valuesOf } from "./values.ts";

export type ExplainedCoefficient = {
  readonly address: string;
  readonly title: string;
  readonly unit: string;
  readonly low: number;
  readonly central: number;
  readonly high: number;
  readonly basis: string;
  readonly source: string;
  readonly note: string | null;
};

export type ExplainedEnergy = {
  readonly address: string;
  readonly title: string;
  readonly service: string;
  readonly basis: string;
  readonly formula: string;
  /** the formula of what is embodied; empty: nothing */
  readonly making: string;
  readonly doc: string | null;
  /** values of the names of both formulas and of those behind them, at central coefficients */
  readonly names: readonly {
    readonly name: string;
    readonly value: number | string;
    readonly unit: string;
    readonly formula: string | null;
  }[];
  readonly energy_kwh: Band;
  readonly operational: Band;
  readonly embodied: Band;
  readonly place: string;
};

export type CarbonExplanation = {
  readonly address: string;
  readonly set: string;
  readonly total: Band;
  readonly lines: readonly ExplainedEnergy[];
  readonly coefficients: readonly ExplainedCoefficient[];
  readonly not_counted: CarbonNodes["notCounted"];
};

/** How the carbon of an architecture, a component or an energy use came about; the lines re-add to `total`. */
export function explainCarbon(model: Model, catalog: Catalog, path: readonly string[]): CarbonExplanation | undefined {
  const { carbon } = model;
  const [name = "", component, use] = path;
  const architecture = carbon?.architectures.get(name);
  if (carbon === undefined || architecture === undefined) return undefined;
  const lines = architecture.lines.filter(
    (line) => (component === undefined || line.component === component) && (use === undefined || line.name === use),
  );
  const values = carbonValues(model, carbon);
  const bands = bandsOf(values, carbon, nodesOf(architecture));
  const own = lines.flatMap((line) => [line.operational, line.embodied]);
  const whole = component === undefined && use === undefined ? bands(architecture.total) : added(own.map(bands));
  const reached = values
    .reach(component === undefined ? [architecture.total] : own)
    .flatMap(({ address }) => carbon.coefficients.get(address) ?? []);
  return {
    address: path.join("."),
    set: carbon.set.name,
    total: whole,
    lines: lines.map((line) => explainLine(model, carbon, name, line, bands)),
    coefficients: reached.map((coefficient) => explainCoefficient(coefficient, catalog)),
    not_counted: architecture.notCounted.filter(
      ({ what }) => component === undefined || what === component || what.startsWith(`${component}.`),
    ),
  };
}

function added(bands: readonly Band[]): Band {
  const sum = (end: keyof Band): number => bands.reduce((total, band) => total + band[end], 0);
  return { low: sum("low"), central: sum("central"), high: sum("high") };
}

function explainCoefficient(coefficient: Coefficient, catalog: Catalog): ExplainedCoefficient {
  const { address, title, unit, basis, source, note } = coefficient;
  const inUnit = (x: number): number => x / unit.factor;
  return {
    address,
    title,
    unit: unit.text,
    low: inUnit(coefficient.low),
    central: inUnit(coefficient.central),
    high: inUnit(coefficient.high),
    basis,
    source: catalog.source("carbon", source)?.title ?? source,
    note: note ?? null,
  };
}

function explainLine(
  model: Model,
  carbon: CarbonModel,
  architecture: string,
  line: EnergyLine,
  bands: (node: number) => Band,
): ExplainedEnergy {
  const { use } = line;
  const formula = String(use.flow ?? use.quantity ?? "");
  const making = String(use.embodied ?? "");
  return {
    address: `${architecture}.${line.component}.${line.name}`,
    title: use.title,
    service: line.service.id,
    basis: use.basis,
    formula,
    making,
    doc: use.doc ?? null,
    names: namesOf(model, carbon, line, [formula, making]),
    energy_kwh: bands(line.energy),
    operational: bands(line.operational),
    embodied: bands(line.embodied),
    place: line.place,
  };
}

/** The names of formulas and of the formulas behind them, each once, as they are at central coefficients. */
function namesOf(
  model: Model,
  carbon: CarbonModel,
  line: EnergyLine,
  formulas: readonly string[],
): ExplainedEnergy["names"] {
  const found = new Map<string, string | null>();
  const visit = (text: string): void => {
    const parsed = parseFormula(text);
    if (!("expr" in parsed)) return;
    for (const name of namesIn(parsed.expr)) {
      if (found.has(name)) continue;
      const entry = carbon.set.entries.get(name);
      const own = line.service.data.energy.let?.[name] ?? line.service.data.let[name];
      const behind = own ?? (entry?.kind === "let" ? entry.written.text : undefined);
      found.set(name, behind === undefined ? null : String(behind));
      if (behind !== undefined) visit(String(behind));
    }
  };
  for (const formula of formulas) visit(formula);
  // Only what was linked for the figure has a value; the branch of an `if` that was not taken has none.
  return [...found].flatMap(([name, formula]) => {
    const value = line.scope.value(name);
    if (value === undefined || value === "failed") return [];
    const entry = carbon.set.entries.get(name);
    const unit = entry?.kind === "coefficient" ? entry.coefficient.unit : undefined;
    return [{ name, ...shown(model, value, unit), formula }];
  });
}

/** A value with its unit: that of the coefficient, else the base unit of its dimension. */
function shown(model: Model, value: Value, unit: Unit | undefined): { value: number | string; unit: string } {
  if (value.kind === "text") return { value: value.text, unit: "" };
  const { nodes } = model.graph;
  if (nodes[value.node]?.instant === true) return { value: "follows the load", unit: "" };
  if (value.node >= nodes.length) return { value: "not used", unit: "" };
  const figure = valuesOf(model, [value.node]).mean(value.node);
  if (value.kind === "boolean") return { value: figure === 1 ? "true" : "false", unit: "" };
  return unit === undefined
    ? { value: figure, unit: baseUnit(value.dimension) }
    : { value: figure / unit.factor, unit: unit.text };
}
