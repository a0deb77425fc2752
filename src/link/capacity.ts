// Limits that a component sets itself: bought capacity, a greatest concurrency, a size times what it carries.
import type { Capacity } from "../catalog/schema.ts";
import type { Unit } from "../formula/unit.ts";
import { applies } from "./component.ts";
import type { LinkedComponent } from "./component-task.ts";
import type { NumberValue } from "./linker.ts";
import type { LinkedQuota } from "./quota.ts";
import { quotaFigure, quotaUnit } from "./quota-value.ts";
import type { LazyScope } from "./scope.ts";
import { serviceFormula } from "./service-formula.ts";

/** By the scope of their component: architectures that inherit a component share its scope. */
const known = new WeakMap<LazyScope, readonly LinkedQuota[]>();

/** The capacities that components set by parameters of their own, in the form of quotas that nobody raises. */
export function linkCapacities(components: readonly LinkedComponent[]): readonly LinkedQuota[] {
  return components.flatMap((component) => {
    const found =
      known.get(component.scope) ??
      Object.entries(component.service.data.capacities).flatMap(([name, capacity]) => {
        const given = capacity.set_by.some((parameter) => (component.spec.spec[parameter] ?? null) !== null);
        return given ? (linkCapacity(component, name, capacity) ?? []) : [];
      });
    known.set(component.scope, found);
    return found;
  });
}

function linkCapacity(component: LinkedComponent, name: string, capacity: Capacity): LinkedQuota | undefined {
  const { task, scope, service } = component;
  const { linker } = task;
  if (!applies(task, capacity.when, ["capacities", name, "when"], scope)) return undefined;
  const unit = quotaUnit(linker, capacity);
  if (unit === undefined) {
    linker.problems.error("catalog", `${service.id}: capacity "${name}" has no unit "${capacity.unit}"`);
    return undefined;
  }
  const figure = (key: "demand" | "value"): NumberValue | undefined => figureOf(component, name, key, capacity, unit);
  const seconds = linker.unit("s");
  const timed = capacity.holds !== undefined && seconds !== undefined;
  const holds = timed ? figureOf(component, name, "holds", capacity, seconds) : undefined;
  const demand = figure("demand");
  const value = figure("value");
  if (demand === undefined || value === undefined) return undefined;
  const peak = linker.builder.op("peak", demand.node);
  const held = value.instant ? inHours(component, demand.node, value.node) : value.node;
  return {
    quota: {
      title: `${component.name}: ${capacity.title}`,
      kind: capacity.kind,
      unit: capacity.unit,
      scope: "setting",
      adjustable: false,
      on_exceed: capacity.on_exceed,
      behaviour: `${capacity.behaviour === undefined ? "" : `${capacity.behaviour}; `}set by ${capacity.set_by.join(", ")}`,
    },
    unit,
    published: held,
    granted: held,
    bucket: undefined,
    grantedBucket: undefined,
    from: task.priceDay,
    assumed: false,
    evidence: undefined,
    source: "your own setting",
    through: [],
    id: `${component.name}/${name}`,
    service: service.id,
    region: component.region,
    account: component.account,
    parts: [{ component: component.name, demand: peak, spans: undefined }],
    demand: peak,
    flow: demand.node,
    existing: linker.builder.constant(0),
    holds: holds === undefined ? undefined : linker.builder.op("peak", holds.node),
  };
}

function figureOf(
  { task, scope, service }: LinkedComponent,
  name: string,
  key: "demand" | "value" | "holds",
  capacity: Capacity,
  unit: Unit,
): NumberValue | undefined {
  const text = capacity[key];
  if (text === undefined) return undefined;
  const written = serviceFormula(task, ["capacities", name, key], text);
  return quotaFigure({ linker: task.linker, unit, what: `${service.id}: ${key} of "${name}"` }, written, scope);
}

/**
 * A capacity that differs from hour to hour as one figure: the part of the greatest demand that is met in the hour in
 * which the least of its demand is.
 */
function inHours({ task }: LinkedComponent, demand: number, value: number): number {
  const { builder } = task.linker;
  const zero = builder.constant(0);
  const idle = builder.op("le", demand, zero);
  const most = builder.op("peak", builder.op("if", idle, zero, builder.op("div", demand, value)));
  return builder.op(
    "if",
    builder.op("le", most, zero),
    builder.op("peak", value),
    builder.op("div", builder.op("peak", demand), most),
  );
}
