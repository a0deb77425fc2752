// The sets of levers that a waterfall is made of, where one graph has them all: a report carries them.

import { nodesOfSet } from "../analysis/waterfall.ts";
import { liveNodes } from "../formula/nodes.ts";
import type { LeverNodes, SetNodes } from "../model/lever-nodes.ts";
import type { LeversResult } from "../result/levers.ts";
import type { StudiedLevers } from "./levers.ts";

/** A report carries at most 64 sets, and not more nodes than add some ten kilobytes to it. */
const MOST_MEMBERS = 6;
const MOST_NODES = 2_000;

/**
 * @returns null where there is no waterfall, where there are too many sets, or a set is a model of its own (another
 *   region, another workload)
 */
export function waterfallSets(study: StudiedLevers, { waterfall, architecture }: LeversResult): LeverNodes | null {
  const steps = waterfall?.steps ?? [];
  if (steps.length === 0 || steps.length > MOST_MEMBERS) return null;
  const members = study.levers
    .filter(({ name }) => steps.some(({ lever }) => lever === name))
    .map(({ name, class: of, words: { title } }) => ({ name, title, class: of }));
  const found = Array.from({ length: 2 ** members.length }, (_, bits) => {
    const names = members.filter((_, at) => (bits & (1 << at)) !== 0).map(({ name }) => name);
    return { nodes: study.nodes(names), known: study.run(names).figures !== undefined };
  });
  const graph = found[0]?.nodes?.graph;
  const fits = found.every(({ nodes, known }) => (nodes === undefined ? !known : nodes.graph.nodes === graph?.nodes));
  if (graph === undefined || !fits) return null;
  const sets = found.map(({ nodes }) => nodes ?? null);
  const outputs = sets.flatMap((set) => (set === null ? [] : nodesOfSet(set)));
  if (liveNodes(graph, outputs).length > MOST_NODES) return null;
  return { architecture, members, graph, sets: sets.map((set) => (set === null ? null : withoutGraph(set))) };
}

function withoutGraph({ grows, cost, legal, offered, hard }: SetNodes) {
  return { grows, cost, legal, offered, hard };
}
