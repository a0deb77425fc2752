// A graph as short JSON: reports carry one.
import type { Graph, Node, Op, SlotField } from "../formula/graph.ts";
import { liveNodes, nodeAt } from "../formula/nodes.ts";

/** JSON knows no NaN, no infinity and no -0: those numbers are texts. */
type PackedNumber = number | string;

export type PackedGraph = {
  /** how many nodes the graph had; those that are left out are holes, so that every index still holds */
  readonly size: number;
  /** steps from the place of one node to that of the next */
  readonly steps: readonly number[];
  readonly ops: readonly Op[];
  /** index into ops, then steps back to the arguments; a constant has its number, an input its index, a slot its field instead */
  readonly nodes: readonly (readonly (PackedNumber | SlotField)[])[];
  readonly inputs: readonly (readonly [string, PackedNumber])[];
  readonly curve: Readonly<Record<keyof Graph["curve"], readonly PackedNumber[]>>;
};

const FIELDS: readonly SlotField[] = ["weight", "hour", "weekday"];

function packNumber(x: number): PackedNumber {
  return Number.isFinite(x) && !Object.is(x, -0) ? x : Object.is(x, -0) ? "-0" : String(x);
}

const numberOf = (packed: PackedNumber | undefined): number => (packed === undefined ? Number.NaN : Number(packed));

/** The part of a graph that the outputs rest on. Nothing is folded, so that evaluation gives the same bits. */
export function packGraph(graph: Graph, outputs: readonly number[]): PackedGraph {
  const live = liveNodes(graph, outputs);
  const ops = [...new Set(live.map((index) => nodeAt(graph, index).op))];
  const used = [...new Set(live.flatMap((index) => nodeAt(graph, index).input ?? []))];
  const inputOf = new Map(used.map((input, place) => [input, place]));
  const placeOf = new Map(live.map((index, place) => [index, place]));
  const nodes = live.map((index, place) => {
    const { op, args, value, input, field } = nodeAt(graph, index);
    const code = ops.indexOf(op);
    if (op === "const") return [code, packNumber(value ?? Number.NaN)];
    if (op === "input") return [code, inputOf.get(input ?? -1) ?? -1];
    if (op === "slot") return [code, field ?? "weight"];
    return [code, ...args.map((arg) => place - (placeOf.get(arg) ?? Number.NaN))];
  });
  const { share, weight, hour, weekday } = graph.curve;
  return {
    size: graph.nodes.length,
    steps: live.map((index, place) => (place === 0 ? index : index - (live[place - 1] ?? Number.NaN))),
    ops,
    nodes,
    inputs: used.flatMap((index) => {
      const input = graph.inputs[index];
      return input === undefined ? [] : [[input.address, packNumber(input.value)] as const];
    }),
    curve: {
      share: share.map(packNumber),
      weight: weight.map(packNumber),
      hour: hour.map(packNumber),
      weekday: weekday.map(packNumber),
    },
  };
}

/** What stands for a node that was left out. */
const HOLE: Node = { op: "const", args: [], value: Number.NaN, instant: false };

/** The graph again, node by node as it was; what was left out is a hole. */
export function unpackGraph({ size, steps, ops, nodes: packed, inputs, curve }: PackedGraph): Graph {
  const nodes: Node[] = new Array<Node>(size).fill(HOLE);
  const places: number[] = [];
  packed.forEach(([code, ...rest], at) => {
    const op = ops[Number(code)];
    if (op === undefined) throw new RangeError(`the packed graph has no operation ${code}`);
    const step = steps[at] ?? Number.NaN;
    const place = at === 0 ? step : (places[at - 1] ?? Number.NaN) + step;
    places.push(place);
    const args = rest.map((back) => places[at - numberOf(back)] ?? -1);
    nodes[place] = unpackNode(op, rest, args, nodes);
  });
  const all = (list: readonly PackedNumber[]): number[] => list.map(numberOf);
  return {
    nodes,
    inputs: inputs.map(([address, value]) => ({ address, value: numberOf(value) })),
    curve: { share: all(curve.share), weight: all(curve.weight), hour: all(curve.hour), weekday: all(curve.weekday) },
  };
}

function unpackNode(
  op: Op,
  rest: readonly (PackedNumber | SlotField)[],
  args: readonly number[],
  before: readonly Node[],
): Node {
  const [first] = rest;
  if (op === "const") return { op, args: [], value: numberOf(first), instant: false };
  if (op === "input") return { op, args: [], input: numberOf(first), instant: false };
  if (op === "slot") return { op, args: [], field: FIELDS.find((field) => field === first) ?? "weight", instant: true };
  const ends = op === "mean" || op === "peak";
  return { op, args, instant: !ends && args.some((arg) => before[arg]?.instant === true) };
}
