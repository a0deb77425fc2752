import type { Unit } from "../formula/unit.ts";
import type { ArchitectureCarbon, CarbonLine, CarbonMethod } from "../result/carbon-schema.ts";

/** A figure of the carbon method with its band; `low` is the end that gives less carbon, whatever the number. */
export type Coefficient = {
  readonly name: string;
  /** input of the graph: `carbon:compute_scale`, `carbon:pue@us-east-1`, `carbon:transition_energy@microservices` */
  readonly address: string;
  readonly title: string;
  readonly unit: Unit;
  /** people read it for so many */
  readonly per: number;
  /** in base units */
  readonly low: number;
  readonly central: number;
  readonly high: number;
  /** nothing above it is possible */
  readonly most: number | undefined;
  readonly basis: CarbonLine["basis"];
  /** the same in all architectures of a comparison */
  readonly shared: boolean;
  readonly source: string;
  readonly retrieved: string;
  readonly note: string | undefined;
};

/** A name of an energy formula, for people: a word, or a node and its unit (`factor` base units in one). */
export type NamedFigure = {
  readonly name: string;
  readonly figure:
    | string
    | { readonly node: number; readonly unit: string; readonly factor: number; readonly isTruth: boolean };
  readonly formula: string | null;
};

/** Month quantities of an energy use: nodes. */
export type EnergyNodes = {
  /** kWh at the meter, PUE included where it applies */
  readonly energy: number;
  /** kg CO2e, location-based */
  readonly operational: number;
  /** kg CO2e */
  readonly embodied: number;
};

/** One energy use of one component: its words, and nodes of month quantities. */
export type EnergyLine = {
  readonly words: Omit<CarbonLine, "energy_kwh" | "operational" | "embodied">;
  /** formulas of power or energy and of what is embodied; empty: it has none */
  readonly power: string;
  readonly making: string;
  readonly doc: string | null;
  readonly nodes: EnergyNodes;
  /** of the formulas and those behind them; empty unless the model was linked to be explained */
  readonly names: readonly NamedFigure[];
};

/** Totals of an architecture: nodes. */
export type CarbonNodes = {
  readonly name: string;
  readonly lines: readonly EnergyLine[];
  readonly energy: number;
  readonly operational: number;
  readonly embodied: number;
  readonly total: number;
  /** litres; undefined where a region publishes none */
  readonly water: number | undefined;
  /** kg CO2e, market-based; undefined where a region's is unknown */
  readonly market: number | undefined;
  readonly notCounted: ArchitectureCarbon["not_counted"];
};

/** Carbon under one set of coefficients for all architectures. */
export type CarbonModel = {
  readonly method: CarbonMethod;
  readonly coefficients: readonly Coefficient[];
  readonly architectures: readonly CarbonNodes[];
};
