import type { Catalog } from "../catalog/catalog.ts";
import { ROLES } from "../catalog/role.ts";
import type { Problems } from "../diagnostic/diagnostic.ts";
import type { ArchitectureCarbon } from "../result/carbon-schema.ts";
import type { ArchitectureResult, Cost, Result } from "../result/schema.ts";
import { SCHEMA_VERSION } from "../result/version.ts";
import type { ScenarioData } from "../scenario/schema.ts";
import { actualOf } from "./actual.ts";
import {
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
import { carbonMethod, carbonOf } from "./carbon.ts";
import { carbonValues } from "./carbon-cases.ts";
import { withCarbon } from "./carbon-comparison.ts";
import { combineFigures } from "./combine.ts";
import { comparisonOf } from "./comparison.ts";
import { notCounted } from "./completeness.ts";
import type { ModelArchitecture } from "./design.ts";
import { growthMonths } from "./growth-months.ts";
import { type LimitResult, limitsOf } from "./limits.ts";
import { isWorthALine, lineFigureNodes, lineItem } from "./line-item.ts";
import type { Model } from "./model.ts";
import { environmentCosts, overheadFigures, overheadNodes } from "./overhead-figures.ts";
import { pricesUsed } from "./prices-used.ts";
import { objectiveFigures, operationFigures, qualityNodes, withOwnership } from "./quality-figures.ts";
import { costOver, GROWING_MONTHS, type Values, valuesOf } from "./values.ts";

type FreeTier = NonNullable<ScenarioData["existing"]>["free_tier"];

export type RunContext = {
  readonly version: string;
  readonly catalog: Catalog;
  /** cost over the driver too; default true. A table on a terminal does not show it, and it is a third of the work */
  readonly curve?: boolean;
};

/** Evaluates a model on its base case. Undefined when a figure is impossible; the problems then say which and where. */
export function runModel(model: Model, context: RunContext, problems: Problems): Result | undefined {
  const { scenario, workload } = model;
  const nodes = wantedNodes(model);
  const { mean, month } = valuesOf(model, nodes);
  const { architectures: linked } = model;
  if (!checksHold(linked, mean, problems) || !allFinite(linked, mean, problems)) return undefined;
  const limits = limitsOf(model, context.catalog, problems);
  if (problems.hasErrors) return undefined;
  const work = mean(workload.work.node);
  const warnings: string[] = [];
  const coefficients = model.carbon === undefined ? undefined : carbonValues(model, model.carbon);
  const carbon = carbonOf(model, coefficients, work);
  const architectures: Record<string, ArchitectureResult> = {};
  for (const architecture of model.architectures) {
    const task = { model, mean, month, work, warnings, limits, carbon };
    architectures[architecture.name] = architectureResult(architecture, task);
  }
  const { data, source } = scenario;
  const prices = pricesUsed(model, context.catalog);
  const first = model.architectures[0];
  if (first === undefined) return undefined;
  const objectives = objectiveFigures(model, mean);
  const reported = {
    ...(data.workload.report_per ?? { unit: data.workload.unit, count: 1 }),
    objectives: objectives != null && objectives.objectives.length > 0,
  };
  const comparison = comparisonOf(architectures, data.current, reported, first.name);
  const operations = operationFigures(model, architectures, comparison.cheapest, mean);
  return {
    schema_version: SCHEMA_VERSION,
    program: { name: "archcost", version: context.version },
    scenario: {
      name: data.scenario,
      file: source.file,
      question: data.question ?? null,
      region: data.region,
      as_of: { ...model.asOf },
      month_hours: model.monthSeconds / 3600,
      ...freeTierWords(data.existing?.free_tier),
      price_book: prices.hash,
    },
    workload: {
      unit: data.workload.unit,
      driver: workload.driver,
      driver_value: mean(workload.driverNode),
      load: model.load,
      work_month: work,
      reported_unit: reported.unit,
      reported_count: reported.count,
    },
    current: data.current ?? null,
    architectures,
    comparison: withCarbon(model.carbon, coefficients, withOwnership(comparison, operations)),
    objectives,
    operations,
    combine: combineFigures(model, architectures),
    carbon: carbonMethod(model, context.catalog),
    growth: growthMonths(model, mean(workload.driverNode)),
    break_even: null,
    unit_economics: null,
    uncertainty: null,
    plan: null,
    assumptions: assumptionsOf(model, mean),
    prices: prices.list,
    curve: context.curve === false ? null : driverCurve(model, mean(workload.driverNode)),
    warnings: [...warnings, ...problems.list.filter((p) => p.severity === "warning").map((p) => p.message)],
  };
}

function freeTierWords(said: FreeTier): Pick<Result["scenario"], "free_tier" | "free_tier_services"> {
  if (typeof said !== "object") return { free_tier: said === "always" || said === "unused" };
  const services = Object.keys(said).filter((service) => said[service] === "always");
  return { free_tier: services.length > 0, free_tier_services: services };
}

function wantedNodes(model: Model): readonly number[] {
  const lines = model.architectures.flatMap((architecture) => architecture.lines);
  return [
    model.workload.work.node,
    model.workload.driverNode,
    ...overheadNodes(model),
    ...qualityNodes(model),
    ...model.architectures.flatMap((a) => [a.uncounted(), a.cost, a.list, ...a.checks.map((check) => check.node)]),
    ...model.architectures.flatMap((a) => a.components.map((component) => component.count.node)),
    ...lines.flatMap((line) => [line.use.quantity, ...lineFigureNodes(line)]),
    ...[...model.definitions.values()].flatMap((definition) =>
      definition.node === undefined ? [] : [definition.node],
    ),
  ];
}

type ArchitectureTask = {
  readonly model: Model;
  readonly mean: Values;
  readonly month: (node: number, month: number) => number;
  readonly work: number;
  readonly warnings: string[];
  readonly limits: ReadonlyMap<string, LimitResult>;
  readonly carbon: ReadonlyMap<string, ArchitectureCarbon>;
};

function architectureResult(architecture: ModelArchitecture, task: ArchitectureTask): ArchitectureResult {
  const { model, mean } = task;
  const lines = architecture.lines.map((line) => lineItem(line, mean)).filter(isWorthALine);
  const cost = costFigures(architecture, task);
  const components: ArchitectureResult["components"] = {};
  for (const { spec, environment, actual: billed } of architecture.members) {
    const linked = architecture.components.find((component) => component.name === spec.name);
    const own = lines.filter((line) => line.x_Component === spec.name);
    const month = total(own);
    const actual = billed === undefined ? undefined : actualOf(billed, own, month);
    components[spec.name] = {
      service: String(spec.spec["service"]),
      title: typeof spec.spec["title"] === "string" ? spec.spec["title"] : (linked?.service.data.title ?? spec.name),
      region: linked?.region ?? model.scenario.data.region,
      count: linked === undefined ? 1 : mean(linked.count.node),
      ...(environment === undefined ? {} : { environment }),
      ...(typeof spec.spec["account"] === "string" ? { account: spec.spec["account"] } : {}),
      cost: { month, share: share(month, cost.month) },
      ...(actual === undefined ? {} : { actual }),
    };
  }
  const missing = notCounted(architecture, task.warnings);
  const environments = environmentCosts(model, lines, cost.month, mean);
  const overheads = overheadFigures(model, architecture, mean);
  const limits = task.limits.get(architecture.name);
  if (limits === undefined) throw new Error(`no limits of "${architecture.name}"`);
  const disqualified = disqualifiersOf(architecture, mean, limits);
  return {
    title: architecture.spec.title,
    cost,
    ...openAllowances(mean(architecture.uncounted()), cost.month),
    line_items: lines,
    components,
    roles: rolesOf(lines, cost.month, ROLES),
    ...(environments === undefined ? {} : { environments }),
    ...(overheads === undefined ? {} : { overheads }),
    not_counted: missing,
    status_share: statusShare(lines, cost.month),
    notices: noticesOf(architecture, model),
    carbon: task.carbon.get(architecture.name) ?? null,
    ...limits,
    feasible: disqualified.length === 0,
    disqualified,
  };
}

function costFigures(architecture: ModelArchitecture, task: ArchitectureTask): Cost {
  const { model, mean, month, work } = task;
  return costOf({
    month: mean(architecture.cost),
    list: mean(architecture.list),
    work,
    reported: model.scenario.data.workload.report_per?.count ?? 1,
    growing: model.grows ? [month(architecture.cost, 0), month(architecture.cost, GROWING_MONTHS - 1)] : undefined,
  });
}

function noticesOf(architecture: ModelArchitecture, model: Model): string[] {
  const services = new Set(architecture.components.map((component) => component.service));
  const own = architecture.spec.note === undefined ? [] : [architecture.spec.note];
  const theirs = [...services].flatMap((service) =>
    (service.data.notices ?? [])
      .filter((notice) => notice.from === undefined || notice.from <= model.asOf.prices)
      .map((notice) => `${service.data.title}: ${notice.text}`),
  );
  return [...own, ...theirs];
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
    reported: model.scenario.data.workload.report_per?.count ?? 1,
  });
}
