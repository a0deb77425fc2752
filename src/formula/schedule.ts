import type { Graph } from "./graph.ts";
import { liveNodes, nodeAt } from "./nodes.ts";

/**
 * What is computed for each case, in order: first the single values of a stage, then one pass over the slots of the
 * curve for its instants and the `mean` and `peak` that end them. Instants of one stage may rest on a `mean` or `peak`
 * of the stage before it.
 */
export type Stage = { readonly singles: readonly number[]; readonly pass: readonly number[] };

export type Schedule = {
  /** nodes that are the same in every case, wanted by others or as an output: computed once */
  readonly invariants: readonly number[];
  readonly stages: readonly Stage[];
};

/**
 * Orders the nodes that the outputs rest on for evaluation over many cases.
 * @param free indices of the inputs that differ from case to case
 */
export function schedule(graph: Graph, outputs: readonly number[], free: ReadonlySet<number>): Schedule {
  for (const output of outputs) {
    if (nodeAt(graph, output).instant) throw new Error(`node ${output} is an instant: it ends in mean or peak first`);
  }
  const live = liveNodes(graph, outputs);
  const varying = new Set<number>();
  const levels = new Map<number, number>();
  for (const index of live) {
    const node = nodeAt(graph, index);
    if (node.input !== undefined ? free.has(node.input) : node.args.some((arg) => varying.has(arg))) varying.add(index);
    const below = node.args.reduce((level, arg) => Math.max(level, levels.get(arg) ?? 0), 0);
    levels.set(index, below + (endsInstant(graph, index) ? 1 : 0));
  }
  const moving = live.filter((index) => varying.has(index));
  const wanted = new Set([...outputs, ...moving.flatMap((index) => nodeAt(graph, index).args)]);
  const count = moving.reduce((most, index) => Math.max(most, (levels.get(index) ?? 0) + 1), 0);
  const stages = Array.from({ length: count }, (_, level) => {
    const ends = moving.filter((index) => levels.get(index) === level + 1 && endsInstant(graph, index));
    const pass = new Set(ends);
    // a set is walked in the order of insertion, and what is added while walking is walked too
    for (const index of pass) {
      for (const arg of nodeAt(graph, index).args) if (varying.has(arg) && nodeAt(graph, arg).instant) pass.add(arg);
    }
    return {
      singles: moving.filter((index) => levels.get(index) === level && isSingle(graph, index)),
      pass: [...pass].sort((a, b) => a - b),
    };
  });
  return { invariants: live.filter((index) => !varying.has(index) && wanted.has(index)), stages };
}

function isSingle(graph: Graph, index: number): boolean {
  return !nodeAt(graph, index).instant && !endsInstant(graph, index);
}

/** Whether a node is a `mean` or `peak` over the slots. */
export function endsInstant(graph: Graph, index: number): boolean {
  const node = nodeAt(graph, index);
  const [arg] = node.args;
  return (node.op === "mean" || node.op === "peak") && arg !== undefined && nodeAt(graph, arg).instant;
}
