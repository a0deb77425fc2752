import type { Span } from "../diagnostic/diagnostic.ts";
import { lineColumn } from "../diagnostic/render.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { type Dimension, divideDimensions, PLAIN, TIME } from "../formula/unit.ts";
import type { TableView, Value } from "../formula/value.ts";
import type { Scenario } from "../scenario/read.ts";
import type { VariableSpec } from "../scenario/schema.ts";
import type { Definition } from "./definition.ts";
import { type Linker, NO_UNIT, type NumberValue, namesIn, type Unit, type Written } from "./linker.ts";
import { LazyScope } from "./scope.ts";

/** What is chosen on the command line, before anything is linked. */
export type Choices = {
  /** variable -> literal or word, from `--set` */
  readonly set: ReadonlyMap<string, string>;
  /** 1: the load of the scenario */
  readonly load: number;
};

/** The names every formula of the scenario may use, and the figures of the workload. */
export type WorkloadScope = {
  readonly scope: LazyScope;
  readonly definitions: Definition[];
  /** units of work per second, an instant */
  readonly throughput: NumberValue;
  /** units of work in the month */
  readonly work: NumberValue;
  readonly driver: string;
  readonly driverNode: number;
  /** whether a formula has asked for the hour or the weekday */
  readonly asked: { readonly hours: boolean };
};

const PER_TIME: Dimension = divideDimensions(PLAIN, TIME);

export function writtenAt(
  scenario: Scenario,
  path: readonly (string | number)[],
  text: string | number | boolean,
): Written {
  const { source } = scenario;
  return { text, place: (span?: Span) => (span === undefined ? source.place(path) : source.placeIn(path, span)) };
}

/** `file:line` of a path of the scenario. */
export function lineOf(scenario: Scenario, path: readonly (string | number)[]): string {
  const place = scenario.source.place(path, "key");
  return `${place.file}:${lineColumn(place.text, place.span.start).line}`;
}

/** Links variables and the workload. */
export function workloadScope(
  scenario: Scenario,
  choices: Choices,
  linker: Linker,
  tables: (name: string) => TableView | undefined,
): WorkloadScope {
  const scope = new LazyScope(linker.problems, tables);
  const definitions: Definition[] = [];
  const { workload, variables } = scenario.data;
  unknownChoices(choices, scenario, linker);
  for (const [name, written] of Object.entries(variables)) {
    const spec: VariableSpec = typeof written === "object" ? written : { value: written };
    const path = ["variables", name];
    const make = () =>
      linkVariable({ name, spec, bare: typeof written !== "object", scenario, choices, linker, scope, definitions });
    scope.define(name, make, () => scenario.source.place(path));
  }
  for (const name of Object.keys(variables)) scope.value(name);
  const driver = scope.value(workload.driver);
  const path = ["workload", "throughput"];
  const given = linker.number(writtenAt(scenario, path, workload.throughput), scope, perTime(), "throughput");
  // After a fault linking goes on with something in its place, so that the faults of the components are told as well.
  const base = given ?? { kind: "number", node: linker.builder.constant(1), dimension: PER_TIME, instant: false };
  if (driver !== undefined && driver !== "failed" && driver.kind !== "number") {
    linker.problems.error(
      "wants-number",
      "the driver is to be a number",
      scenario.source.place(["workload", "driver"]),
    );
  }
  const driverText = variables[workload.driver];
  const driverPath =
    typeof driverText === "object"
      ? ["variables", workload.driver, driverText.value === undefined ? "typical" : "value"]
      : ["variables", workload.driver];
  const written = typeof driverText === "object" ? (driverText.value ?? driverText.typical) : driverText;
  const tree = written === undefined ? undefined : linker.parse(writtenAt(scenario, driverPath, written));
  if (tree !== undefined && namesIn(tree).length > 0) {
    const message = `the driver "${workload.driver}" is to be a figure of its own, not a formula of others: it is what the load scales`;
    linker.problems.error("driver-formula", message, scenario.source.place(driverPath));
  }
  const driverNode = driver !== undefined && driver !== "failed" && driver.kind === "number" ? driver.node : base.node;
  const { builder } = linker;
  const weight = builder.slot("weight");
  const throughput: NumberValue = { ...base, node: builder.op("mul", base.node, weight), instant: true };
  const month = builder.constant(linker.monthSeconds);
  const work: NumberValue = {
    kind: "number",
    node: builder.op("mul", builder.op("mean", throughput.node), month),
    dimension: PLAIN,
    instant: false,
  };
  const builtIn: Record<string, Value> = { throughput, work };
  for (const [name, value] of Object.entries(builtIn)) scope.define(name, () => value);
  const asked = { hours: false };
  for (const field of ["hour", "weekday"] as const) {
    scope.define(field, () => {
      asked.hours = true;
      return { kind: "number", node: builder.slot(field), dimension: PLAIN, instant: true };
    });
  }
  definitions.push(
    builtInDefinition("throughput", throughput, "1/s", String(workload.throughput), linker, lineOf(scenario, path)),
  );
  definitions.push(builtInDefinition("work", work, "", "total(throughput)", linker, undefined));
  return { scope, definitions, throughput, work, driver: workload.driver, driverNode, asked };
}

function perTime(): Unit {
  return { text: "1 / s", factor: 1, dimension: PER_TIME };
}

function builtInDefinition(
  name: string,
  value: NumberValue,
  unit: string,
  formula: string,
  linker: Linker,
  place: string | undefined,
): Definition {
  return {
    address: name,
    name,
    node: linker.builder.op("mean", value.node),
    text: undefined,
    instant: value.instant,
    dimension: value.dimension,
    unit,
    formula,
    origin: "built-in",
    place,
    status: "given",
    reason: undefined,
    low: undefined,
    high: undefined,
    scope: [""],
  };
}

function unknownChoices(choices: Choices, scenario: Scenario, linker: Linker): void {
  const names = Object.keys(scenario.data.variables);
  for (const name of choices.set.keys()) {
    if (names.includes(name)) continue;
    const near = suggest(name, names);
    const hint = near === undefined ? `variables: ${names.join(", ")}` : `did you mean "${near}"?`;
    linker.problems.error(
      "unknown-variable",
      `--set: no variable "${name}" in ${scenario.source.file}`,
      undefined,
      hint,
    );
  }
}

type VariableTask = {
  readonly name: string;
  readonly spec: VariableSpec;
  readonly bare: boolean;
  readonly scenario: Scenario;
  readonly choices: Choices;
  readonly linker: Linker;
  readonly scope: LazyScope;
  readonly definitions: Definition[];
};

function linkVariable(task: VariableTask): Value | undefined {
  const { name, spec, scenario, choices, linker, scope } = task;
  const chosen = choices.set.get(name);
  const key = spec.value === undefined ? "typical" : "value";
  const path = task.bare ? ["variables", name] : ["variables", name, key];
  const own = spec.value ?? spec.typical;
  if (own === undefined) return undefined;
  const written: Written =
    chosen === undefined
      ? writtenAt(scenario, path, own)
      : {
          text: chosen,
          place: (span) => ({ file: `--set ${name}`, text: chosen, span: span ?? { start: 0, end: chosen.length } }),
        };
  if (spec.one_of !== undefined) return linkWord(task, written);
  const unit = linker.unit(spec.unit);
  if (unit === undefined) {
    linker.problems.error("unknown-unit", `no unit "${spec.unit}"`, scenario.source.place(["variables", name, "unit"]));
    return undefined;
  }
  const value =
    spec.unit === undefined
      ? anyNumber(written, linker, scope, name)
      : linker.number(written, scope, unit, `"${name}"`);
  if (value === undefined) return undefined;
  const expr = linker.parse(written);
  const derived = expr !== undefined && namesIn(expr).length > 0;
  const input = derived ? value : asInput(name, value, task);
  task.definitions.push(definitionOf(task, input, written, unit.text));
  return input;
}

function anyNumber(written: Written, linker: Linker, scope: LazyScope, name: string): NumberValue | undefined {
  const value = linker.value(written, scope);
  if (value === undefined || value.kind === "number") return value;
  const hint = value.kind === "text" ? "a variable that is a word lists its choices: one_of: [...]" : undefined;
  linker.problems.error("wants-number", `"${name}" is to be a number`, written.place(), hint);
  return undefined;
}

/** A variable that is a figure of its own (not a formula of others) becomes an input of the graph; the driver carries the load. */
function asInput(name: string, value: NumberValue, task: VariableTask): NumberValue {
  const { builder } = task.linker;
  const constant = builder.constantValue(value.node);
  if (constant === undefined) return value;
  const scale = name === task.scenario.data.workload.driver ? task.choices.load : 1;
  return { kind: "number", node: builder.input(name, constant * scale), dimension: value.dimension, instant: false };
}

function linkWord(task: VariableTask, written: Written): Value | undefined {
  const { spec, name, linker } = task;
  const options = spec.one_of ?? [];
  const text = String(written.text);
  if (!options.includes(text)) {
    const near = suggest(text, options);
    const hint = near === undefined ? `allowed: ${options.join(", ")}` : `did you mean "${near}"?`;
    linker.problems.error("unknown-word", `"${text}" is none of the choices of "${name}"`, written.place(), hint);
    return undefined;
  }
  const origin = task.choices.set.has(name) ? "command" : "scenario";
  task.definitions.push({ ...definitionOf(task, undefined, written, ""), text, origin });
  return { kind: "text", text, options };
}

function definitionOf(task: VariableTask, value: NumberValue | undefined, written: Written, unit: string): Definition {
  const { name, spec, scenario, choices } = task;
  const set = choices.set.has(name);
  const ranged = spec.low !== undefined || spec.high !== undefined || spec.p10 !== undefined || spec.p90 !== undefined;
  return {
    address: name,
    name,
    node: value?.node,
    text: undefined,
    instant: value?.instant ?? false,
    dimension: value?.dimension ?? PLAIN,
    unit,
    formula: String(written.text),
    origin: set ? "command" : "scenario",
    place: set ? `--set ${name}` : lineOf(scenario, ["variables", name]),
    status: spec.status ?? (ranged ? "assumed" : "given"),
    reason: spec.reason ?? spec.doc,
    low: bound(task, "low", unit) ?? bound(task, "p10", unit),
    high: bound(task, "high", unit) ?? bound(task, "p90", unit),
    scope: [""],
  };
}

/** An end of the range in base units; it must be a figure without names. */
function bound(task: VariableTask, key: "low" | "high" | "p10" | "p90", unitText: string): number | undefined {
  const { spec, name, scenario, linker, scope } = task;
  const text = spec[key];
  if (text === undefined) return undefined;
  const unit = linker.unit(unitText === "" ? undefined : unitText) ?? NO_UNIT;
  const written = writtenAt(scenario, ["variables", name, key], text);
  const value =
    unitText === "" ? anyNumber(written, linker, scope, name) : linker.number(written, scope, unit, `"${key}"`);
  if (value === undefined) return undefined;
  const constant = linker.builder.constantValue(value.node);
  if (constant === undefined)
    linker.problems.error("wants-constant", `"${key}" is to be a figure, not a formula`, written.place());
  return constant;
}
