import type { Graph, Node } from "./graph.ts";

/** The node of an index; an index outside the graph is a fault of the program. */
export function nodeAt(graph: Pick<Graph, "nodes">, index: number): Node {
  const node = graph.nodes[index];
  if (node === undefined) throw new RangeError(`the graph has no node ${index}`);
  return node;
}

/**
 * The nodes that the given ones rest on, themselves included, in topological order.
 * @param counts leaves out nodes, and what only they rest on
 */
export function liveNodes(
  graph: Pick<Graph, "nodes">,
  outputs: readonly number[],
  counts: (node: number) => boolean = () => true,
): readonly number[] {
  const isLive = new Uint8Array(graph.nodes.length);
  let last = -1;
  for (const output of outputs) {
    nodeAt(graph, output);
    isLive[output] = counts(output) ? 1 : 0;
    last = Math.max(last, output);
  }
  // arguments stand before their users: one way back meets every node after all that use it
  for (let index = last; index >= 0; index -= 1) {
    if (isLive[index] === 1) for (const arg of nodeAt(graph, index).args) if (counts(arg)) isLive[arg] = 1;
  }
  const live: number[] = [];
  for (let index = 0; index <= last; index += 1) if (isLive[index] === 1) live.push(index);
  return live;
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
