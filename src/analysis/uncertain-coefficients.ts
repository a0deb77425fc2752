import { liveNodes, nodeAt } from "../formula/nodes.ts";
import type { Model } from "../model/model.ts";
import type { UncertainInput } from "./uncertain-inputs.ts";

/**
 * Coefficients of carbon with a band, on which the carbon of some architecture rests: triangular from the one end to the
 * other with its peak at the central value. One that architectures share is one input, and moves them together.
 */
export function uncertainCoefficients({ carbon, graph }: Model): readonly UncertainInput[] {
  if (carbon === undefined) return [];
  const totals = carbon.architectures.map(({ total }) => total);
  const reached = new Set(
    liveNodes(graph, totals).flatMap((index) => graph.inputs[nodeAt(graph, index).input ?? -1]?.address ?? []),
  );
  return carbon.coefficients.flatMap((coefficient): UncertainInput[] => {
    const { address, unit, central } = coefficient;
    // `low` is the end that gives less carbon: of a lifetime it is the greater number.
    const low = Math.min(coefficient.low, coefficient.high);
    const high = Math.max(coefficient.low, coefficient.high);
    if (!reached.has(address) || low === high) return [];
    const typical = Math.min(high, Math.max(low, central));
    const distribution = { kind: "triangular", low, high, typical } as const;
    return [{ address, unit: unit.text, factor: unit.factor, value: central, low, high, distribution }];
  });
}
