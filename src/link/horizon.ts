// One horizon for all designs of a scenario: either what they settle at, or the first year of all of them.
import type { Catalog } from "../catalog/catalog.ts";
import type { Parameter } from "../catalog/schema.ts";
import type { Value } from "../formula/value.ts";
import type { Spec } from "../scenario/merge-specs.ts";
import type { ScenarioData } from "../scenario/schema.ts";
import type { ComponentTask } from "./component-task.ts";
import { NO_UNIT, type NumberValue } from "./linker.ts";
import type { LazyScope } from "./scope.ts";

export const FOREVER = /\bforever\b/;

/**
 * Whether data is kept for ever somewhere in a scenario, in whichever of its designs: what is stored then never settles, so
 * that all designs are compared over the first year, and every store starts empty.
 */
export function startsEmpty(data: ScenarioData, catalog: Catalog): boolean {
  const specs = specsOf(data);
  const keys = specs.flatMap((spec) =>
    Object.entries(spec).flatMap(([key, value]) => (typeof value === "string" && FOREVER.test(value) ? [key] : [])),
  );
  if (keys.length === 0) return false;
  const services = new Set([
    ...specs.flatMap(({ service }) => (typeof service === "string" ? [service] : [])),
    ...Object.values(data.levers ?? {}).flatMap((lever) =>
      typeof lever === "object" ? Object.keys(lever?.services ?? {}) : [],
    ),
  ]);
  const isRetention = (service: string, key: string): boolean =>
    catalog.service(service)?.data.parameters[key]?.forever === true;
  return keys.some((key) => [...services].some((service) => isRetention(service, key)));
}

/** What the scenario's text says of components: in architectures, environments and levers. */
function specsOf({ architectures, environments, levers }: ScenarioData): readonly Spec[] {
  const places = [
    ...Object.values(architectures).map(({ components }) => components),
    ...Object.values(environments ?? {}).map(({ components }) => components),
    ...Object.values(levers ?? {}).flatMap((lever) =>
      typeof lever === "object" ? [lever?.components, lever?.services] : [],
    ),
  ];
  return places.flatMap((components) => Object.values(components ?? {})).filter((spec) => spec !== null);
}

/** Time since the workload began, an input; by default half a year, the mean of the first twelve months. */
export function elapsed({ linker, workload }: ComponentTask): NumberValue {
  const unit = linker.unit("month") ?? NO_UNIT;
  // A season has a value of its own; the two together are a fault, reported where the ground is linked.
  const months = workload.season === undefined ? 6 : workload.season.fullest + 0.5;
  const node = linker.builder.input("elapsed", months * unit.factor);
  return { kind: "number", node, dimension: unit.dimension, instant: false };
}

/** The same for the rules of a service: so long that every store is full, where nothing starts empty. */
export function elapsedOrFull(task: ComponentTask): NumberValue {
  if (task.startsEmpty) return elapsed(task);
  const unit = task.linker.unit("month") ?? NO_UNIT;
  const node = task.linker.builder.constant(FULL_MONTHS * unit.factor);
  return { kind: "number", node, dimension: unit.dimension, instant: false };
}

/** a century */
const FULL_MONTHS = 1200;

/**
 * A parameter that says how long data is held, where stores start empty: what is there has been held no longer than there
 * has been anything. Any other is as it is.
 */
export function heldFor<T extends { readonly value: Value; readonly formula: string }>(
  task: ComponentTask,
  { forever, retention }: Parameter,
  written: T,
): T {
  const { value, formula } = written;
  const { builder } = task.linker;
  if (!task.startsEmpty || (forever !== true && retention !== true) || value.kind !== "number") return written;
  const since = elapsed(task).node;
  if (value.node === since || builder.constantValue(value.node) === 0) return written;
  return {
    ...written,
    value: { ...value, node: builder.op("min", value.node, since) },
    formula: `min(${formula}, elapsed)`,
  };
}

/** Whether a component holds data for a time, where stores start empty. */
export function isFilling({ startsEmpty, service, linker }: ComponentTask, scope: LazyScope): boolean {
  if (!startsEmpty) return false;
  return Object.entries(service.data.parameters).some(([name, { forever, retention }]) => {
    if (forever !== true && retention !== true) return false;
    const value = scope.value(name);
    return (
      value !== undefined &&
      value !== "failed" &&
      value.kind === "number" &&
      linker.builder.constantValue(value.node) !== 0
    );
  });
}
