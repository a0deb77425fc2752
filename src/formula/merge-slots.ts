import { evaluateOne } from "./evaluate-one.ts";
import type { Curve, Graph } from "./graph.ts";
import { inputIndices, nodeAt } from "./nodes.ts";
import { schedule } from "./schedule.ts";

/**
 * The same graph over fewer slots: hours of the week that nothing behind the outputs says apart become one, as long as
 * all of them. Values stay the same to the bit: where a mean would be summed in another order, so does the graph.
 * @param free addresses of the inputs that differ from case to case
 */
export function mergeSlots(graph: Graph, outputs: readonly number[], free: readonly string[]): Graph {
  const { curve } = graph;
  const count = curve.share.length;
  if (count === 1) return graph;
  const { invariants, stages } = schedule(graph, outputs, new Set(inputIndices(graph, free)));
  const isMean = (index: number): boolean => nodeAt(graph, index).op === "mean";
  if (stages.some(({ pass }) => pass.some(isMean))) return graph;
  const read = new Set(stages.flatMap(({ pass }) => pass.flatMap((index) => nodeAt(graph, index).args)));
  const instants = invariants.filter((index) => nodeAt(graph, index).instant && read.has(index));
  const { value, slotValues } = evaluateOne(graph, invariants);
  const columns = instants.map(slotValues);
  const found = new Map<string, { readonly first: number; share: number }>();
  for (let slot = 0; slot < count; slot += 1) {
    const key = columns.map((column) => column[slot]).join(" ");
    const share = curve.share[slot] ?? Number.NaN;
    const known = found.get(key);
    if (known === undefined) found.set(key, { first: slot, share });
    else known.share += share;
  }
  const merged = [...found.values()];
  const at = (column: readonly number[]): readonly number[] => merged.map(({ first }) => column[first] ?? Number.NaN);
  const fewer: Curve = {
    share: merged.map(({ share }) => share),
    weight: at(curve.weight),
    hour: at(curve.hour),
    weekday: at(curve.weekday),
  };
  // What is the same in every case was found over all slots, and stays.
  const nodes = [...graph.nodes];
  for (const index of invariants) {
    if (!nodeAt(graph, index).instant) nodes[index] = { op: "const", args: [], value: value(index), instant: false };
  }
  return { ...graph, nodes, curve: fewer };
}
