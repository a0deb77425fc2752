import type { CarbonModel, CarbonNodes, EnergyLine } from "../model/carbon-nodes.ts";
import { carbonNodes } from "../model/nodes.ts";
import type { ArchitectureCarbon, CarbonLine } from "../result/carbon-schema.ts";
import { type Band, bandsOf, type CarbonValues } from "./carbon-cases.ts";

/** Units of work in the month, and how many of them are reported as one. */
type Work = { readonly count: number; readonly reported: number };

/** The carbon of every architecture, each figure with its band. */
export function carbonFigures(
  carbon: CarbonModel,
  values: CarbonValues,
  work: Work,
): ReadonlyMap<string, ArchitectureCarbon> {
  const { architectures: all, method } = carbon;
  const bands = bandsOf(values, carbon, all.flatMap(carbonNodes));
  return new Map(all.map((a) => [a.name, architectureCarbon(a, method.set, bands, work)]));
}

function architectureCarbon(
  nodes: CarbonNodes,
  set: string,
  bands: (node: number) => Band,
  { count, reported }: Work,
): ArchitectureCarbon {
  const month = bands(nodes.total);
  const lines = nodes.lines
    .map((line) => carbonLine(line, bands))
    .filter(({ energy_kwh: e, embodied: m }) => e.high !== 0 || m.high !== 0);
  const perUnit = perUnitOf(month, count);
  const assumed = lines.filter(({ basis }) => basis === "assumption");
  const spread = (band: Band): number => band.high - band.low;
  const whole = spread(month);
  return {
    set,
    month,
    operational: bands(nodes.operational),
    embodied: bands(nodes.embodied),
    per_unit: perUnit,
    per_reported_unit: perUnit === null ? null : scaled(perUnit, reported),
    energy_kwh: bands(nodes.energy),
    market_based: nodes.market === undefined || nodes.lines.length === 0 ? null : bands(nodes.market).central,
    water_l: nodes.water === undefined || nodes.lines.length === 0 ? null : bands(nodes.water).central,
    assumption_share:
      whole === 0
        ? 0
        : assumed.reduce((sum, line) => sum + spread(line.operational) + spread(line.embodied), 0) / whole,
    lines: lines.sort((a, b) => centralOf(b) - centralOf(a)),
    not_counted: nodes.notCounted.map((item) => ({ ...item })),
  };
}

/**
 * Software Carbon Intensity: the total over the total of functional units in the same period.
 * @returns null without any unit: R = 0 gives no figure
 */
export function perUnitOf(month: Band, work: number): Band | null {
  return work > 0 ? scaled(month, 1 / work) : null;
}

function scaled({ low, central, high }: Band, factor: number): Band {
  return { low: low * factor, central: central * factor, high: high * factor };
}

function centralOf(line: CarbonLine): number {
  return line.operational.central + line.embodied.central;
}

function carbonLine({ words, nodes }: EnergyLine, bands: (node: number) => Band): CarbonLine {
  const { component, service, use, title, region, kind, basis, formula, place } = words;
  const figures = {
    energy_kwh: bands(nodes.energy),
    operational: bands(nodes.operational),
    embodied: bands(nodes.embodied),
  };
  return { component, service, use, title, region, kind, basis, ...figures, formula, place };
}
