import { suggest } from "../diagnostic/suggest.ts";
import type { Unit } from "../formula/unit.ts";
import { describeDimension, multiplyDimensions, PLAIN, sameDimension, TIME } from "../formula/unit.ts";
import type { BaseCheck } from "../model/check.ts";
import type { Definition } from "../model/definition.ts";
import { COMPONENT_KEYS } from "../scenario/component-keys.ts";
import type { ComponentTask, LinkedComponent, MeterUse } from "./component-task.ts";
import { NO_UNIT, type NumberValue, type Written } from "./linker.ts";
import { componentParameters } from "./parameters.ts";
import { interpolate, type LazyScope } from "./scope.ts";
import { serviceScope } from "./service-scope.ts";
import { lineOf, writtenAt } from "./workload.ts";

/** Links one component: parameters, the service's formulas, meters. Undefined parts were reported. */
export function linkComponent(task: ComponentTask): LinkedComponent {
  const { spec, linker, service } = task;
  const meant = unknownKeys(task);
  const definitions: Definition[] = [];
  const checks: BaseCheck[] = [];
  const count = ownNumber(task, "count", 1, checks);
  const zones = ownNumber(task, "zones", 1, checks);
  const parameters = componentParameters(task, definitions, checks, meant);
  const one = linker.builder.constant(1);
  const scopeAt = (attempts: number, told: boolean): LazyScope => {
    const { builder } = linker;
    const perCopy = builder.op("div", builder.op("mul", task.workload.throughput.node, attempts), count.node);
    const throughput: NumberValue = { ...task.workload.throughput, node: perCopy };
    return serviceScope({
      task,
      parameters,
      throughput,
      zones,
      definitions: told ? definitions : [],
      checks: told ? checks : [],
    });
  };
  const scope = scopeAt(task.attempts.node, true);
  const plain = task.attempts.node === one ? scope : scopeAt(one, false);
  const account = typeof spec.spec["account"] === "string" ? spec.spec["account"] : null;
  const meters = Object.keys(service.data.meters).flatMap((name) => {
    const use = linkMeter(task, name, { scope, plain, count, account });
    return use === undefined ? [] : [use];
  });
  return {
    name: spec.name,
    origin: task.architecture,
    spec,
    service,
    region: task.region,
    account,
    count,
    meters,
    checks,
    definitions,
    usesElapsed: parameters.usesElapsed,
    task,
    scope,
  };
}

/** Tells of keys that are no parameters. @returns the parameters that were probably meant */
function unknownKeys(task: ComponentTask): ReadonlySet<string> {
  const meant = new Set<string>();
  const allowed = [...COMPONENT_KEYS, ...Object.keys(task.service.data.parameters)];
  for (const key of Object.keys(task.spec.spec)) {
    if (allowed.includes(key)) continue;
    const near = suggest(key, allowed);
    if (near !== undefined) meant.add(near);
    const hint =
      near === undefined
        ? `${task.service.id} takes: ${Object.keys(task.service.data.parameters).join(", ")}`
        : `did you mean "${near}"?`;
    const place = task.scenario.source.place(task.spec.path(key), "key");
    task.linker.problems.error("unknown-key", `${task.service.id} has no parameter "${key}"`, place, hint);
  }
  return meant;
}

function ownNumber(task: ComponentTask, key: "count" | "zones", fallback: number, checks: BaseCheck[]): NumberValue {
  const { linker, spec, scenario, workload } = task;
  const written = spec.spec[key];
  const constant: NumberValue = {
    kind: "number",
    node: linker.builder.constant(fallback),
    dimension: PLAIN,
    instant: false,
  };
  if (typeof written !== "string" && typeof written !== "number") return constant;
  const at = writtenAt(scenario, spec.path(key), written);
  const value = linker.number(at, workload.scope, NO_UNIT, `"${key}"`);
  const month = value === undefined ? undefined : linker.month(value, at, `"${key}"`);
  if (month === undefined) return constant;
  const node = linker.builder.op("lt", linker.builder.constant(0), month.node);
  checks.push({ node, message: `"${key}" is to be above 0`, place: at.place(), level: "error" });
  return month;
}

type MeterScopes = {
  readonly scope: LazyScope;
  readonly plain: LazyScope;
  readonly count: NumberValue;
  readonly account: string | null;
};

function linkMeter(task: ComponentTask, name: string, scopes: MeterScopes): MeterUse | undefined {
  const { service, linker, spec, scenario } = task;
  const meter = service.data.meters[name];
  if (meter === undefined || !applies(task, meter.when, ["meters", name, "when"], scopes.scope)) return undefined;
  const unit = linker.unit(meter.unit);
  const key = meter.flow === undefined ? "quantity" : "flow";
  const text = meter.flow ?? meter.quantity;
  if (unit === undefined || text === undefined) {
    const message = unit === undefined ? `no unit "${meter.unit}"` : `meter "${name}" has neither flow nor quantity`;
    linker.problems.error("catalog", `${service.id}: ${message}`, service.place(["meters", name], name));
    return undefined;
  }
  const written: Written = { text, place: (span) => service.place(["meters", name, key], String(text), span) };
  const used = meterQuantity(task, written, unit, scopes.scope, key, name);
  const first = scopes.plain === scopes.scope ? used : meterQuantity(task, written, unit, scopes.plain, key, name);
  if (used === undefined || first === undefined) return undefined;
  const { builder } = linker;
  const quantity = builder.op("mul", used.quantity, scopes.count.node);
  if (builder.constantValue(quantity) === 0) return undefined;
  const priceShare = priceShareOf(task, name, scopes.scope);
  if (priceShare === "failed") return undefined;
  const [useService, useKey] = meter.use?.split("#") ?? [];
  return {
    architecture: task.architecture,
    component: spec.name,
    account: scopes.account,
    environment: task.environment?.name,
    region: task.region,
    service,
    name,
    meter,
    rateService: useService ?? service.id,
    rateKey: interpolate(useKey ?? meter.rate ?? name, scopes.scope),
    priceShare,
    planKey: meter.savings_plan === undefined ? undefined : interpolate(meter.savings_plan, scopes.scope),
    unit,
    quantity,
    firstTries: builder.op("mul", first.quantity, scopes.count.node),
    hourly: used.hourly === undefined ? undefined : builder.op("mul", used.hourly, scopes.count.node),
    formula: String(text),
    place: scenario.source.place(spec.path("service")),
    line: lineOf(scenario, spec.path()),
  };
}

/** The part of its rate that a meter pays, one figure for the month; undefined: all of it. */
function priceShareOf(task: ComponentTask, name: string, scope: LazyScope): number | "failed" | undefined {
  const { service, linker } = task;
  const text = service.data.meters[name]?.price_share;
  if (text === undefined) return undefined;
  const place: Written["place"] = (span) => service.place(["meters", name, "price_share"], String(text), span);
  const what = `${service.id}: price share of meter "${name}"`;
  const value = linker.number({ text, place }, scope, NO_UNIT, what);
  const month = value === undefined ? undefined : linker.month(value, { text, place }, what);
  return month?.node ?? "failed";
}

/** Quantity in pricing units in the month, and per hour where it flows. */
function meterQuantity(
  task: ComponentTask,
  written: Written,
  unit: Unit,
  scope: LazyScope,
  key: "flow" | "quantity",
  name: string,
): { quantity: number; hourly: number | undefined } | undefined {
  const { linker, service } = task;
  const { builder } = linker;
  const value = linker.value(written, scope);
  if (value === undefined) return undefined;
  if (value.kind !== "number") {
    linker.problems.error("wants-number", `${service.id}: meter "${name}" is to be a number`, written.place());
    return undefined;
  }
  const dimension = key === "flow" ? multiplyDimensions(value.dimension, TIME) : value.dimension;
  if (!sameDimension(dimension, unit.dimension) && value.zero !== true) {
    const message = `${service.id}: meter "${name}" gives ${describeDimension(dimension)}, its unit ${unit.text} is ${describeDimension(unit.dimension)}`;
    linker.problems.error("unit-mismatch", message, written.place());
    return undefined;
  }
  const factor = builder.constant(unit.factor);
  if (key === "quantity") {
    const month = linker.month(value, written, `${service.id}: meter "${name}"`);
    return month === undefined ? undefined : { quantity: builder.op("div", month.node, factor), hourly: undefined };
  }
  const seconds = builder.constant(linker.monthSeconds);
  const total = builder.op("mul", builder.op("mean", value.node), seconds);
  const hourly = builder.op("div", builder.op("mul", value.node, builder.constant(3600)), factor);
  return { quantity: builder.op("div", total, factor), hourly };
}

/** Whether a part with a `when:` exists; it must be known when the graph is linked. */
export function applies(
  task: ComponentTask,
  when: string | undefined,
  path: readonly string[],
  scope: LazyScope,
): boolean {
  if (when === undefined) return true;
  const { linker, service } = task;
  const written: Written = { text: when, place: (span) => service.place(path, when, span) };
  const value = linker.value(written, scope);
  if (value === undefined) return false;
  const fixed = value.kind === "boolean" ? linker.builder.constantValue(value.node) : undefined;
  if (fixed === undefined) {
    const message = `${service.id}: "when" must be decided by words (enums), not by figures`;
    linker.problems.error("catalog", message, written.place());
    return false;
  }
  return fixed === 1;
}
