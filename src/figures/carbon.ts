import type { Catalog } from "../catalog/catalog.ts";
import type { CarbonNodes, EnergyLine } from "../link/carbon-link.ts";
import type { Model } from "../model/model.ts";
import type { ArchitectureCarbon, CarbonLine, CarbonMethod, CoefficientUsed } from "../result/carbon-schema.ts";
import { type Band, bandsOf, type CarbonValues, type Emitting, nodesOf } from "./carbon-cases.ts";

/** The carbon of every architecture, each figure with its band. Empty where the catalog knows no coefficients. */
export function carbonOf(
  model: Model,
  values: CarbonValues | undefined,
  work: number,
): ReadonlyMap<string, ArchitectureCarbon> {
  const { carbon } = model;
  if (carbon === undefined || values === undefined) return new Map();
  const reported = model.scenario.data.workload.report_per?.count ?? 1;
  const counted = [...carbon.architectures.values()].map(countedCarbon);
  return carbonFigures({ ...carbon, set: carbon.set.name }, counted, values, { count: work, reported });
}

/** What of an energy line is told and is no figure. */
type ToldLine = Omit<CarbonLine, "energy_kwh" | "operational" | "embodied">;

/** The nodes of an architecture's carbon and what they are, as a report carries them too. */
export type CountedCarbon = Omit<CarbonNodes, "lines"> & {
  readonly lines: readonly (Pick<EnergyLine, "energy" | "operational" | "embodied"> & { readonly told: ToldLine })[];
};

export function countedCarbon({ lines, ...nodes }: CarbonNodes): CountedCarbon {
  return {
    ...nodes,
    lines: lines.map((line) => {
      const { energy, operational, embodied } = line;
      return { energy, operational, embodied, told: toldLine(line) };
    }),
  };
}

function toldLine({ component, service, name, use, region, place }: EnergyLine): ToldLine {
  return {
    component,
    service: service.id,
    use: name,
    title: use.title,
    region,
    kind: use.kind,
    basis: use.basis,
    formula: String(use.flow ?? use.quantity ?? use.embodied ?? ""),
    place,
  };
}

/** A set of coefficients by its name. */
type NamedSet = NonNullable<Emitting["carbon"]> & { readonly set: string };
/** Units of work in the month, and how many of them are reported as one. */
type Work = { readonly count: number; readonly reported: number };

/** The carbon of some architectures, each figure with its band. */
export function carbonFigures(
  carbon: NamedSet,
  all: readonly CountedCarbon[],
  values: CarbonValues,
  work: Work,
): ReadonlyMap<string, ArchitectureCarbon> {
  const bands = bandsOf(values, carbon, all.flatMap(nodesOf));
  return new Map(all.map((a) => [a.name, architectureCarbon(a, carbon.set, bands, work)]));
}

function architectureCarbon(
  nodes: CountedCarbon,
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

function carbonLine(
  { told, energy, operational, embodied }: CountedCarbon["lines"][number],
  bands: (node: number) => Band,
): CarbonLine {
  const { component, service, use, title, region, kind, basis, formula, place } = told;
  const figures = { energy_kwh: bands(energy), operational: bands(operational), embodied: bands(embodied) };
  return { component, service, use, title, region, kind, basis, ...figures, formula, place };
}

const OWN_SOURCES = "carbon";

/** The set, its coefficients as they were used, and whom to credit. */
export function carbonMethod(model: Model, catalog: Catalog): CarbonMethod | null {
  const { carbon } = model;
  if (carbon === undefined) return null;
  const used = [...carbon.coefficients.values()].map((c): CoefficientUsed => {
    const source = catalog.source(OWN_SOURCES, c.source);
    const { factor } = c.unit;
    return {
      address: c.address,
      title: c.title,
      unit: c.unit.text,
      per: c.per,
      low: c.low / factor,
      central: c.central / factor,
      high: c.high / factor,
      basis: c.basis,
      shared: c.shared,
      source: c.source,
      source_title: source?.title ?? c.source,
      source_url: source?.url ?? null,
      retrieved: c.retrieved,
      note: c.note ?? null,
    };
  });
  const credits = [...new Set(used.map(({ source }) => source))].flatMap((id) => {
    const source = catalog.source(OWN_SOURCES, id);
    if (source === undefined || id === "assumption") return [];
    const licence = source.licence === undefined ? "" : ` (${source.licence})`;
    return [
      `${source.title}${licence}${source.via === undefined ? "" : `, via ${source.via.replace(/^(npm|github) /, "")}`}`,
    ];
  });
  return {
    set: carbon.set.name,
    title: carbon.set.title,
    doc: carbon.set.doc,
    years: [...carbon.years],
    coefficients: used,
    credits,
  };
}
