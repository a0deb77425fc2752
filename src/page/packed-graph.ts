// A graph as short JSON: reports carry one.
import type { Graph, Node, Op, SlotField } from "../formula/graph.ts";
import { liveNodes, nodeAt } from "../formula/nodes.ts";

/** JSON knows no NaN, no infinity and no -0: those numbers are texts. */
type PackedNumber = number | string;

export type PackedGraph = {
  readonly ops: readonly Op[];
  /** index into ops, then arguments; a constant has its number, an input its index, a slot its field instead */
  readonly nodes: readonly (readonly (PackedNumber | SlotField)[])[];
  readonly inputs: readonly (readonly [string, PackedNumber])[];
  readonly curve: Readonly<Record<keyof Graph["curve"], readonly PackedNumber[]>>;
};

const FIELDS: readonly SlotField[] = ["weight", "hour", "weekday"];

function packNumber(x: number): PackedNumber {
  return Number.isFinite(x) && !Object.is(x, -0) ? x : Object.is(x, -0) ? "-0" : String(x);
}

const numberOf = (packed: PackedNumber | undefined): number => (packed === undefined ? Number.NaN : Number(packed));

/**
 * The part of a graph that the outputs rest on. Nothing is folded, so that evaluation gives the same bits.
 * @returns the graph, and the new place of each old node
 */
export function packGraph(
  graph: Graph,
  outputs: readonly number[],
): { readonly packed: PackedGraph; readonly place: (node: number) => number } {
  const live = liveNodes(graph, outputs);
  const places = new Map(live.map((old, index) => [old, index]));
  const place = (node: number): number => {
    const found = places.get(node);
    if (found === undefined) throw new RangeError(`node ${node} is not in the packed graph`);
    return found;
  };
  const ops = [...new Set(live.map((index) => nodeAt(graph, index).op))];
  const nodes = live.map((index) => {
    const { op, args, value, input, field } = nodeAt(graph, index);
    const own = op === "const" ? [packNumber(value ?? Number.NaN)] : op === "input" ? [input ?? -1] : args.map(place);
    return [ops.indexOf(op), ...(op === "slot" ? [field ?? "weight"] : own)];
  });
  const { share, weight, hour, weekday } = graph.curve;
  const packed: PackedGraph = {
    ops,
    nodes,
    inputs: graph.inputs.map(({ address, value }) => [address, packNumber(value)]),
    curve: {
      share: share.map(packNumber),
      weight: weight.map(packNumber),
      hour: hour.map(packNumber),
      weekday: weekday.map(packNumber),
    },
  };
  return { packed, place };
}

/** The graph again, node by node as it was. */
export function unpackGraph({ ops, nodes: packed, inputs, curve }: PackedGraph): Graph {
  const nodes: Node[] = [];
  for (const [code, ...rest] of packed) {
    const op = ops[Number(code)];
    if (op === undefined) throw new RangeError(`the packed graph has no operation ${code}`);
    nodes.push(unpackNode(op, rest, nodes));
  }
  const all = (list: readonly PackedNumber[]): number[] => list.map(numberOf);
  return {
    nodes,
    inputs: inputs.map(([address, value]) => ({ address, value: numberOf(value) })),
    curve: { share: all(curve.share), weight: all(curve.weight), hour: all(curve.hour), weekday: all(curve.weekday) },
  };
}

function unpackNode(op: Op, rest: readonly (PackedNumber | SlotField)[], before: readonly Node[]): Node {
  const [first] = rest;
  if (op === "const") return { op, args: [], value: numberOf(first), instant: false };
  if (op === "input") return { op, args: [], input: numberOf(first), instant: false };
  if (op === "slot") return { op, args: [], field: FIELDS.find((field) => field === first) ?? "weight", instant: true };
  const args = rest.map(numberOf);
  const ends = op === "mean" || op === "peak";
  return { op, args, instant: !ends && args.some((arg) => before[arg]?.instant === true) };
}
