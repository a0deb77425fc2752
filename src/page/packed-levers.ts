// The sets of levers that a waterfall is made of, as a report carries them: a graph besides that of its architectures.
import type { WaterfallMember } from "../analysis/waterfall.ts";
import type { Graph } from "../formula/graph.ts";
import { liveNodes, nodeAt } from "../formula/nodes.ts";
import type { DesignNodes } from "../levers/design-book.ts";
import type { StudiedLevers } from "../levers/levers.ts";
import type { LeversResult } from "../result/levers.ts";
import { type PackedGraph, packGraph } from "./packed-graph.ts";

export type PackedSet = Omit<DesignNodes, "graph">;

export type PackedLevers = {
  /** what the levers start from */
  readonly architecture: string;
  readonly members: readonly WaterfallMember[];
  readonly graph: PackedGraph;
  /** by the bits of members that are in it, the first one lowest; null: it has no figures whatever the inputs */
  readonly sets: readonly (PackedSet | null)[];
};

/** A report carries at most 64 sets, and not more nodes than add some ten kilobytes to it. */
const MOST_MEMBERS = 6;
const MOST_NODES = 2_000;

/**
 * The waterfall's sets, where one graph has them all.
 * @returns null where there is no waterfall, where there are too many sets, or a set is a model of its own (another
 *   region, another workload)
 */
export function packLevers(study: StudiedLevers, { waterfall, architecture }: LeversResult): PackedLevers | null {
  const steps = waterfall?.steps ?? [];
  if (steps.length === 0 || steps.length > MOST_MEMBERS) return null;
  const members = study.levers
    .filter(({ name }) => steps.some(({ lever }) => lever === name))
    .map(({ name, class: of, told: { title } }) => ({ name, title, class: of }));
  const found = Array.from({ length: 2 ** members.length }, (_, bits) => {
    const names = members.filter((_, at) => (bits & (1 << at)) !== 0).map(({ name }) => name);
    return { nodes: study.nodes(names), known: study.run(names).figures !== undefined };
  });
  const graph = found[0]?.nodes?.graph;
  const fits = found.every(({ nodes, known }) => (nodes === undefined ? !known : nodes.graph.nodes === graph?.nodes));
  if (graph === undefined || !fits) return null;
  const sets = found.map(({ nodes }) => nodes ?? null);
  const outputs = sets.flatMap((set) => (set === null ? [] : nodesOf(set)));
  const live = liveNodes(graph, outputs);
  if (live.length > MOST_NODES) return null;
  const { packed, place } = packGraph(withInputsOf(graph, live), outputs);
  return { architecture, members, graph: packed, sets: sets.map((set) => (set === null ? null : placed(set, place))) };
}

/** All nodes of a set. */
export function nodesOf({ cost, legal, offered, hard }: PackedSet): readonly number[] {
  return [cost, ...legal, ...offered, ...hard.flatMap(({ demand, granted }) => [demand, granted])];
}

function placed({ grows, cost, legal, offered, hard }: PackedSet, place: (node: number) => number): PackedSet {
  return {
    grows,
    cost: place(cost),
    legal: legal.map(place),
    offered: offered.map(place),
    hard: hard.map(({ demand, granted, factor }) => ({ demand: place(demand), granted: place(granted), factor })),
  };
}

/** The graph with only the inputs that some nodes rest on: it knows those of every design that was ever looked at. */
function withInputsOf(graph: Graph, live: readonly number[]): Graph {
  const used = [...new Set(live.flatMap((index) => nodeAt(graph, index).input ?? []))];
  const places = new Map(used.map((input, place) => [input, place]));
  const nodes = [...graph.nodes];
  for (const index of live) {
    const node = nodeAt(graph, index);
    if (node.input !== undefined) nodes[index] = { ...node, input: places.get(node.input) ?? -1 };
  }
  return { ...graph, nodes, inputs: used.flatMap((input) => graph.inputs[input] ?? []) };
}
