import type { Span } from "../diagnostic/diagnostic.ts";
import { lineColumn } from "../diagnostic/render.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { namesIn } from "../formula/names.ts";
import { meanOf, totalOf } from "../formula/over-month.ts";
import type { Unit } from "../formula/unit.ts";
import { type Dimension, divideDimensions, PLAIN, TIME } from "../formula/unit.ts";
import type { TableView, Value } from "../formula/value.ts";
import type { Definition } from "../model/definition.ts";
import type { Scenario } from "../scenario/read.ts";
import type { VariableSpec } from "../scenario/schema.ts";
import type { Linker, NumberValue, Written } from "./linker.ts";
import { hasRange, linkRange } from "./range.ts";
import { LazyScope } from "./scope.ts";
import { linkSeason, type Season } from "./season.ts";

/** What is chosen on the command line, before anything is linked. */
export type Choices = {
  /** variable -> literal or word, from `--set` */
  readonly set: ReadonlyMap<string, string>;
  /** 1: the load of the scenario */
  readonly load: number;
};

/** What sets the workload of an environment apart from that of the scenario. */
export type EnvironmentLoad = {
  readonly name: string;
  /** the scenario's own workload */
  readonly base: WorkloadScope;
  /** share of the load that it sees */
  readonly load: NumberValue;
  /** node of 1 in hours when it is switched on, else 0 */
  readonly on: number;
  /** variables that have another value */
  readonly variables: Readonly<Record<string, string | number>>;
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
  /** undefined where the months of a year are alike */
  readonly season: Season | undefined;
  /** whether a formula has asked for the hour or the weekday */
  readonly asked: { hours: boolean };
  /** begins the addresses of its variables: empty for the scenario's own workload */
  readonly prefix: string;
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

/** Links variables and the workload, that of an environment where one is given. */
export function workloadScope(
  scenario: Scenario,
  choices: Choices & { readonly environment?: EnvironmentLoad },
  linker: Linker,
  tables: (name: string) => TableView | undefined,
): WorkloadScope {
  const { environment } = choices;
  const prefix = environment === undefined ? "" : `${environment.name}:`;
  const scope = new LazyScope(linker.problems, tables);
  const definitions: Definition[] = [];
  const { workload, variables } = scenario.data;
  unknownChoices(choices, scenario, linker);
  for (const [name, written] of Object.entries(variables)) {
    const spec: VariableSpec = typeof written === "object" ? written : { value: written };
    const path = ["variables", name];
    const task = { name, spec, bare: typeof written !== "object", scenario, choices, linker, scope, definitions };
    const make = () => linkVariable(task);
    scope.define(
      name,
      make,
      () => scenario.source.place(path),
      () => namesNeeded(task),
    );
  }
  for (const name of Object.keys(variables)) scope.value(name);
  const driver = scope.value(workload.driver);
  const path = ["workload", "throughput"];
  const given = linker.number(writtenAt(scenario, path, workload.throughput), scope, perTime(), "throughput");
  // After a fault linking goes on with something in its place, so that the faults of the components are stated as well.
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
  const season = linkSeason(scenario, linker);
  const inMonth = season === undefined ? base.node : builder.op("mul", base.node, season.node);
  const flow = builder.op("mul", inMonth, weight);
  const open = environment === undefined ? flow : builder.op("mul", flow, environment.on);
  const throughput: NumberValue = { ...base, node: open, instant: true };
  const work: NumberValue = {
    kind: "number",
    node: totalOf(builder, throughput.node, linker.monthSeconds),
    dimension: PLAIN,
    instant: false,
  };
  const builtIn: Record<string, Value> = { throughput, work };
  for (const [name, value] of Object.entries(builtIn)) scope.define(name, () => value);
  const asked = environment?.base.asked ?? { hours: false };
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
  const own = prefix === "" ? definitions : definitions.map((definition) => inEnvironment(definition, prefix));
  return { scope, definitions: own, throughput, work, driver: workload.driver, driverNode, season, asked, prefix };
}

/** Names of an environment are looked up there before those of the scenario. */
function inEnvironment(definition: Definition, prefix: string): Definition {
  // Its range is stated once, with the variable of the scenario.
  const range = { low: undefined, high: undefined, range: undefined };
  return { ...definition, ...range, address: `${prefix}${definition.address}`, scope: [prefix, ...definition.scope] };
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
    node: meanOf(linker.builder, value.node),
    text: undefined,
    hourly: value.instant ? value.node : undefined,
    dimension: value.dimension,
    unit,
    formula,
    origin: "built-in",
    place,
    status: "given",
    reason: undefined,
    low: undefined,
    high: undefined,
    range: undefined,
    scope: [""],
  };
}

function unknownChoices(choices: Choices, scenario: Scenario, linker: Linker): void {
  const names = Object.keys(scenario.data.variables);
  for (const name of choices.set.keys()) {
    if (names.includes(name)) continue;
    const near = suggest(name, names);
    const hint = near === undefined ? `variables: ${names.join(", ")}` : `did you mean "${near}"?`;
    const parameter = name.slice(name.lastIndexOf(".") + 1);
    const owner = ownerOf(parameter, scenario);
    const asVariable = `"${parameter}" is written in component "${owner}": make it a variable, variables: { ${parameter}: ... }, and write ${parameter}: ${parameter} there`;
    linker.problems.error(
      "unknown-variable",
      `--set: no variable "${name}" in ${scenario.source.file}`,
      undefined,
      owner === undefined ? hint : asVariable,
    );
  }
}

/** The first component that has a parameter written down. */
function ownerOf(parameter: string, { architectures }: Scenario): string | undefined {
  const components = [...architectures.values()].flatMap((architecture) => architecture.components);
  return components.find(({ spec }) => Object.hasOwn(spec, parameter))?.name;
}

type VariableTask = {
  readonly name: string;
  readonly spec: VariableSpec;
  readonly bare: boolean;
  readonly scenario: Scenario;
  readonly choices: Choices & { readonly environment?: EnvironmentLoad };
  readonly linker: Linker;
  readonly scope: LazyScope;
  readonly definitions: Definition[];
};

function linkVariable(task: VariableTask): Value | undefined {
  const { name, spec, scenario, linker, scope } = task;
  const written = writtenValue(task);
  if (written === undefined) return undefined;
  if (spec.one_of !== undefined) return linkWord(task, written);
  const unit = linker.unit(spec.unit);
  if (unit === undefined) {
    linker.problems.error("unknown-unit", `no unit "${spec.unit}"`, scenario.source.place(["variables", name, "unit"]));
    return undefined;
  }
  const value =
    spec.unit === undefined
      ? linker.anyNumber(written, scope, `"${name}"`)
      : linker.number(written, scope, unit, `"${name}"`);
  if (value === undefined) return undefined;
  const expr = linker.parse(written);
  const derived = expr !== undefined && namesIn(expr).length > 0;
  const input = derived ? value : asInput(name, value, task);
  const { set: chosen } = task.choices;
  const at = (key: string, text: string | number) => writtenAt(scenario, ["variables", name, key], text);
  // Told once, with the variable of the scenario: those of an environment have no range.
  const range =
    task.choices.environment === undefined
      ? linkRange({
          name,
          spec,
          value,
          unit,
          linker,
          scope,
          at,
          certain: chosen.has(name),
          place: scenario.source.place(["variables", name]),
        })
      : undefined;
  task.definitions.push({ ...definitionOf(task, input, written, unit.text), ...range });
  return input;
}

/** Names in the formula of a variable. */
function namesNeeded(task: VariableTask): readonly string[] {
  const written = task.spec.one_of === undefined ? writtenValue(task) : undefined;
  const expr = written === undefined ? undefined : task.linker.parse(written);
  return expr === undefined ? [] : namesIn(expr);
}

/** The value of a variable as chosen on the command line, else as the environment has it, else as the scenario has it. */
function writtenValue({ name, spec, bare, scenario, choices }: VariableTask): Written | undefined {
  const chosen = choices.set.get(name);
  if (chosen !== undefined) {
    const place = (span?: Span) => ({
      file: `--set ${name}`,
      text: chosen,
      span: span ?? { start: 0, end: chosen.length },
    });
    return { text: chosen, place };
  }
  const { environment } = choices;
  const here = environment?.variables[name];
  if (environment !== undefined && here !== undefined) {
    return writtenAt(scenario, ["environments", environment.name, "variables", name], here);
  }
  const key = spec.value === undefined ? "typical" : "value";
  const own = spec.value ?? spec.typical;
  return own === undefined
    ? undefined
    : writtenAt(scenario, bare ? ["variables", name] : ["variables", name, key], own);
}

/** A variable that is a figure of its own (not a formula of others) becomes an input of the graph; the driver carries the load. */
function asInput(name: string, value: NumberValue, task: VariableTask): NumberValue {
  const { builder } = task.linker;
  const { environment, load } = task.choices;
  const constant = builder.constantValue(value.node);
  if (constant === undefined) return value;
  const isDriver = name === task.scenario.data.workload.driver;
  const own = environment !== undefined && environment.variables[name] !== undefined;
  const address = own ? `${environment.name}:${name}` : name;
  const input = builder.input(address, constant * (isDriver ? load : 1));
  const node = isDriver && environment !== undefined ? builder.op("mul", input, environment.load.node) : input;
  return { kind: "number", node, dimension: value.dimension, instant: false };
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
  return {
    address: name,
    name,
    node: value?.node,
    text: undefined,
    hourly: value?.instant === true ? value.node : undefined,
    dimension: value?.dimension ?? PLAIN,
    unit,
    formula: String(written.text),
    origin: set ? "command" : "scenario",
    place: set ? `--set ${name}` : lineOf(scenario, ["variables", name]),
    status: spec.status ?? (hasRange(spec) ? "assumed" : "given"),
    reason: spec.reason ?? spec.doc,
    low: undefined,
    high: undefined,
    range: undefined,
    scope: [""],
  };
}
