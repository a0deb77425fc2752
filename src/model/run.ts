import type { Catalog } from "../catalog/catalog.ts";
import { ROLES } from "../catalog/schema.ts";
import type { Problems } from "../diagnostic/diagnostic.ts";
import { type ArchitectureResult, type Cost, type LineItem, type Result, SCHEMA_VERSION } from "../result/schema.ts";
import { actualOf } from "./actual.ts";
import { assumptionsOf } from "./assumptions.ts";
import { comparisonOf } from "./comparison.ts";
import { notCounted } from "./completeness.ts";
import { growthMonths } from "./growth-months.ts";
import { type LimitResult, limitsOf } from "./limits.ts";
import { lineItem } from "./line-item.ts";
import type { Model, ModelArchitecture } from "./model.ts";
import { pricesUsed } from "./prices-used.ts";
import { costOver, GROWING_MONTHS, type Values, valuesOf } from "./values.ts";

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
  if (!checksHold(model, mean, problems) || !allFinite(model, mean, problems)) return undefined;
  const limits = limitsOf(model, context.catalog, problems);
  if (problems.hasErrors) return undefined;
  const work = mean(workload.work.node);
  const warnings: string[] = [];
  const architectures: Record<string, ArchitectureResult> = {};
  for (const architecture of model.architectures) {
    architectures[architecture.name] = architectureResult(architecture, { model, mean, month, work, warnings, limits });
  }
  const { data, source } = scenario;
  const prices = pricesUsed(model, context.catalog);
  const first = model.architectures[0];
  if (first === undefined) return undefined;
  const reported = data.workload.report_per ?? { unit: data.workload.unit, count: 1 };
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
      free_tier: data.existing?.free_tier === "unused",
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
    comparison: comparisonOf(architectures, data.current, reported, first.name),
    growth: growthMonths(model, mean(workload.driverNode)),
    assumptions: assumptionsOf(model, mean),
    prices: prices.list,
    curve: context.curve === false ? null : driverCurve(model, mean(workload.driverNode)),
    warnings: [...warnings, ...problems.list.filter((p) => p.severity === "warning").map((p) => p.message)],
  };
}

function wantedNodes(model: Model): readonly number[] {
  const lines = model.architectures.flatMap((architecture) => architecture.lines);
  return [
    model.workload.work.node,
    model.workload.driverNode,
    ...model.architectures.flatMap((a) => [a.cost, a.list, ...a.checks.map((check) => check.node)]),
    ...model.architectures.flatMap((a) => a.components.map((component) => component.count.node)),
    ...lines.flatMap((line) => [
      line.use.quantity,
      line.consumed,
      line.quantity,
      line.list,
      line.contracted,
      line.effective,
    ]),
    ...[...model.definitions.values()].flatMap((definition) =>
      definition.node === undefined ? [] : [definition.node],
    ),
  ];
}

function checksHold(model: Model, mean: Values, problems: Problems): boolean {
  let holds = true;
  const told = new Set<string>();
  for (const check of model.architectures.flatMap((architecture) => architecture.checks)) {
    if (mean(check.node) === 1 || check.level === "infeasible") continue;
    if (check.level === "error") holds = false;
    const key = `${check.message}@${check.place.file}:${check.place.span.start}`;
    if (told.has(key)) continue;
    told.add(key);
    if (check.level === "error") problems.error("out-of-range", check.message, check.place);
    else problems.warning("unusual", check.message, check.place);
  }
  return holds;
}

/** A quantity that is negative or not finite is an error with a name and a place, never a figure. */
function allFinite(model: Model, mean: Values, problems: Problems): boolean {
  let fine = true;
  for (const { architecture, line } of model.architectures.flatMap((a) =>
    a.lines.map((line) => ({ architecture: a, line })),
  )) {
    const quantity = mean(line.use.quantity);
    const cost = mean(line.effective);
    if (Number.isFinite(cost) && Number.isFinite(quantity) && quantity >= 0) continue;
    fine = false;
    const what = Number.isFinite(quantity) && Number.isFinite(cost) ? "is negative" : "is not a finite number";
    const message = `${line.use.architecture}.${line.use.component}: the quantity of "${line.use.name}" ${what} (${line.use.formula})`;
    problems.error("not-finite", message, line.use.place);
    // What the provider does not offer is often the reason.
    for (const check of brokenChecks(architecture, mean)) problems.error("out-of-range", check.message, check.place);
  }
  return fine;
}

/** What a component asks for and the provider does not offer. */
function brokenChecks(architecture: ModelArchitecture, mean: Values): ModelArchitecture["checks"] {
  return architecture.checks.filter((check) => check.level === "infeasible" && mean(check.node) !== 1);
}

type ArchitectureTask = {
  readonly model: Model;
  readonly mean: Values;
  readonly month: (node: number, month: number) => number;
  readonly work: number;
  readonly warnings: string[];
  readonly limits: ReadonlyMap<string, LimitResult>;
};

function architectureResult(architecture: ModelArchitecture, task: ArchitectureTask): ArchitectureResult {
  const { model, mean } = task;
  // A tier that nothing reaches is no line of a bill.
  const lines = architecture.lines.map((line) => lineItem(line, mean)).filter(worthALine);
  const cost = costOf(architecture, task);
  const components: ArchitectureResult["components"] = {};
  for (const spec of architecture.spec.components) {
    const linked = architecture.components.find((component) => component.name === spec.name);
    const own = lines.filter((line) => line.x_Component === spec.name);
    const month = total(own);
    const actual = actualOf(model, spec, own, month);
    components[spec.name] = {
      service: String(spec.spec["service"]),
      title: typeof spec.spec["title"] === "string" ? spec.spec["title"] : (linked?.service.data.title ?? spec.name),
      region: linked?.region ?? model.scenario.data.region,
      count: linked === undefined ? 1 : mean(linked.count.node),
      cost: { month, share: share(month, cost.month) },
      ...(actual === undefined ? {} : { actual }),
    };
  }
  const missing = notCounted(architecture, task.warnings);
  const limits = task.limits.get(architecture.name);
  if (limits === undefined) throw new Error(`no limits of "${architecture.name}"`);
  const disqualified = [
    ...new Set([...brokenChecks(architecture, mean).map((check) => check.message), ...limits.disqualified]),
  ];
  return {
    title: architecture.spec.title,
    cost,
    line_items: lines,
    components,
    roles: rolesOf(lines, cost.month),
    not_counted: missing,
    status_share: statusShare(lines, cost.month),
    notices: noticesOf(architecture, model),
    ...limits,
    feasible: disqualified.length === 0,
    disqualified,
  };
}

function worthALine(line: LineItem): boolean {
  return line.x_TierFrom === 0 || line.PricingQuantity !== 0;
}

function costOf(architecture: ModelArchitecture, task: ArchitectureTask): Cost {
  const { model, mean, month, work } = task;
  const cost = mean(architecture.cost);
  const reported = model.scenario.data.workload.report_per?.count ?? 1;
  const perUnit = work > 0 ? cost / work : null;
  return {
    month: cost,
    year: cost * 12,
    per_unit: perUnit,
    per_reported_unit: perUnit === null ? null : perUnit * reported,
    list_month: mean(architecture.list),
    ...(model.grows
      ? { month_1: month(architecture.cost, 0), month_12: month(architecture.cost, GROWING_MONTHS - 1) }
      : {}),
  };
}

function total(lines: readonly LineItem[]): number {
  return lines.reduce((sum, line) => sum + line.EffectiveCost, 0);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function rolesOf(lines: readonly LineItem[], whole: number): ArchitectureResult["roles"] {
  const roles: ArchitectureResult["roles"] = {};
  for (const role of ROLES) {
    const month = total(lines.filter((line) => line.x_Role === role));
    if (month !== 0) roles[role] = { month, share: share(month, whole) };
  }
  return roles;
}

function statusShare(lines: readonly LineItem[], whole: number): Record<string, number> {
  const shares: Record<string, number> = {};
  for (const status of new Set(lines.map((line) => line.x_PriceStatus))) {
    shares[status] = share(total(lines.filter((line) => line.x_PriceStatus === status)), whole);
  }
  return shares;
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

/** Cost over the driver, four decades round today, for charts. */
function driverCurve(model: Model, today: number): Result["curve"] {
  if (!(today > 0)) return null;
  const points = 121;
  const x = Array.from({ length: points }, (_, i) => today * 10 ** (-3 + (i / (points - 1)) * 4));
  const found = costOver(model, model.workload.driver, x);
  const work = found.get("work") ?? [];
  const month: Record<string, number[]> = {};
  const perUnit: Record<string, (number | null)[]> = {};
  const reported = model.scenario.data.workload.report_per?.count ?? 1;
  for (const { name } of model.architectures) {
    const costs = [...(found.get(name) ?? [])];
    if (costs.some((cost) => !Number.isFinite(cost))) return null;
    month[name] = costs;
    perUnit[name] = costs.map((cost, i) => perReported(cost, work[i], reported));
  }
  return { over: model.workload.driver, x, month, per_unit: perUnit };
}

function perReported(cost: number, work: number | undefined, reported: number): number | null {
  return work === undefined || work <= 0 ? null : (cost / work) * reported;
}
