import { apply, OPERATIONS } from "./arithmetic.ts";
import { wholeOf } from "./curve.ts";
import type { Graph, Node } from "./graph.ts";
import { inputIndices, liveNodes, nodeAt } from "./nodes.ts";

/** The values of nodes for one case. Asking for a node that was not evaluated is a fault of the program. */
export type CaseValues = {
  /** a node that is no instant: its value in base units */
  value(node: number): number;
  /** the value in each slot of the curve; a node that is no instant has the same one in all */
  slotValues(node: number): Float64Array;
};

/**
 * Evaluates one case, with every intermediate value kept: what `explain` reads, and the plainest of the back ends.
 * @param outputs the nodes wanted, instants too; all nodes unless given
 * @param overrides input address -> value in base units, instead of the graph's
 */
export function evaluateOne(
  graph: Graph,
  outputs: readonly number[] = [...graph.nodes.keys()],
  overrides: ReadonlyMap<string, number> = new Map(),
): CaseValues {
  const inputs = graph.inputs.map((input) => input.value);
  const addresses = [...overrides.keys()];
  inputIndices(graph, addresses).forEach((index, at) => {
    inputs[index] = overrides.get(addresses[at] ?? "") ?? Number.NaN;
  });
  const slots = graph.curve.share.length;
  const values = new Float64Array(graph.nodes.length);
  const isKnown = new Uint8Array(graph.nodes.length);
  const instants = new Map<number, Float64Array>();
  const value = (node: number): number => {
    const found = values[node];
    if (found === undefined || isKnown[node] !== 1) throw new RangeError(`node ${node} has no single value here`);
    return found;
  };
  const slotValues = (node: number): Float64Array => instants.get(node) ?? new Float64Array(slots).fill(value(node));
  for (const index of liveNodes(graph, outputs)) {
    const node = nodeAt(graph, index);
    if (node.instant) {
      instants.set(index, instantValues(graph, node, slotValues));
    } else {
      values[index] = singleValue(graph, node, { inputs, value, instants });
      isKnown[index] = 1;
    }
  }
  return { value, slotValues };
}

/** What has been computed of the arguments. */
type Known = {
  readonly inputs: readonly number[];
  readonly value: (node: number) => number;
  readonly instants: ReadonlyMap<number, Float64Array>;
};

/** The value of a node that is no instant, from those of its arguments. */
export function singleValue(graph: Graph, node: Node, { inputs, value, instants }: Known): number {
  if (node.op === "const") return node.value ?? Number.NaN;
  if (node.op === "input") return inputs[node.input ?? -1] ?? Number.NaN;
  if (node.op === "slot") throw new Error("a slot is an instant");
  const [a, b, c] = node.args;
  const slots = a === undefined ? undefined : instants.get(a);
  if (slots !== undefined) return node.op === "mean" ? meanOf(graph, slots) : Math.max(...slots);
  return apply(node.op, ...operands(value, a, b, c));
}

function operands(value: (node: number) => number, a?: number, b?: number, c?: number): [number, number, number] {
  const of = (node: number | undefined): number => (node === undefined ? Number.NaN : value(node));
  return [of(a), of(b), of(c)];
}

/** Mean over time. Slots without duration are left out: a burst that divides by zero spoils the peak, not the mean. */
function meanOf(graph: Graph, slots: Float64Array): number {
  const { share } = graph.curve;
  let total = 0;
  for (let slot = 0; slot < share.length; slot += 1) {
    const part = share[slot] ?? Number.NaN;
    if (part !== 0) total += part * (slots[slot] ?? Number.NaN);
  }
  return total / wholeOf(graph.curve);
}

/** The values of an instant in each slot, from those of its arguments. */
export function instantValues(graph: Graph, node: Node, slotValues: (node: number) => Float64Array): Float64Array {
  if (node.op === "slot") return Float64Array.from(graph.curve[node.field ?? "weight"]);
  if (node.op === "const" || node.op === "input") throw new Error(`"${node.op}" is no instant`);
  const operation = OPERATIONS[node.op];
  const [a = NOTHING, b = NOTHING, c = NOTHING] = node.args.map(slotValues);
  const values = new Float64Array(graph.curve.share.length);
  for (let slot = 0; slot < values.length; slot += 1) {
    values[slot] = operation(a[slot] ?? Number.NaN, b[slot] ?? Number.NaN, c[slot] ?? Number.NaN);
  }
  return values;
}

/** Stands for an argument that an operation does not take. */
const NOTHING = new Float64Array(0);
