import type { Place } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { baseUnit } from "../formula/base-unit.ts";
import { unitOfLiteral } from "../formula/literal.ts";
import type { Unit } from "../formula/unit.ts";
import { type Dimension, describeDimension, sameDimension, unitFactor } from "../formula/unit.ts";
import type { LinkedMetric, LinkedObjective } from "../model/beside-nodes.ts";
import type { BaseCheck } from "../model/check.ts";
import { missedWords } from "../result/objective-words.ts";
import type { Scenario } from "../scenario/read.ts";
import type { ScenarioData } from "../scenario/schema.ts";
import { architectureScope, type Costed } from "./architecture-scope.ts";
import type { Linker, NumberValue, Written } from "./linker.ts";
import type { LazyScope } from "./scope.ts";
import { lineOf, type WorkloadScope, writtenAt } from "./workload.ts";

/** What an architecture is besides its cost. */
export type LinkedQualities = {
  readonly metrics: readonly LinkedMetric[];
  readonly objectives: readonly LinkedObjective[];
  /** objectives as conditions: a missed one makes the architecture infeasible */
  readonly checks: readonly BaseCheck[];
  readonly scope: LazyScope;
};

export type QualityTask = {
  readonly scenario: Scenario;
  readonly linker: Linker;
  readonly workload: WorkloadScope;
};

/** Links the metrics and objectives of every architecture into the graph; what is wrong is stated. */
export function linkQualities(architectures: readonly Costed[], task: QualityTask): readonly LinkedQualities[] {
  const { data } = task.scenario;
  checkNames(task);
  const dimensions = new Map<string, Dimension>();
  return architectures.map((architecture) => {
    const scope = architectureScope(architecture, task.linker, task.workload);
    const linked = new Map<string, LinkedMetric>();
    const names = new Set([...Object.keys(data.metrics ?? {}), ...architecture.spec.metrics.keys()]);
    let asking: Place | undefined;
    for (const name of names) {
      const written = writtenMetric(name, architecture, task.scenario);
      scope.define(name, () => {
        if (written === undefined) {
          const message = `"${architecture.name}" has no metric "${name}"`;
          const hint = `give it one under its metrics, or say which architectures the objective binds: architectures: [...]`;
          task.linker.problems.error("no-metric", message, asking, hint);
          return undefined;
        }
        const value = metricValue(name, written, scope, task);
        if (value === undefined || !isAlike(name, value, { dimensions, written, task })) return undefined;
        linked.set(name, linkedMetric(name, value, written, task));
        return value;
      });
      if (written !== undefined) scope.value(name);
    }
    const found = (data.objectives ?? []).flatMap((spec, index) => {
      if (spec.architectures !== undefined && !spec.architectures.includes(architecture.name)) return [];
      const at = writtenAt(task.scenario, ["objectives", index, "assert"], spec.assert);
      asking = at.place();
      const node = conditionOf(at, scope, task.linker);
      if (node === undefined) return [];
      const message = missedWords(spec.id, spec.assert);
      return [
        { objective: { id: spec.id, node }, check: { node, message, place: at.place(), level: "infeasible" } as const },
      ];
    });
    return {
      metrics: [...names].flatMap((name) => linked.get(name) ?? []),
      objectives: found.map(({ objective }) => objective),
      checks: found.map(({ check }) => check),
      scope,
    };
  });
}

type WrittenMetric = {
  readonly written: Written;
  readonly unit: string | undefined;
  readonly path: readonly (string | number)[];
  readonly status: LinkedMetric["status"];
  readonly reason: string | undefined;
};

/** The metric as the architecture has it, else as it is for all. */
function writtenMetric(name: string, { spec }: Costed, scenario: Scenario): WrittenMetric | undefined {
  const general = scenario.data.metrics?.[name];
  const common = typeof general === "object" ? general : undefined;
  const unit = common?.unit;
  const own = spec.metrics.get(name);
  if (own !== undefined) {
    const isPlain = typeof own.spec !== "object";
    const path = own.path(isPlain ? undefined : "value");
    const text = typeof own.spec === "object" ? own.spec.value : own.spec;
    const { status, reason } = typeof own.spec === "object" ? own.spec : { status: undefined, reason: undefined };
    return { written: writtenAt(scenario, path, text), unit, path, status, reason };
  }
  const text = typeof general === "object" ? general.value : general;
  if (text === undefined) return undefined;
  const path = typeof general === "object" ? ["metrics", name, "value"] : ["metrics", name];
  return { written: writtenAt(scenario, path, text), unit, path, status: common?.status, reason: common?.reason };
}

/** A month's figure: what differs from hour to hour has to be stated as its mean or its peak. */
function metricValue(
  name: string,
  { written, unit }: WrittenMetric,
  scope: LazyScope,
  { linker, scenario }: QualityTask,
): NumberValue | undefined {
  const declared = linker.unit(unit);
  if (declared === undefined) {
    const place = scenario.source.place(["metrics", name, "unit"]);
    linker.problems.error("unknown-unit", `no unit "${unit}"`, place);
    return undefined;
  }
  const value =
    unit === undefined
      ? linker.anyNumber(written, scope, `"${name}"`)
      : linker.number(written, scope, declared, `"${name}"`);
  return value === undefined ? undefined : linker.month(value, written, `"${name}"`);
}

type Likeness = {
  readonly dimensions: Map<string, Dimension>;
  readonly written: WrittenMetric;
  readonly task: QualityTask;
};

/** A metric is one kind of figure in all architectures, or it could not be compared. */
function isAlike(name: string, { dimension }: NumberValue, { dimensions, written, task }: Likeness): boolean {
  const before = dimensions.get(name) ?? dimension;
  dimensions.set(name, before);
  if (sameDimension(before, dimension)) return true;
  const message = `"${name}" is ${describeDimension(before)} in another architecture, here it is ${describeDimension(dimension)}`;
  task.linker.problems.error("unit-mismatch", message, written.written.place());
  return false;
}

function linkedMetric(
  name: string,
  { node, dimension }: NumberValue,
  { written, unit, path, status, reason }: WrittenMetric,
  { linker, scenario }: QualityTask,
): LinkedMetric {
  const formula = String(written.text);
  const declared = unit === undefined ? undefined : linker.unit(unit);
  const shown = declared ?? writtenUnit(formula, dimension, linker.monthSeconds);
  return { name, node, unit: shown, formula, status, reason, place: lineOf(scenario, path) };
}

/** The unit of a figure that is nothing but a literal (`3 min`), else the base unit. */
function writtenUnit(formula: string, dimension: Dimension, monthSeconds: number): Unit {
  const text = unitOfLiteral(formula);
  const found = text === undefined ? undefined : unitFactor(text, { monthSeconds });
  if (text !== undefined && found !== undefined) return { text, factor: found.factor, dimension };
  return { text: baseUnit(dimension), factor: 1, dimension };
}

function conditionOf(written: Written, scope: LazyScope, linker: Linker): number | undefined {
  const value = linker.value(written, scope);
  if (value === undefined) return undefined;
  const { problems } = linker;
  if (value.kind !== "boolean") {
    const hint = "compare it with something: detection_delay <= 10 s";
    problems.error("wants-condition", "an objective is a condition", written.place(), hint);
    return undefined;
  }
  if (!value.instant) return value.node;
  const message = "an objective wants one figure for the month, this differs from hour to hour";
  problems.error("instant-for-month", message, written.place(), "wrap it: mean(...) or peak(...)");
  return undefined;
}

/** Names that would hide others, and architectures that are not there. */
function checkNames({ scenario, linker, workload }: QualityTask): void {
  const { data, source } = scenario;
  const taken = (name: string): boolean => workload.scope.has(name) || name === "components";
  const checkName = (name: string, path: readonly string[]): void => {
    const message = `"${name}" is a variable or a name of the program: a metric needs a name of its own`;
    if (taken(name)) linker.problems.error("name-taken", message, source.place(path, "key"));
  };
  for (const name of Object.keys(data.metrics ?? {})) checkName(name, ["metrics", name]);
  for (const [architecture, { metrics }] of Object.entries(data.architectures)) {
    for (const name of Object.keys(metrics ?? {})) checkName(name, ["architectures", architecture, "metrics", name]);
  }
  const ids = new Set<string>();
  for (const [index, { id, architectures = [] }] of (data.objectives ?? []).entries()) {
    if (ids.has(id)) {
      linker.problems.error(
        "duplicate",
        `two objectives are called "${id}"`,
        source.place(["objectives", index, "id"]),
      );
    }
    ids.add(id);
    architectures.forEach((name, at) => {
      if (data.architectures[name] !== undefined) return;
      const place = source.place(["objectives", index, "architectures", at]);
      linker.problems.error("unknown-architecture", `no architecture "${name}"`, place, hintFor(name, data));
    });
  }
}

function hintFor(name: string, data: ScenarioData): string {
  const known = Object.keys(data.architectures);
  const near = suggest(name, known);
  return near === undefined ? `architectures: ${known.join(", ")}` : `did you mean "${near}"?`;
}
