import type { LoadedService } from "../catalog/catalog.ts";
import type { EnergyUse } from "../catalog/schema.ts";
import { Problems } from "../diagnostic/diagnostic.ts";
import { totalOf } from "../formula/over-month.ts";
import {
  CARBON,
  type Dimension,
  describeDimension,
  ENERGY,
  multiplyDimensions,
  sameDimension,
  TIME,
} from "../formula/unit.ts";
import type { Coefficient, EnergyNodes } from "../model/carbon-nodes.ts";
import type { LinkedArchitecture } from "./architecture.ts";
import { CarbonBook, type Site } from "./carbon-book.ts";
import type { CarbonTask, ResolvedSet } from "./carbon-set.ts";
import { applies } from "./component.ts";
import type { LinkedComponent } from "./component-task.ts";
import { CUSTOM_LINE } from "./custom-line.ts";
import { sum } from "./lines.ts";
import { Linker } from "./linker.ts";
import type { LazyScope } from "./scope.ts";
import { lineOf } from "./workload.ts";

/** One energy use of one component: nodes of month quantities. */
export type LinkedEnergy = {
  readonly component: string;
  readonly service: LoadedService;
  readonly region: string;
  readonly name: string;
  readonly use: EnergyUse;
  readonly nodes: EnergyNodes;
  /** file:line of the scenario */
  readonly place: string;
  readonly scope: LazyScope;
};

/** Totals of an architecture: nodes. */
export type LinkedCarbon = {
  readonly name: string;
  readonly lines: readonly LinkedEnergy[];
  readonly energy: number;
  readonly operational: number;
  readonly embodied: number;
  readonly total: number;
  /** litres; undefined where a region publishes none */
  readonly water: number | undefined;
  /** kg CO2e, market-based; undefined where a region's is unknown */
  readonly market: number | undefined;
  readonly notCounted: readonly { readonly what: string; readonly reason: string }[];
};

export type LinkedCarbons = {
  readonly set: ResolvedSet;
  readonly years: readonly number[];
  /** by address */
  readonly coefficients: ReadonlyMap<string, Coefficient>;
  readonly architectures: ReadonlyMap<string, LinkedCarbon>;
};

/** What energy is linked with: one set of coefficients for all architectures. */
export type CarbonLinker = CarbonTask & {
  readonly book: CarbonBook;
  /** one for all, so that each formula is parsed once; faults of the catalog leave energy uncounted */
  readonly quiet: Linker;
  /** service and use -> why it could not be linked, as each fault is reported once only */
  readonly reported: Map<string, string>;
  /** by the names of a component: architectures that inherit a component share them, and what it draws */
  readonly known: Map<LazyScope, ComponentEnergy>;
};

/** Undefined where the catalog has no carbon data, or a fault of the scenario was reported. */
export function carbonLinker(task: CarbonTask): CarbonLinker | undefined {
  const book = CarbonBook.open(task);
  if (book === undefined) return undefined;
  const quiet = new Linker(task.linker.builder, new Problems(), task.linker.monthSeconds, task.catalog.parsed);
  return { ...task, book, quiet, reported: new Map(), known: new Map() };
}

/**
 * Links the energy of every component into the graph, under one set of coefficients for all architectures:
 * operational = energy x PUE x grid intensity, embodied apart.
 * @see https://sci.greensoftware.foundation (ISO/IEC 21031:2024)
 */
export function linkCarbon(linker: CarbonLinker, architectures: readonly LinkedArchitecture[]): LinkedCarbons {
  const { book } = linker;
  const linked = architectures.map((architecture) => architectureCarbon(linker, architecture));
  return {
    set: book.set,
    years: [...book.years].sort(),
    coefficients: book.coefficients,
    architectures: new Map(linked.map((nodes) => [nodes.name, nodes])),
  };
}

type NotCounted = LinkedCarbon["notCounted"][number];
type ComponentEnergy = { readonly drawn: readonly Drawn[]; readonly notCounted: readonly NotCounted[] };
type Drawn = { readonly line: LinkedEnergy; readonly water: number | undefined; readonly market: number | undefined };

function architectureCarbon(task: CarbonLinker, architecture: LinkedArchitecture): LinkedCarbon {
  const { builder } = task.linker;
  const found = architecture.components.map((component) => {
    const energy = task.known.get(component.scope) ?? componentCarbon(task, component);
    task.known.set(component.scope, energy);
    return energy;
  });
  const drawn = found.flatMap((energy) => energy.drawn);
  const notCounted = found.flatMap((energy) => energy.notCounted);
  for (const spec of architecture.spec.components) {
    if (spec.spec["service"] !== CUSTOM_LINE) continue;
    notCounted.push({ what: spec.name, reason: "a stated line says nothing of energy" });
  }
  const lines = drawn.map(({ line }) => line);
  const total = (nodes: readonly number[]): number => sum(builder, nodes);
  const all = (nodes: readonly (number | undefined)[]): number | undefined => {
    const known = nodes.filter((node) => node !== undefined);
    return known.length < nodes.length ? undefined : total(known);
  };
  const operational = total(lines.map(({ nodes }) => nodes.operational));
  const embodied = total(lines.map(({ nodes }) => nodes.embodied));
  return {
    name: architecture.name,
    lines,
    energy: total(lines.map(({ nodes }) => nodes.energy)),
    operational,
    embodied,
    total: builder.op("add", operational, embodied),
    water: all(drawn.map(({ water }) => water)),
    market: all(drawn.map(({ market }) => market)),
    notCounted,
  };
}

function componentCarbon(task: CarbonLinker, component: LinkedComponent): ComponentEnergy {
  const { name, service } = component;
  const { uses = {}, none } = service.data.energy;
  const without = (reason: string): ComponentEnergy => ({ drawn: [], notCounted: [{ what: name, reason }] });
  if (none !== undefined) return { drawn: [], notCounted: [] };
  if (Object.keys(uses).length === 0) return without(`no energy is known for ${service.data.title}`);
  const { book, quiet, reported } = task;
  const scope = book.scope(component, quiet);
  const site = book.site(component, scope);
  if (typeof site === "string") return without(site);
  const notCounted: NotCounted[] = [];
  const drawn = Object.entries(uses).flatMap(([key, use]) => {
    const known = quiet.problems.list.length;
    const found = energyLine({ task, component, scope, site, quiet }, key, use);
    if (found !== "failed") return found === undefined ? [] : [found];
    const id = `${service.id}.${key}`;
    const reason = quiet.problems.list[known]?.message ?? reported.get(id) ?? quiet.problems.list.at(-1)?.message ?? "";
    reported.set(id, reason);
    notCounted.push({ what: `${name}.${key}`, reason });
    return [];
  });
  return { drawn, notCounted };
}

type LineTask = {
  readonly task: CarbonTask;
  readonly component: LinkedComponent;
  readonly scope: LazyScope;
  readonly site: Site;
  readonly quiet: Linker;
};

/** Undefined where the use does not apply or draws nothing. */
function energyLine(parts: LineTask, key: string, use: EnergyUse): Drawn | "failed" | undefined {
  const { task, component, scope, site, quiet } = parts;
  if (!applies({ ...component.task, linker: quiet }, use.when, ["energy", "uses", key, "when"], scope))
    return undefined;
  const { builder } = quiet;
  const drawn = use.flow === undefined ? monthOf(parts, key, "quantity", ENERGY) : monthOf(parts, key, "flow", ENERGY);
  const embodied = monthOf(parts, key, "embodied", CARBON);
  if (drawn === undefined || embodied === undefined) return "failed";
  if (builder.constantValue(drawn) === 0 && builder.constantValue(embodied) === 0) return undefined;
  const energy = use.pue ? builder.op("mul", drawn, site.pue) : drawn;
  const times = (node: number | undefined, by: number): number | undefined =>
    node === undefined ? undefined : builder.op("mul", by, node);
  return {
    line: {
      component: component.name,
      service: component.service,
      region: component.region,
      name: key,
      use,
      nodes: { energy, operational: builder.op("mul", energy, site.grid), embodied },
      place: lineOf(task.scenario, component.spec.path()),
      scope,
    },
    water: times(site.water, drawn),
    market: times(site.market, energy),
  };
}

/** The month's sum of a formula over all copies; 0 where the use has no such formula, undefined where it is faulty (reported). */
function monthOf(
  { component, scope, quiet }: LineTask,
  key: string,
  part: "flow" | "quantity" | "embodied",
  wanted: Dimension,
): number | undefined {
  const { service } = component;
  const { builder } = quiet;
  const text = service.data.energy.uses?.[key]?.[part];
  if (text === undefined) return builder.constant(0);
  const place = (span = { start: 0, end: String(text).length }) =>
    service.place(["energy", "uses", key, part], String(text), span);
  const value = quiet.value({ text, place }, scope);
  if (value === undefined) return undefined;
  const flows = part !== "quantity";
  const dimension = value.kind === "number" && flows ? multiplyDimensions(value.dimension, TIME) : undefined;
  const is = value.kind === "number" ? (dimension ?? value.dimension) : undefined;
  const zero = value.kind === "number" && (value.zero === true || builder.constantValue(value.node) === 0);
  if (value.kind !== "number" || is === undefined || (!zero && !sameDimension(is, wanted))) {
    const found = is === undefined ? "no number" : describeDimension(is);
    quiet.problems.error("unit-mismatch", `${service.id}: "${part}" of energy use "${key}" gives ${found}`, place());
    return undefined;
  }
  const month = flows
    ? totalOf(builder, value.node, quiet.monthSeconds)
    : quiet.month(value, { text, place }, `energy use "${key}"`)?.node;
  return month === undefined ? undefined : builder.op("mul", month, component.count.node);
}
