import { sameDimension } from "../formula/unit.ts";
import type { TableView, Value } from "../formula/value.ts";
import { type Environment, environmentsOf } from "../scenario/environment.ts";
import type { Scenario } from "../scenario/read.ts";
import { readSwitchHours } from "../scenario/switch-hours.ts";
import type { ComponentEnvironment, ComponentTask } from "./component-task.ts";
import { type Linker, NO_UNIT, type NumberValue } from "./linker.ts";
import { type Choices, type EnvironmentLoad, type WorkloadScope, workloadScope, writtenAt } from "./workload.ts";

/** An environment with the workload that its components see. */
export type LinkedEnvironment = {
  readonly environment: Environment | undefined;
  readonly workload: WorkloadScope;
  /** undefined in the first one, which has the scenario's own workload */
  readonly load: EnvironmentLoad | undefined;
};

export type EnvironmentTask = {
  readonly scenario: Scenario;
  readonly choices: Choices;
  readonly linker: Linker;
  readonly tables: (name: string) => TableView | undefined;
};

/** Links the workload of every environment; a single one without a name where the scenario states none. */
export function linkEnvironments(task: EnvironmentTask, base: WorkloadScope): readonly LinkedEnvironment[] {
  const environments = environmentsOf(task.scenario.data);
  if (environments.length === 0) return [{ environment: undefined, workload: base, load: undefined }];
  return environments.map((environment) => {
    const { spec, first } = environment;
    if (first && spec.schedule === undefined && spec.variables === undefined) {
      return { environment, workload: base, load: undefined };
    }
    const load = environmentLoad(environment, task, base);
    const choices = { ...task.choices, environment: load };
    return { environment, workload: workloadScope(task.scenario, choices, task.linker, task.tables), load };
  });
}

function environmentLoad({ name, spec }: Environment, task: EnvironmentTask, base: WorkloadScope): EnvironmentLoad {
  const { linker, scenario } = task;
  const whole: NumberValue = {
    kind: "number",
    node: linker.builder.constant(1),
    dimension: NO_UNIT.dimension,
    instant: false,
  };
  const written = writtenAt(scenario, ["environments", name, "load"], spec.load ?? 1);
  const value = linker.number(written, base.scope, NO_UNIT, '"load"');
  const load = value === undefined ? undefined : linker.month(value, written, '"load"');
  const fixed = load === undefined ? undefined : linker.builder.constantValue(load.node);
  if (fixed !== undefined && !(fixed >= 0 && Number.isFinite(fixed))) {
    linker.problems.error("out-of-range", '"load" is a share from 0 on, e.g. 2%', written.place());
  }
  const on = spec.schedule === undefined ? linker.builder.constant(1) : switchedOn(spec.schedule, linker, base);
  return { name, base, load: load ?? whole, on, variables: spec.variables ?? {} };
}

/** Node of 1 in the hours of a schedule, else 0. */
function switchedOn(text: string, linker: Linker, base: WorkloadScope): number {
  const hours = readSwitchHours(text);
  const { builder } = linker;
  if (typeof hours === "string") return builder.constant(1);
  base.asked.hours = true;
  const within = (field: "hour" | "weekday", from: number, to: number): number =>
    builder.op(
      "and",
      builder.op("le", builder.constant(from), builder.slot(field)),
      builder.op("lt", builder.slot(field), builder.constant(to)),
    );
  const days = hours.days
    .map((day) => within("weekday", day, day + 1))
    .reduce((a, b) => builder.op("or", a, b), builder.constant(0));
  return builder.op("and", days, within("hour", hours.from, hours.to));
}

/** What an environment makes of one of its components. */
export function componentEnvironment(
  { environment, load }: LinkedEnvironment,
  changed: ReadonlySet<string>,
): ComponentEnvironment | undefined {
  if (environment === undefined) return undefined;
  return { name: environment.name, load, minCopies: environment.spec.min_copies, changed };
}

/**
 * A parameter that counts running copies, in an environment: none while it is switched off, unless the service cannot stop
 * them. With `min_copies` it is
 * the share of the copies elsewhere that `load` gives, at least that many, or all there are where they are fewer.
 * @param value the parameter in this environment's workload
 * @param elsewhere the same in the scenario's own workload
 * @param kept as if nothing were switched off: what stopped copies keep, such as disks
 */
export function copiesIn(
  task: ComponentTask,
  name: string,
  value: Value,
  elsewhere: () => Value | undefined,
  kept = false,
): Value {
  const { environment, linker, service } = task;
  const parameter = service.data.parameters[name];
  const load = environment?.load;
  if (environment === undefined || load === undefined || parameter?.runs === undefined) return value;
  if (value.kind !== "number") return value;
  const { builder } = linker;
  const zero = builder.constant(0);
  const { minCopies } = environment;
  let node = value.node;
  const bounded = parameter.runs === "copies" && minCopies !== undefined && !environment.changed.has(name);
  const base = bounded ? elsewhere() : undefined;
  if (bounded && base?.kind === "number" && sameDimension(base.dimension, value.dimension)) {
    const exact = builder.op("mul", base.node, load.load.node);
    // What has fewer copies elsewhere does not need more here.
    const least = builder.op("min", builder.constant(minCopies), base.node);
    const copies = builder.op("max", least, builder.op("roundup", exact, builder.constant(1)));
    node = builder.op("if", builder.op("lt", zero, base.node), copies, zero);
  }
  const open = kept || parameter.stops === false ? node : builder.op("mul", node, load.on);
  return { ...value, node: open, instant: builder.node(open).instant };
}

/** What `copiesIn` did to a parameter, for people; empty where it did nothing. */
export function copiesWords(task: ComponentTask, name: string): string {
  const { environment, scenario, service } = task;
  const { runs, stops } = service.data.parameters[name] ?? {};
  const spec = scenario.data.environments?.[environment?.name ?? ""];
  if (environment?.load === undefined || runs === undefined || spec === undefined) return "";
  const bounded = runs === "copies" && spec.min_copies !== undefined && !environment.changed.has(name);
  const copies = bounded ? `, ${spec.load ?? "100%"} of the copies elsewhere, at least ${spec.min_copies}` : "";
  const hours = spec.schedule === undefined || stops === false ? "" : `, switched on ${spec.schedule}`;
  return copies + hours === "" ? "" : `; in ${environment.name}${copies}${hours}`;
}
