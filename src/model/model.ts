import type { Place } from "../diagnostic/diagnostic.ts";
import type { Graph } from "../formula/graph.ts";
import type { ObjectivesResult } from "../result/objectives.ts";
import type { Overheads } from "../result/overhead-schema.ts";
import type { PriceUsed, Result } from "../result/schema.ts";
import type { ArchitectureNodes } from "./architecture-nodes.ts";
import type { EnvironmentNodes } from "./beside-nodes.ts";
import type { CarbonModel } from "./carbon-nodes.ts";
import type { Definition } from "./definition.ts";
import type { Evolution, Growth } from "./growth-nodes.ts";

/** The days whose tables hold. */
export type AsOf = { readonly prices: string; readonly quotas: string; readonly carbon: string };

/** What is needed to evaluate a graph. */
export type Evaluable = Pick<Model, "graph" | "grows" | "fullest" | "monthSeconds">;

/** A statement of the scenario, with where it stands. */
export type Stated = { readonly text: string; readonly place: Place };

export type StatedCorrelation = {
  readonly between: readonly { readonly name: string; readonly place: Place }[];
  readonly coefficient: number;
  readonly place: Place;
};

/**
 * A scenario linked with the catalog for one variant: one graph, and what its nodes mean. Plain data, so that it can be
 * stored and sent: no function, no catalog; of the scenario's text only words and places.
 */
export type Model = {
  readonly asOf: AsOf;
  readonly monthSeconds: number;
  /** 1: the load of the scenario */
  readonly load: number;
  readonly graph: Graph;
  /** of the result: what the scenario says of itself */
  readonly scenario: Result["scenario"];
  /** identifier of the architecture that savings are relative to */
  readonly current: string | undefined;
  readonly workload: {
    /** the functional unit, and how many of what are reported together */
    readonly unit: string;
    readonly reported: { readonly unit: string; readonly count: number };
    readonly driver: string;
    readonly driverNode: number;
    /** units of work in the month */
    readonly work: { readonly node: number };
  };
  /** empty where the scenario states none */
  readonly environments: readonly EnvironmentNodes[];
  readonly architectures: readonly ArchitectureNodes[];
  /** variables, parameters and what services derive of them, by address */
  readonly definitions: readonly Definition[];
  /** rates used, each once, in order of first use */
  readonly prices: readonly PriceUsed[];
  /** the months of the first year differ: data is kept for ever somewhere, or the load has a season */
  readonly grows: boolean;
  /** the month of that year, from 0, in which limits are looked at */
  readonly fullest: number;
  /** the load has a season */
  readonly seasonal: boolean;
  readonly growth: Growth | undefined;
  readonly evolution: Evolution | undefined;
  readonly carbon: CarbonModel | undefined;
  /** words of metrics and objectives; the architectures have their nodes */
  readonly qualities: Pick<ObjectivesResult, "metrics" | "objectives">;
  /** the currency of the second total, as the scenario states it */
  readonly currency: Omit<NonNullable<Overheads["currency"]>, "month" | "year"> | undefined;
  /** conditions on results that a sample has to meet */
  readonly given: readonly Stated[];
  readonly correlations: { readonly stated: readonly StatedCorrelation[]; readonly place: Place } | undefined;
  /** assertions over results, by their id */
  readonly budgets: readonly { readonly id: string; readonly assert: string }[];
};
