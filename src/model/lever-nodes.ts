import type { Graph } from "../formula/graph.ts";
import type { LeverResult } from "../result/levers.ts";

/** A design as nodes of its book's graph: enough for its cost, and whether it can be had, at other values of inputs. */
export type DesignNodes = {
  /** the same for all designs of a book; it grows with them */
  readonly graph: Graph;
  /** whether data is kept for ever: figures are then means of the first year */
  readonly grows: boolean;
  readonly cost: number;
  /** conditions, 1 where they hold: legal values, without which there are no figures */
  readonly legal: readonly number[];
  /** what the provider offers and the objectives ask, without which it cannot be had */
  readonly offered: readonly number[];
  /** quotas that stand whatever is raised; `factor` base units in one unit */
  readonly hard: readonly { readonly demand: number; readonly granted: number; readonly factor: number }[];
};

/** A design without the graph that it shares with others. */
export type SetNodes = Omit<DesignNodes, "graph">;

/** The sets of levers that a waterfall is made of, in one graph. */
export type LeverNodes = {
  /** what the levers start from */
  readonly architecture: string;
  readonly members: readonly Pick<LeverResult, "name" | "title" | "class">[];
  readonly graph: Graph;
  /** by the bits of members that are in it, the first one lowest; null: it has no figures whatever the inputs */
  readonly sets: readonly (SetNodes | null)[];
};
