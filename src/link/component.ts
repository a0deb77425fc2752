import { suggest } from "../diagnostic/suggest.ts";
import { totalOf } from "../formula/over-month.ts";
import type { Unit } from "../formula/unit.ts";
import { describeDimension, multiplyDimensions, PLAIN, sameDimension, TIME } from "../formula/unit.ts";
import type { Value } from "../formula/value.ts";
import type { BaseCheck } from "../model/check.ts";
import type { Definition } from "../model/definition.ts";
import { COMPONENT_KEYS } from "../scenario/component-keys.ts";
import type { ComponentTask, LinkedComponent, MeterUse } from "./component-task.ts";
import { isFilling } from "./horizon.ts";
import { NO_UNIT, type NumberValue, type Written } from "./linker.ts";
import { componentParameters } from "./parameters.ts";
import type { LazyScope } from "./scope.ts";
import { serviceFormula } from "./service-formula.ts";
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
  const scopeAt = (attempts: number, reports: boolean): LazyScope => {
    const { builder } = linker;
    const perCopy = builder.op("div", builder.op("mul", task.workload.throughput.node, attempts), count.node);
    const throughput: NumberValue = { ...task.workload.throughput, node: perCopy };
    return serviceScope({
      task,
      parameters,
      throughput,
      zones,
      definitions: reports ? definitions : [],
      checks: reports ? checks : [],
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
    spec,
    service,
    region: task.region,
    account,
    count,
    size: sizeOf(task, scope, count),
    meters,
    checks,
    definitions,
    usesElapsed: isFilling(task, scope),
    task,
    scope,
  };
}

function sizeOf(task: ComponentTask, scope: LazyScope, count: NumberValue): number | undefined {
  const { linker, service } = task;
  const { size } = service.data;
  if (size === undefined) return undefined;
  const value = linker.value(serviceFormula(task, ["size"], size), scope);
  if (value?.kind !== "number") return undefined;
  return linker.builder.op("mul", linker.builder.op("peak", value.node), count.node);
}

/** Reports of keys that are no parameters. @returns the parameters that were probably meant */
function unknownKeys(task: ComponentTask): ReadonlySet<string> {
  const { service, spec, scenario, linker } = task;
  const { parameters } = service.data;
  const given = Object.keys(spec.spec);
  const allowed = [...COMPONENT_KEYS, ...Object.keys(parameters)];
  const free = allowed.filter((key) => !given.includes(key));
  const meant = new Set<string>();
  for (const key of given.filter((own) => !allowed.includes(own))) {
    const wanted = requiredOf(task).filter((name) => !meant.has(name));
    const renamed = renamedTo(task, key);
    const near =
      renamed?.name ?? suggest(key, free) ?? wanted.find((name) => name.includes(key)) ?? suggest(key, allowed);
    // What is written under another name is not missing too.
    const only = wanted.length === 1 ? wanted[0] : undefined;
    const one = near ?? only;
    if (one !== undefined) meant.add(one);
    const takes = `${service.id} takes: ${Object.keys(parameters).join(", ")}`;
    const needs = only === undefined ? takes : `it needs "${only}": ${parameters[only]?.doc}\n${takes}`;
    const hint = renamed?.hint ?? (near === undefined ? needs : `did you mean "${near}"?`);
    const place = scenario.source.place(spec.path(key), "key");
    linker.problems.error("unknown-key", `${service.id} has no parameter "${key}"`, place, hint);
  }
  return meant;
}

/** Parameters without a default that the component does not give. */
function requiredOf({ service, spec }: ComponentTask): readonly string[] {
  return Object.entries(service.data.parameters).flatMap(([name, { default: fallback }]) =>
    fallback === undefined && (spec.spec[name] ?? null) === null ? [name] : [],
  );
}

/** The parameter that a key of old stands for today, with the words to write. */
function renamedTo({ service, spec }: ComponentTask, key: string): { name: string; hint: string } | undefined {
  for (const [name, { formerly }] of Object.entries(service.data.parameters)) {
    const words = formerly !== undefined && Object.hasOwn(formerly, key) ? formerly[key] : undefined;
    if (words === undefined) continue;
    const now = words[String(spec.spec[key])] ?? Object.values(words).join(" or ");
    return { name, hint: `it is now called ${name}: write ${name}: ${now}` };
  }
  return undefined;
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
  const kind = meter.flow === undefined ? "quantity" : "flow";
  const text = meter.flow ?? meter.quantity;
  if (unit === undefined || text === undefined) {
    const message = unit === undefined ? `no unit "${meter.unit}"` : `meter "${name}" has neither flow nor quantity`;
    linker.problems.error("catalog", `${service.id}: ${message}`, service.place(["meters", name], name));
    return undefined;
  }
  const written = serviceFormula(task, ["meters", name, kind], text);
  const used = meterQuantity(task, written, unit, scopes.scope, kind, name);
  const first = scopes.plain === scopes.scope ? used : meterQuantity(task, written, unit, scopes.plain, kind, name);
  if (used === undefined || first === undefined) return undefined;
  const { builder } = linker;
  const quantity = builder.op("mul", used.quantity, scopes.count.node);
  if (builder.constantValue(quantity) === 0) return undefined;
  const priceShare = priceShareOf(task, name, scopes.scope);
  if (priceShare === "failed") return undefined;
  const [useService, useKey] = meter.use?.split("#") ?? [];
  const key = rateKey(task, name, useKey ?? meter.rate ?? name, scopes.scope);
  if (key === undefined) return undefined;
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
    rateKey: key,
    priceShare,
    planKey: meter.savings_plan === undefined ? undefined : rateKey(task, name, meter.savings_plan, scopes.scope),
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
  const written = serviceFormula(task, ["meters", name, "price_share"], text);
  const what = `${service.id}: price share of meter "${name}"`;
  const value = linker.number(written, scope, NO_UNIT, what);
  const month = value === undefined ? undefined : linker.month(value, written, what);
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
  const total = totalOf(builder, value.node, linker.monthSeconds);
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
  const written = serviceFormula(task, path, when);
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

/**
 * Puts the words of enum parameters into a rate key: `compute_{architecture}`.
 * @returns undefined where one of them has a fault: there is then no price to look for
 */
function rateKey(task: ComponentTask, meter: string, template: string, scope: LazyScope): string | undefined {
  const { linker, service } = task;
  let failed = false;
  const key = template.replace(/\{([a-z][a-z0-9_]*)\}/g, (_, name: string) => {
    const value: Value | "failed" | undefined = scope.value(name);
    if (value !== undefined && value !== "failed" && value.kind === "text") return value.text;
    failed = true;
    if (value === "failed") return "";
    const message = `${service.id}: the rate of meter "${meter}" wants a word, "${name}" is none`;
    linker.problems.error("catalog", message, service.place(["meters", meter], template));
    return "";
  });
  return failed ? undefined : key;
}
