import { shownUnit } from "../figures/assumptions.ts";
import { atDrivers } from "../figures/capacity.ts";
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
  const found = turnsOver(
    {
      architectures: model.architectures,
      cases: (nodes, fullest = false) => casesThrough(model, nodes, [task.over], { compileWith, fullest }),
      today,
      unit: definition === undefined ? { text: "", factor: 1 } : shownUnit(definition, model.monthSeconds),
      isDriver: task.over === model.workload.driver,
    },
    task,
  );
  const fixed = task.over === model.workload.driver ? fixedSizes(model, today) : [];
  return found === null || fixed.length === 0 ? found : { ...found, fixed };
}

/** How far from today it is looked at whether sizes follow the load. */
const FARTHER = 16;

/** Components that are to grow with the load and do not: they carry it by chance, or not at all. */
function fixedSizes(model: Model, today: number): NonNullable<BreakEvenResult["fixed"]> {
  return model.architectures.flatMap(({ name, components, quotas }) => {
    // What states how much it carries is ruled out above it.
    const limited = new Set(
      quotas.flatMap(({ words, parts }) => (words.scope === "setting" ? parts.map(({ component }) => component) : [])),
    );
    const sized = components.flatMap(({ name: own, size }) =>
      size === undefined || limited.has(own) ? [] : [{ own, size }],
    );
    if (sized.length === 0) return [];
    const sizes = atDrivers(
      model,
      sized.map(({ size }) => size),
      [today, FARTHER * today],
    );
    const fixed = sized.filter((_, i) => Number(sizes[i]?.[0]) > 0 && sizes[i]?.[0] === sizes[i]?.[1]);
    return fixed.length === 0 ? [] : [{ architecture: name, components: fixed.map(({ own }) => own) }];
  });
}
