import type { Rate } from "../catalog/rate.ts";
import type { Graph } from "../formula/graph.ts";
import type { CarbonModel } from "../link/carbon-link.ts";
import type { ModelArchitecture } from "../link/design.ts";
import type { LinkedEnvironment } from "../link/environment.ts";
import type { WorkloadScope } from "../link/workload.ts";
import type { Scenario } from "../scenario/read.ts";
import type { Definition } from "./definition.ts";
import type { Evolution, Growth } from "./growth-nodes.ts";

/** A scenario linked with the catalog for one variant: one graph, and what its nodes mean. */
export type Model = {
  readonly scenario: Scenario;
  readonly asOf: AsOf;
  readonly monthSeconds: number;
  readonly load: number;
  readonly graph: Graph;
  readonly workload: WorkloadScope;
  readonly environments: readonly LinkedEnvironment[];
  readonly architectures: readonly ModelArchitecture[];
  readonly definitions: ReadonlyMap<string, Definition>;
  /** rates used, each once, in order of first use */
  readonly rates: readonly Rate[];
  /** data is kept for ever somewhere: the month depends on the time since the start */
  readonly grows: boolean;
  readonly growth: Growth | undefined;
  readonly evolution: Evolution | undefined;
  readonly carbon: CarbonModel | undefined;
};

export type AsOf = { readonly prices: string; readonly quotas: string; readonly carbon: string };
/** What is needed to evaluate a model: also what a report carries, so that its page computes as the command does. */
export type Evaluable = Pick<Model, "graph" | "grows" | "monthSeconds">;
