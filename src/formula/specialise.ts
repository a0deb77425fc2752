import { GraphBuilder } from "./builder.ts";
import type { Graph, Node } from "./graph.ts";
import { inputIndices, liveNodes, nodeAt } from "./nodes.ts";

export type Specialisation = {
  /** nodes of the graph that are wanted */
  readonly outputs: readonly number[];
  /** addresses of the inputs that stay inputs, in this order; all others become constants */
  readonly free: readonly string[];
  /** values in base units that replace those of the graph, for free and fixed inputs alike */
  readonly values?: ReadonlyMap<string, number>;
};

/**
 * The part of a graph that the outputs need, with all inputs but the free ones folded away. Values stay the same to the
 * bit wherever the nodes behind them are finite (0 and -0 count as equal), with one exception: the mean of an instant that
 * turns out the same in all slots is that value, where the sum over the slots may be off by a rounding. Free inputs stay
 * in `inputs`, used or not.
 * @returns the smaller graph, and its nodes for the outputs in the order asked
 */
export function specialise(
  graph: Graph,
  task: Specialisation,
): { readonly graph: Graph; readonly outputs: readonly number[] } {
  const values = new Map(task.values);
  inputIndices(graph, values.keys());
  const builder = new GraphBuilder(graph.curve);
  const found = new Map<number, number>();
  for (const index of inputIndices(graph, task.free)) {
    const input = graph.inputs[index];
    if (input !== undefined) found.set(index, builder.input(input.address, values.get(input.address) ?? input.value));
  }
  const replayed = replay(graph, task.outputs, builder, (index) => {
    const node = found.get(index);
    if (node !== undefined) return node;
    const input = graph.inputs[index];
    if (input === undefined) throw new RangeError(`the graph has no input ${index}`);
    return builder.constant(values.get(input.address) ?? input.value);
  });
  return compact(
    builder.graph(),
    task.outputs.map((output) => nodeOf(replayed, output)),
  );
}

/**
 * Builds the nodes that the outputs rest on again in another builder.
 * @param input what stands for an input, given its index
 * @returns the new node of each old one
 */
export function replay(
  graph: Graph,
  outputs: readonly number[],
  builder: GraphBuilder,
  input: (index: number) => number,
): ReadonlyMap<number, number> {
  const made = new Map<number, number>();
  for (const index of liveNodes(graph, outputs)) {
    const node = nodeAt(graph, index);
    made.set(index, again(node, builder, { input, nodeOf: (arg) => nodeOf(made, arg) }));
  }
  return made;
}

type Again = { readonly input: (index: number) => number; readonly nodeOf: (node: number) => number };

function again(node: Node, builder: GraphBuilder, { input, nodeOf }: Again): number {
  switch (node.op) {
    case "const":
      return builder.constant(node.value ?? Number.NaN);
    case "input":
      return input(node.input ?? -1);
    case "slot":
      return builder.slot(node.field ?? "weight");
    default:
      return builder.op(node.op, ...node.args.map(nodeOf));
  }
}

/** The new node of an old one that has been replayed. */
export function nodeOf(made: ReadonlyMap<number, number>, old: number): number {
  const node = made.get(old);
  if (node === undefined) throw new RangeError(`node ${old} has not been built again`);
  return node;
}

function compact(graph: Graph, outputs: readonly number[]): { graph: Graph; outputs: readonly number[] } {
  const live = liveNodes(graph, outputs);
  const moved = new Map(live.map((old, index) => [old, index]));
  const nodes = live.map((old) => {
    const node = nodeAt(graph, old);
    return { ...node, args: node.args.map((arg) => nodeOf(moved, arg)) };
  });
  return { graph: { ...graph, nodes }, outputs: outputs.map((output) => nodeOf(moved, output)) };
}
