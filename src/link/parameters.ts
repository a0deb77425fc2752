import type { Parameter } from "../catalog/schema.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { meanOf } from "../formula/over-month.ts";
import type { Unit } from "../formula/unit.ts";
import { PLAIN } from "../formula/unit.ts";
import type { Value } from "../formula/value.ts";
import type { BaseCheck } from "../model/check.ts";
import type { Definition, Origin } from "../model/definition.ts";
import type { ComponentTask } from "./component-task.ts";
import { copiesIn, copiesWords } from "./environment.ts";
import { elapsed, FOREVER, heldFor } from "./horizon.ts";
import { NO_UNIT, type NumberValue, type Written } from "./linker.ts";
import { LazyScope } from "./scope.ts";
import { serviceFormula } from "./service-formula.ts";
import { lineOf, writtenAt } from "./workload.ts";

/** Parameters that the scenario gives, linked; the others are left to the service's defaults. */
export type GivenParameters = ReadonlyMap<string, Value | "failed">;

/** Links what a component says of its service's parameters, in the scenario's scope. */
export function componentParameters(
  task: ComponentTask,
  definitions: Definition[],
  checks: BaseCheck[],
  misspelt: ReadonlySet<string>,
): GivenParameters {
  const values = new Map<string, Value | "failed">();
  for (const [name, parameter] of Object.entries(task.service.data.parameters)) {
    const given = task.spec.spec[name];
    if (given === undefined || given === null) {
      if (parameter.default === undefined && !misspelt.has(name)) missing(task, name, parameter);
      if (parameter.default === undefined) values.set(name, "failed");
      continue;
    }
    if (typeof given !== "string" && typeof given !== "number" && typeof given !== "boolean") continue;
    const written = writtenAt(task.scenario, task.spec.path(name), given);
    const here = linkParameter(task, name, parameter, written);
    const copies = (kept: boolean): Value | undefined =>
      here === undefined ? undefined : copiesIn(task, name, here, () => elsewhere(task, name, written), kept);
    const value = copies(false);
    const held = value === undefined ? undefined : heldFor(task, parameter, { value, formula: String(given) });
    values.set(name, held?.value ?? "failed");
    if (parameter.runs !== undefined) values.set(keptName(name), copies(true) ?? "failed");
    if (value === undefined || held === undefined) continue;
    const place = `${lineOf(task.scenario, task.spec.path(name))}${copiesWords(task, name)}`;
    definitions.push(parameterDefinition({ task, name, parameter, ...held, origin: "scenario", place }));
    if (value.kind === "number") {
      const ranges = rangeChecks(task, name, parameter, value, written);
      if (ranges.some((check) => isBroken(task, check))) values.set(name, "failed");
      else checks.push(...ranges);
    }
  }
  return values;
}

/** What formulas call a parameter of running copies with those that a schedule has switched off. */
export function keptName(parameter: string): string {
  return `kept_${parameter}`;
}

/** A parameter in the scenario's own workload, where this component is in another environment. */
function elsewhere(task: ComponentTask, name: string, written: Written): Value | undefined {
  const parameter = task.service.data.parameters[name];
  const base = task.environment?.load?.base;
  if (parameter === undefined || base === undefined) return undefined;
  return linkParameter({ ...task, workload: base }, name, parameter, written);
}

function missing(task: ComponentTask, name: string, parameter: Parameter): void {
  const unit = parameter.unit === undefined ? "" : ` (in ${parameter.unit})`;
  const place = task.scenario.source.place(task.spec.path("service"));
  task.linker.problems.error("missing-parameter", `${task.service.id} needs "${name}"${unit}: ${parameter.doc}`, place);
}

/** The value of a parameter as written in the scenario. */
function linkParameter(task: ComponentTask, name: string, parameter: Parameter, written: Written): Value | undefined {
  const { linker, workload, service } = task;
  if (parameter.one_of !== undefined) return linkWord(task, name, String(written.text), parameter.one_of, written);
  if (parameter.table !== undefined) {
    const keys = workload.scope.table(parameter.table)?.keys ?? [];
    return linkWord(task, name, String(written.text), keys, written, parameter.table);
  }
  const unit = linker.unit(parameter.unit);
  if (unit === undefined) {
    linker.problems.error(
      "catalog",
      `${service.id}: no unit "${parameter.unit}"`,
      service.place(["parameters", name], name),
    );
    return undefined;
  }
  if (parameter.forever === true) {
    if (written.text === "forever") return elapsed(task);
    if (FOREVER.test(String(written.text))) return asLongAs(task, written, unit, name);
    if (isForeverMisspelt(written, workload.scope.names())) {
      const message = `no name "${written.text}" here`;
      linker.problems.error("unknown-name", message, written.place(), 'did you mean "forever"?');
      return undefined;
    }
  }
  const value = linker.number(written, workload.scope, unit, `"${name}"`);
  if (value === undefined || parameter.instant === true) return value;
  return linker.month(value, written, `"${name}"`);
}

/** A formula of `forever`, such as min(forever, 90 day): data that is kept until a lever's rule deletes it. */
function asLongAs(task: ComponentTask, written: Written, unit: Unit, name: string): NumberValue | undefined {
  const { linker, workload } = task;
  const scope = new LazyScope(linker.problems, (table) => workload.scope.table(table), workload.scope);
  scope.define("forever", () => elapsed(task));
  const value = linker.number(written, scope, unit, `"${name}"`);
  return value === undefined ? undefined : linker.month(value, written, `"${name}"`);
}

function isForeverMisspelt({ text }: Written, names: readonly string[]): boolean {
  const word = String(text);
  return /^[a-z_]+$/.test(word) && !names.includes(word) && suggest(word, ["forever", ...names]) === "forever";
}

function linkWord(
  task: ComponentTask,
  name: string,
  text: string,
  options: readonly string[],
  written: Written,
  table?: string,
): Value | undefined {
  const variable = task.workload.scope.value(text);
  if (variable === "failed") return undefined;
  if (variable?.kind === "text" && options.includes(text)) {
    const message = `"${text}" is a word that "${name}" can be, and a variable`;
    task.linker.problems.error("two-meanings", message, written.place(), "give the variable another name");
    return undefined;
  }
  const word = variable?.kind === "text" ? variable.text : text;
  if (options.includes(word)) return { kind: "text", text: word, options };
  const near = suggest(word, options);
  const { doc } = task.service.data.parameters[name] ?? {};
  const shown = options.length <= 24 ? `allowed: ${options.join(", ")}\n${name}: ${doc}` : undefined;
  const hint = near === undefined ? shown : `did you mean "${near}"?`;
  const row =
    table === undefined ? undefined : `a row of the table "${table}" and a price of your own add it: docs/pricing.md`;
  const hints = [hint, row].filter((line) => line !== undefined).join("\n");
  const help = hints === "" ? undefined : hints;
  task.linker.problems.error("unknown-word", `"${name}" cannot be "${word}"`, written.place(), help);
  return undefined;
}

/** Conditions that least, greatest and whole values put on the base case. */
export function rangeChecks(
  task: ComponentTask,
  name: string,
  parameter: Parameter,
  value: NumberValue,
  written: Written,
): readonly BaseCheck[] {
  const { linker, service } = task;
  const { builder } = linker;
  const unit = linker.unit(parameter.unit) ?? NO_UNIT;
  const checks: BaseCheck[] = [];
  const add = (node: number, message: string): void => {
    checks.push({ node, message: `${service.id}: "${name}" ${message}`, place: written.place(), level: "error" });
  };
  // A default names other parameters; those of `min` and `max` are figures.
  const boundOf = (key: "min" | "max"): NumberValue | undefined => {
    const text = parameter[key];
    if (text === undefined) return undefined;
    const at = serviceFormula(task, ["parameters", name, key], text);
    return linker.number(at, task.workload.scope, unit, `"${name}"`);
  };
  const least = boundOf("min");
  const greatest = boundOf("max");
  const low = builder.op("neg", builder.op("peak", builder.op("neg", value.node)));
  const high = builder.op("peak", value.node);
  if (least !== undefined) add(builder.op("le", least.node, low), `is at least ${parameter.min}`);
  if (greatest !== undefined) add(builder.op("le", high, greatest.node), `is at most ${parameter.max}`);
  if (parameter.integer === true) add(builder.op("eq", builder.op("round", high), high), "is to be a whole number");
  return checks;
}

/** Reports a figure that is out of range whatever the case: what is made of it is then not linked. */
function isBroken({ linker }: ComponentTask, { node, message, place }: BaseCheck): boolean {
  const broken = linker.builder.constantValue(node) === 0;
  if (broken) linker.problems.error("out-of-range", message, place);
  return broken;
}

type DefinitionParts = {
  readonly task: ComponentTask;
  readonly name: string;
  readonly parameter: Parameter;
  readonly value: Value;
  readonly formula: string;
  readonly origin: Origin;
  readonly place: string | undefined;
};

export function parameterDefinition(parts: DefinitionParts): Definition {
  const { task, name, parameter, value, origin } = parts;
  const prefix = `${task.architecture}.${task.spec.name}`;
  const number = value.kind === "number" ? value : undefined;
  return {
    address: `${prefix}.${name}`,
    name,
    node: number === undefined ? undefined : meanOf(task.linker.builder, number.node),
    text: value.kind === "text" ? value.text : undefined,
    hourly: number?.instant === true ? number.node : undefined,
    dimension: number?.dimension ?? PLAIN,
    unit: parameter.unit ?? "",
    formula: parts.formula,
    origin,
    place: parts.place,
    status: origin === "default" ? "default" : "given",
    reason: parameter.doc,
    low: undefined,
    high: undefined,
    range: undefined,
    scope: [...new Set([...(origin === "scenario" ? [] : [`${prefix}.`]), task.workload.prefix, ""])],
  };
}
