import type { Problems } from "../diagnostic/diagnostic.ts";
import type { ArchitectureNodes } from "../model/architecture-nodes.ts";
import type { Model } from "../model/model.ts";
import { nodesOf } from "../model/nodes.ts";
import type { ArchitectureCarbon } from "../result/carbon-schema.ts";
import { ROLES } from "../result/roles.ts";
import type { ArchitectureResult, Cost, Result } from "../result/schema.ts";
import { SCHEMA_VERSION } from "../result/version.ts";
import { actualOf } from "./actual.ts";
import {
  type CostFigures,
  costOf,
  curveDrivers,
  curveOf,
  openAllowances,
  rolesOf,
  share,
  statusShare,
  total,
} from "./architecture-figures.ts";
import { assumptionsOf } from "./assumptions.ts";
import { allFinite, checksHold, disqualifiersOf } from "./base-case.ts";
import { carbonFigures } from "./carbon.ts";
import { carbonValues } from "./carbon-cases.ts";
import { withCarbon } from "./carbon-comparison.ts";
import { combineFigures } from "./combine.ts";
import { comparisonOf } from "./comparison.ts";
import { growthMonths } from "./growth-months.ts";
import { type LimitResult, limitsOf } from "./limits.ts";
import { isWorthALine, lineItem } from "./line-item.ts";
import { environmentCosts, overheadFigures } from "./overhead-figures.ts";
import { objectiveFigures, operationFigures, withOwnership } from "./quality-figures.ts";
import { costOver, GROWING_MONTHS, settledValues, type Values, valuesOf } from "./values.ts";

export type RunContext = {
  readonly version: string;
  /** cost over the driver too; default true. A table on a terminal does not show it, and it is a third of the work */
  readonly curve?: boolean;
};

/** Evaluates a model on its base case. Undefined when a figure is impossible; the problems then say which and where. */
export function resultOf(model: Model, context: RunContext, problems: Problems): Result | undefined {
  const { workload, current, carbon: emitted } = model;
  const { mean, month } = valuesOf(model, nodesOf(model));
  const { architectures: linked } = model;
  if (!checksHold(linked, mean, problems) || !allFinite(linked, mean, problems)) return undefined;
  const limits = limitsOf(model, problems);
  const first = linked[0];
  if (problems.hasErrors || first === undefined) return undefined;
  const work = mean(workload.work.node);
  const coefficients = emitted === undefined ? undefined : carbonValues(model, emitted);
  const carbon =
    emitted === undefined || coefficients === undefined
      ? new Map<string, ArchitectureCarbon>()
      : carbonFigures(emitted, coefficients, { count: work, reported: workload.reported.count });
  const settled = settledValues(model);
  const task = { model, mean, month, settled, work, limits, carbon };
  const architectures = Object.fromEntries(linked.map((each) => [each.name, architectureResult(each, task)]));
  const objectives = objectiveFigures(model, mean);
  const reported = { ...workload.reported, objectives: objectives !== null && objectives.objectives.length > 0 };
  const comparison = comparisonOf(architectures, current, reported, first.name);
  const operations = operationFigures(model, architectures, comparison.cheapest, mean);
  const today = mean(workload.driverNode);
  const warnings = problems.list.filter((p) => p.severity === "warning").map((p) => p.message);
  return {
    schema_version: SCHEMA_VERSION,
    program: { name: "archcost", version: context.version },
    scenario: model.scenario,
    workload: {
      unit: workload.unit,
      driver: workload.driver,
      driver_value: today,
      load: model.load,
      work_month: work,
      reported_unit: reported.unit,
      reported_count: reported.count,
    },
    current: current ?? null,
    architectures,
    comparison: withCarbon(emitted, coefficients, withOwnership(comparison, operations)),
    objectives,
    operations,
    combine: combineFigures(model, architectures),
    carbon: emitted?.method ?? null,
    growth: growthMonths(model, today),
    break_even: null,
    unit_economics: null,
    uncertainty: null,
    plan: null,
    assumptions: assumptionsOf(model, mean),
    prices: [...model.prices],
    curve: context.curve === false ? null : driverCurve(model, today),
    warnings: [...linked.flatMap((each) => each.warnings), ...warnings],
  };
}

/** Values of inputs in base units, by address. */
export type Overrides = ReadonlyMap<string, number>;

/**
 * The model with other values of inputs, and without architectures that are switched off. What has been set is certain, as
 * with `--set`; a bill is compared with the scenario as it is written only.
 */
export function modelAt(model: Model, overrides: Overrides, off: ReadonlySet<string> = new Set()): Model {
  const inputs = model.graph.inputs.map(({ address, value }) => ({ address, value: overrides.get(address) ?? value }));
  const { carbon, current } = model;
  const shown = <T extends { readonly name: string }>(all: readonly T[]): readonly T[] =>
    all.filter(({ name }) => !off.has(name));
  return {
    ...model,
    graph: { ...model.graph, inputs },
    current: current !== undefined && off.has(current) ? undefined : current,
    architectures: shown(model.architectures).map((each) => ({
      ...each,
      components: each.components.map((component) => ({ ...component, actual: undefined })),
    })),
    carbon: carbon === undefined ? undefined : { ...carbon, architectures: shown(carbon.architectures) },
    definitions: model.definitions.map((definition) =>
      overrides.has(definition.address)
        ? { ...definition, origin: "command", low: undefined, high: undefined }
        : definition,
    ),
  };
}

type Task = {
  readonly model: Model;
  readonly mean: Values;
  readonly month: (node: number, month: number) => number;
  readonly settled: (node: number) => number | undefined;
  readonly work: number;
  readonly limits: ReadonlyMap<string, LimitResult>;
  readonly carbon: ReadonlyMap<string, ArchitectureCarbon>;
};

function architectureResult(architecture: ArchitectureNodes, task: Task): ArchitectureResult {
  const { model, mean } = task;
  const lines = architecture.lines.map((line) => lineItem(line, mean)).filter(isWorthALine);
  const cost = costFigures(architecture, task);
  const components: ArchitectureResult["components"] = {};
  for (const { name, words, count, actual } of architecture.components) {
    const own = lines.filter((line) => line.x_Component === name);
    const month = total(own);
    const { service, title, region, ...rest } = words;
    components[name] = {
      service,
      title,
      region,
      count: count === undefined ? 1 : mean(count),
      ...rest,
      cost: { month, share: share(month, cost.month) },
      ...(actual === undefined ? {} : { actual: actualOf(actual, own, month) }),
    };
  }
  const environments = environmentCosts(model, lines, cost.month, mean);
  const overheads = overheadFigures(model, architecture, mean);
  const limits = task.limits.get(architecture.name);
  if (limits === undefined) throw new Error(`no limits of "${architecture.name}"`);
  const disqualified = disqualifiersOf(architecture, mean, limits);
  return {
    title: architecture.title,
    cost,
    ...(architecture.uncounted === undefined ? {} : openAllowances(mean(architecture.uncounted), cost.month)),
    line_items: lines,
    components,
    roles: rolesOf(lines, cost.month, ROLES),
    ...(environments === undefined ? {} : { environments }),
    ...(overheads === undefined ? {} : { overheads }),
    not_counted: architecture.notCounted,
    status_share: statusShare(lines, cost.month),
    notices: [...architecture.notices],
    carbon: task.carbon.get(architecture.name) ?? null,
    ...limits,
    feasible: disqualified.length === 0,
    disqualified,
  };
}

function costFigures(architecture: ArchitectureNodes, task: Task): Cost {
  const { model, mean, month, work } = task;
  return costOf({
    month: mean(architecture.cost),
    list: mean(architecture.list),
    work,
    reported: model.workload.reported.count,
    filling: model.seasonal ? undefined : fillingCosts(architecture, task),
    months: model.seasonal
      ? Array.from({ length: GROWING_MONTHS }, (_, at) => month(architecture.cost, at))
      : undefined,
  });
}

/** The cost as stores fill; undefined where the architecture holds nothing that fills. */
function fillingCosts({ cost }: ArchitectureNodes, { month, settled }: Task): CostFigures["filling"] {
  const [first, last] = [month(cost, 0), month(cost, GROWING_MONTHS - 1)];
  const end = settled(cost);
  if (first === last && end === last) return undefined;
  return { month_1: first, month_12: last, ...(end === undefined ? {} : { settled: end }) };
}

function driverCurve(model: Model, today: number): Result["curve"] {
  if (!(today > 0)) return null;
  const x = curveDrivers(today);
  const found = costOver(model, model.workload.driver, x);
  return curveOf({
    over: model.workload.driver,
    x,
    costs: new Map(model.architectures.map(({ name }) => [name, found.get(name) ?? []])),
    work: found.get("work") ?? [],
    reported: model.workload.reported.count,
  });
}
