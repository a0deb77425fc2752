import type { Graph, Node } from "./graph.ts";

/** The node of an index; an index outside the graph is a fault of the program. */
export function nodeAt(graph: Pick<Graph, "nodes">, index: number): Node {
  const node = graph.nodes[index];
  if (node === undefined) throw new RangeError(`the graph has no node ${index}`);
  return node;
}

/** The nodes that the given ones rest on, themselves included, in topological order. */
export function liveNodes(graph: Pick<Graph, "nodes">, outputs: readonly number[]): readonly number[] {
  const seen = new Set(outputs);
  // a set is walked in the order of insertion, and what is added while walking is walked too
  for (const index of seen) for (const arg of nodeAt(graph, index).args) seen.add(arg);
  return [...seen].sort((a, b) => a - b);
}

/** Indices of inputs by address; an address that the graph does not have is a fault of the program. */
export function inputIndices(graph: Pick<Graph, "inputs">, addresses: Iterable<string>): readonly number[] {
  const known = new Map(graph.inputs.map((input, index) => [input.address, index]));
  return Array.from(addresses, (address) => {
    const index = known.get(address);
    if (index === undefined) throw new RangeError(`the graph has no input "${address}"`);
    return index;
  });
}
