import type { DatedConstant } from "../catalog/schema.ts";
import { meanOf, totalOf } from "../formula/over-month.ts";
import { PLAIN } from "../formula/unit.ts";
import type { Value } from "../formula/value.ts";
import type { BaseCheck } from "../model/check.ts";
import type { Definition } from "../model/definition.ts";
import type { ComponentTask } from "./component-task.ts";
import { copiesIn } from "./environment.ts";
import { elapsedOrFull, heldFor } from "./horizon.ts";
import { NO_UNIT, type NumberValue, type Written } from "./linker.ts";
import { type GivenParameters, keptName, parameterDefinition, rangeChecks } from "./parameters.ts";
import { interpolate, LazyScope } from "./scope.ts";
import { serviceFormula } from "./service-formula.ts";

export type ServiceScopeParts = {
  readonly task: ComponentTask;
  readonly parameters: GivenParameters;
  /** units of work per second that one copy sees */
  readonly throughput: NumberValue;
  readonly zones: NumberValue;
  readonly definitions: Definition[];
  readonly checks: BaseCheck[];
};

/** The names that the formulas of a service may use, for one component. */
export function serviceScope(parts: ServiceScopeParts): LazyScope {
  const { task, parameters, throughput } = parts;
  const { linker, workload, service } = task;
  const { builder } = linker;
  const scope = new LazyScope(linker.problems, (name) => workload.scope.table(name));
  const work: NumberValue = {
    kind: "number",
    node: totalOf(builder, throughput.node, linker.monthSeconds),
    dimension: PLAIN,
    instant: false,
  };
  const fixed: Record<string, Value | "failed" | undefined> = {
    throughput,
    work,
    zones: parts.zones,
    region: { kind: "text", text: task.region },
  };
  if (throughput.node !== workload.throughput.node) {
    const each = "work of the architecture x attempts / count";
    define(parts, "throughput", throughput, each, "", "what one copy sees");
    define(parts, "work", work, "total(throughput)", "", undefined);
  }
  for (const [name, value] of Object.entries(fixed)) {
    scope.define(name, () => (value === "failed" ? undefined : value));
  }
  for (const field of ["hour", "weekday"]) {
    scope.define(field, () => {
      const value = workload.scope.value(field);
      return value === "failed" ? undefined : value;
    });
  }
  scope.define("elapsed", () => elapsedOrFull(task));
  for (const [name, value] of parameters) scope.define(name, () => (value === "failed" ? undefined : value));
  for (const [name, { runs }] of Object.entries(service.data.parameters)) {
    if (parameters.has(name)) continue;
    scope.define(name, () => linkDefault(parts, name, scope));
    if (runs !== undefined) scope.define(keptName(name), () => linkDefault(parts, name, scope, true));
  }
  for (const name of Object.keys(service.data.constants)) scope.define(name, () => linkConstant(parts, name, scope));
  for (const [name, text] of Object.entries(service.data.let)) {
    const written = serviceFormula(task, ["let", name], text);
    scope.define(
      name,
      () => linkLet(parts, name, written, scope),
      () => written.place(),
    );
  }
  linkChecks(parts, scope);
  return scope;
}

function linkDefault(parts: ServiceScopeParts, name: string, scope: LazyScope, kept = false): Value | undefined {
  const { task } = parts;
  const parameter = task.service.data.parameters[name];
  if (parameter?.default === undefined) return undefined;
  const { companionOf } = task;
  const beside = parameter.default_beside;
  const isBeside =
    beside !== undefined && companionOf.length > 0 && companionOf.every((id) => beside.services.includes(id));
  const text = isBeside ? beside.value : parameter.default;
  const path = ["parameters", name, ...(isBeside ? ["default_beside", "value"] : ["default"])];
  const written = serviceFormula(task, path, text);
  const options = parameter.one_of ?? (parameter.table === undefined ? undefined : scope.table(parameter.table)?.keys);
  const unit = task.linker.unit(parameter.unit) ?? NO_UNIT;
  const linked: Value | undefined =
    options !== undefined
      ? { kind: "text", text: String(text), options }
      : task.linker.number(written, scope, unit, `"${name}"`);
  if (linked === undefined) return undefined;
  const range = defaultRange(parts, name, scope);
  const assumed = range === undefined ? linked : rangedDefault(task, name, linked);
  const value = copiesIn(task, name, assumed, () => assumed, kept);
  if (kept) return value;
  const held = heldFor(task, parameter, { value, formula: String(text) });
  parts.definitions.push({
    ...parameterDefinition({
      task,
      name,
      parameter,
      ...held,
      origin: "default",
      place: undefined,
    }),
    ...range,
  });
  if (value.kind === "number") {
    const checks = rangeChecks(task, name, parameter, value, written);
    parts.checks.push(...checks.map((check): BaseCheck => ({ ...check, derived: true })));
  }
  return held.value;
}

/** The range that a default may lie in: it is then an assumption. */
function defaultRange(parts: ServiceScopeParts, name: string, scope: LazyScope) {
  const { linker, service } = parts.task;
  const parameter = service.data.parameters[name];
  if (parameter?.low === undefined || parameter.high === undefined) return undefined;
  const unit = linker.unit(parameter.unit) ?? NO_UNIT;
  const end = (key: "low" | "high"): number | undefined => {
    const text = parameter[key];
    if (text === undefined) return undefined;
    const path = ["parameters", name, key];
    const written = serviceFormula(parts.task, path, text);
    const value = linker.number(written, scope, unit, `"${name}"`);
    return value === undefined ? undefined : linker.builder.constantValue(value.node);
  };
  const market = parameter.market && `${interpolate(parameter.market, scope)}@${parts.task.region}`;
  const ends = { status: "assumed" as const, low: end("low"), high: end("high") };
  return market === undefined ? ends : { ...ends, market };
}

/** An assumed default is an input, so that it can be varied. One of 0 stays a constant: what it would bill needs no price. */
function rangedDefault(task: ComponentTask, name: string, value: Value): Value {
  const constant = value.kind === "number" ? task.linker.builder.constantValue(value.node) : undefined;
  if (value.kind !== "number" || constant === undefined || constant === 0) return value;
  return { ...value, node: task.linker.builder.input(`${task.architecture}.${task.spec.name}.${name}`, constant) };
}

function linkConstant(parts: ServiceScopeParts, name: string, scope: LazyScope): Value | undefined {
  const { task } = parts;
  const constant = task.service.data.constants[name];
  const dated = constant === undefined ? undefined : valueOn(constant.values, task.priceDay);
  if (constant === undefined || dated === undefined) return undefined;
  const path = ["constants", name];
  const written = serviceFormula(task, path, dated.value);
  const unit = task.linker.unit(constant.unit);
  if (unit === undefined) {
    task.linker.problems.error("catalog", `${task.service.id}: no unit "${constant.unit}"`, written.place());
    return undefined;
  }
  const value =
    constant.unit === undefined
      ? task.linker.value(written, scope)
      : task.linker.number(written, scope, unit, `"${name}"`);
  if (value !== undefined) define(parts, name, value, String(dated.value), constant.unit ?? "", constant.doc);
  return value;
}

/** The value of a dated rule on a day: the latest that has begun, else the earliest known. */
function valueOn(values: readonly DatedConstant[], day: string): DatedConstant | undefined {
  const sorted = [...values].sort((a, b) => (a.from < b.from ? -1 : 1));
  return sorted.filter((value) => value.from <= day).at(-1) ?? sorted[0];
}

function linkLet(parts: ServiceScopeParts, name: string, written: Written, scope: LazyScope): Value | undefined {
  const value = parts.task.linker.value(written, scope);
  if (value !== undefined) define(parts, name, value, String(written.text), "", undefined);
  return value;
}

function define(
  parts: ServiceScopeParts,
  name: string,
  value: Value,
  formula: string,
  unit: string,
  doc: string | undefined,
): void {
  const { task, definitions } = parts;
  const prefix = `${task.architecture}.${task.spec.name}`;
  const number = value.kind === "number" ? value : undefined;
  definitions.push({
    address: `${prefix}.${name}`,
    name,
    node: number === undefined ? undefined : meanOf(task.linker.builder, number.node),
    text: value.kind === "text" ? value.text : undefined,
    hourly: number?.instant === true ? number.node : undefined,
    dimension: number?.dimension ?? PLAIN,
    unit,
    formula,
    origin: "service",
    place: undefined,
    status: "given",
    reason: doc,
    low: undefined,
    high: undefined,
    range: undefined,
    scope: [...new Set([`${prefix}.`, task.workload.prefix, ""])],
  });
}

function linkChecks(parts: ServiceScopeParts, scope: LazyScope): void {
  const { task } = parts;
  const { linker, service, spec, scenario } = task;
  service.data.checks.forEach((check, index) => {
    const path = ["checks", String(index), "assert"];
    const at = serviceFormula(task, path, check.assert);
    if (check.when !== undefined) {
      const when = linker.value(serviceFormula(task, ["checks", String(index), "when"], check.when), scope);
      if (when?.kind !== "boolean" || linker.builder.constantValue(when.node) !== 1) return;
    }
    const value = linker.value(at, scope);
    if (value === undefined) return;
    if (value.kind !== "boolean") {
      linker.problems.error("catalog", `${service.id}: a check is to be a condition`, at.place());
      return;
    }
    // True in every hour: the least over the month is 1.
    const always = linker.builder.op("neg", linker.builder.op("peak", linker.builder.op("neg", value.node)));
    parts.checks.push({
      node: always,
      message: `${spec.name}: ${check.message}`,
      place: scenario.source.place(spec.path("service")),
      level: check.level === "warning" ? "warning" : "infeasible",
    });
  });
}
