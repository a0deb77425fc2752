import { type Dimension, MONEY, PLAIN } from "../formula/unit.ts";
import type { TableView, Value } from "../formula/value.ts";
import type { LinkedArchitecture } from "./architecture.ts";
import type { Linker } from "./linker.ts";
import { LazyScope } from "./scope.ts";
import type { WorkloadScope } from "./workload.ts";

/** An architecture of which formulas may ask: `cost` is the node of its USD a month. */
export type Costed = LinkedArchitecture & { readonly cost: number };

const MONEY_NAME = "cost.month";
const COUNT_NAME = "components";

/**
 * The names that formulas over one architecture may use: variables, `throughput` and `work`; `detect.duration` and every
 * other name of a component's service; `cost.month`; and `components`, how many there are. Metrics are defined on top.
 */
export function architectureScope(architecture: Costed, linker: Linker, workload: WorkloadScope): LazyScope {
  const { builder, problems } = linker;
  const own = architecture.components.filter(({ name }) => !name.includes("@"));
  const parts = new Map(own.map(({ name, scope }) => [name.replaceAll("-", "_"), scope]));
  const outer = {
    value: (name: string): Value | "failed" | undefined => {
      const dot = name.indexOf(".");
      const component = dot < 0 ? undefined : parts.get(name.slice(0, dot));
      return component === undefined ? workload.scope.value(name) : component.value(name.slice(dot + 1));
    },
    names: () => [
      ...workload.scope.names(),
      ...[...parts].flatMap(([name, scope]) => scope.names().map((each) => `${name}.${each}`)),
    ],
    table: (name: string): TableView | undefined => workload.scope.table(name),
  };
  const scope = new LazyScope(problems, outer.table, outer);
  const figure = (node: number, dimension: Dimension): Value => ({ kind: "number", node, dimension, instant: false });
  scope.define(MONEY_NAME, () => figure(architecture.cost, MONEY));
  scope.define(COUNT_NAME, () => figure(builder.constant(architecture.spec.components.length), PLAIN));
  return scope;
}
