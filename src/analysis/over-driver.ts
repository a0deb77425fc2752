import { shownUnit } from "../figures/assumptions.ts";
import type { Compile } from "../formula/generate.ts";
import { definitionOf } from "../model/definition.ts";
import type { Model } from "../model/model.ts";
import type { BreakEvenResult } from "../result/decision-schema.ts";
import { casesThrough } from "./cases-through.ts";
import { type OverTask, turnsOver } from "./turns.ts";

/**
 * Break-even of a model's architectures over one input; null where the input cannot be moved or has no room to.
 * @param compileWith makes functions of nodes
 */
export function breakEvenOver(model: Model, task: OverTask, compileWith: Compile): BreakEvenResult | null {
  const today = model.graph.inputs.find(({ address }) => address === task.over)?.value;
  if (today === undefined) return null;
  const definition = definitionOf(model, task.over);
  return turnsOver(
    {
      architectures: model.architectures,
      cases: (nodes) => casesThrough(model, nodes, [task.over], { compileWith }),
      today,
      unit: definition === undefined ? { text: "", factor: 1 } : shownUnit(definition, model.monthSeconds),
      isDriver: task.over === model.workload.driver,
    },
    task,
  );
}
