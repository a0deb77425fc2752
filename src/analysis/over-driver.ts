import { shownUnit } from "../figures/assumptions.ts";
import type { Model } from "../model/model.ts";
import type { BreakEvenResult } from "../result/decision-schema.ts";
import { manyCases } from "./many-cases.ts";
import { type OverTask, turnsOver } from "./turns.ts";

/** Break-even of a model's architectures over one input; null where the input cannot be moved or has no room to. */
export function breakEvenOver(model: Model, task: OverTask): BreakEvenResult | null {
  const today = model.graph.inputs.find(({ address }) => address === task.over)?.value;
  if (today === undefined) return null;
  const definition = model.definitions.get(task.over);
  return turnsOver(
    {
      architectures: model.architectures,
      cases: (nodes) => manyCases(model, nodes, [task.over]),
      today,
      unit: definition === undefined ? { text: "", factor: 1 } : shownUnit(definition, model.monthSeconds),
      isDriver: task.over === model.workload.driver,
    },
    task,
  );
}
