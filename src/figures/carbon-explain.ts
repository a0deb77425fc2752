import { evaluateOne } from "../formula/evaluate-one.ts";
import type { CarbonModel, CarbonNodes, EnergyLine, NamedFigure } from "../model/carbon-nodes.ts";
import type { Model } from "../model/model.ts";
import { carbonNodes } from "../model/nodes.ts";
import { type Band, bandsOf, carbonValues } from "./carbon-cases.ts";
import { extremeSlots, type InHours, inHours, weekMean } from "./hours.ts";
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
    /** where `hours` is there, the mean over the week */
    readonly value: number | string;
    /** in the hours of the greatest and the least load; undefined: the same in all hours */
    readonly hours?: InHours;
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

/**
 * How the carbon of an architecture, a component or an energy use came about; the lines re-add to `total`.
 * @param model linked to be explained: else the names of formulas are not in it
 */
export function explainCarbon(model: Model, path: readonly string[]): CarbonExplanation | undefined {
  const { carbon } = model;
  const [name = "", component, use] = path;
  const architecture = carbon?.architectures.find((each) => each.name === name);
  if (carbon === undefined || architecture === undefined) return undefined;
  const lines = architecture.lines.filter(
    ({ words }) =>
      (component === undefined || words.component === component) && (use === undefined || words.use === use),
  );
  const values = carbonValues(model, carbon);
  const bands = bandsOf(values, carbon, carbonNodes(architecture));
  const own = lines.flatMap((line) => [line.nodes.operational, line.nodes.embodied]);
  const whole = component === undefined && use === undefined ? bands(architecture.total) : added(own.map(bands));
  const reached = values.reach(component === undefined ? [architecture.total] : own).map(({ address }) => address);
  return {
    address: path.join("."),
    set: carbon.method.set,
    total: whole,
    lines: lines.map((line) => explainLine(model, name, line, bands)),
    coefficients: reached.flatMap((address) => explainCoefficient(carbon, address)),
    not_counted: architecture.notCounted.filter(
      ({ what }) => component === undefined || what === component || what.startsWith(`${component}.`),
    ),
  };
}

function added(bands: readonly Band[]): Band {
  const sum = (end: keyof Band): number => bands.reduce((total, band) => total + band[end], 0);
  return { low: sum("low"), central: sum("central"), high: sum("high") };
}

function explainCoefficient({ method }: CarbonModel, address: string): readonly ExplainedCoefficient[] {
  return method.coefficients
    .filter((used) => used.address === address)
    .map(({ title, unit, low, central, high, basis, source_title: source, note }) => {
      return { address, title, unit, low, central, high, basis, source, note };
    });
}

function explainLine(
  model: Model,
  architecture: string,
  { words, power, making, doc, names, nodes }: EnergyLine,
  bands: (node: number) => Band,
): ExplainedEnergy {
  return {
    address: `${architecture}.${words.component}.${words.use}`,
    title: words.title,
    service: words.service,
    basis: words.basis,
    formula: power,
    making,
    doc,
    names: names.map((named) => shownFigure(model, named)),
    energy_kwh: bands(nodes.energy),
    operational: bands(nodes.operational),
    embodied: bands(nodes.embodied),
    place: words.place,
  };
}

function shownFigure(model: Model, { name, figure, formula }: NamedFigure): ExplainedEnergy["names"][number] {
  if (typeof figure === "string") return { name, value: figure, unit: "", formula };
  const { node, unit, factor, isTruth } = figure;
  const { curve, nodes } = model.graph;
  if (nodes[node]?.instant === true) {
    const values = evaluateOne(model.graph, [node]).slotValues(node);
    const hours = inHours(curve, extremeSlots(curve), values, factor);
    return { name, value: weekMean(curve, values) / factor, ...(hours === undefined ? {} : { hours }), unit, formula };
  }
  const value = valuesOf(model, [node]).mean(node);
  return { name, value: isTruth ? (value === 1 ? "true" : "false") : value / factor, unit, formula };
}
