// A model as short JSON: a report carries one, and computes with it.
import type { Model } from "./model.ts";
import { nodesOf } from "./nodes.ts";
import { type PackedGraph, packGraph, unpackGraph } from "./packed-graph.ts";

/** A model with its graph as short lists. */
export type PackedModel = Omit<Model, "graph"> & { readonly graph: PackedGraph };

/** Words that no part of a page shows, by key. */
const LEFT_OUT: ReadonlySet<string> = new Set(["power", "making", "names", "retrieved", "holds"]);

/**
 * What a page needs of a model: the same figures. Definitions without a range, prices, and the text round a place are
 * left out, and so is what nobody sees there.
 */
export function pack(model: Model): PackedModel {
  const { driver } = model.workload;
  const definitions = model.definitions.filter(({ address, low }) => low !== undefined || address === driver);
  const { carbon } = model;
  const method = carbon === undefined ? undefined : { ...carbon.method, doc: "", coefficients: [] };
  const small: Model = {
    ...model,
    definitions,
    prices: [],
    carbon: carbon === undefined || method === undefined ? undefined : { ...carbon, method },
  };
  return { ...small, graph: packGraph(model.graph, nodesOf(small)) };
}

/** For `JSON.stringify`: leaves out what is left out of a packed model. */
export function packing(key: string, value: unknown): unknown {
  if (LEFT_OUT.has(key)) return undefined;
  const isPlace = typeof value === "object" && value !== null && "span" in value && "text" in value;
  return isPlace ? { ...value, text: "" } : value;
}

/** The model again: its figures are the same to the bit. */
export function unpack({ graph, ...rest }: PackedModel): Model {
  return { ...rest, graph: unpackGraph(graph) };
}
