// The result for other values of inputs, through the functions that the command itself uses: the same figures to the bit.
import type { Graph } from "../formula/graph.ts";
import {
  costOf,
  curveDrivers,
  curveOf,
  openAllowances,
  rolesOf,
  share,
  statusShare,
  total,
} from "../model/architecture-figures.ts";
import { boundaries } from "../model/boundary.ts";
import { comparisonOf } from "../model/comparison.ts";
import { growthOf } from "../model/growth-months.ts";
import { isAccountWide, limitFigures, limitResult, type QuotaFigures, quotaFigures } from "../model/limits.ts";
import { isWorthALine, lineFigureNodes, lineFigures } from "../model/line-item.ts";
import { withOwnership } from "../model/quality-figures.ts";
import { costOver, GROWING_MONTHS, type Values, valuesOf } from "../model/values.ts";
import { ROLE_ORDER } from "../report/charts/palette.ts";
import type { Overheads } from "../result/overhead-schema.ts";
import type { ArchitectureResult, LineItem, Result } from "../result/schema.ts";
import { type CarbonAt, carbonAt } from "./carbon.ts";
import { unpackGraph } from "./packed-graph.ts";
import type { PagePayload, PayloadArchitecture } from "./payload.ts";
import { objectivesAt, operationsAt, packedNodes } from "./qualities.ts";

/** Values of inputs in base units, by address. */
export type Overrides = ReadonlyMap<string, number>;
export type Recomputed = { readonly result: Result } | { readonly problem: string };

/** A payload ready to be evaluated: graphs are unpacked once. */
export type PageModel = {
  readonly payload: PagePayload;
  readonly graph: Graph;
  /** of the waterfall of levers */
  readonly levers: Graph | undefined;
};

export function pageModel(payload: PagePayload): PageModel {
  const { graph, levers } = payload;
  return { payload, graph: unpackGraph(graph), levers: levers === null ? undefined : unpackGraph(levers.graph) };
}

/**
 * @param off names of architectures that are switched off
 * @returns the result, or why the values are impossible, in the words of the command
 */
export function recompute(page: PageModel, overrides: Overrides, off: ReadonlySet<string>): Recomputed {
  const { payload } = page;
  const graph = graphAt(page, overrides);
  const { monthSeconds, grows, load, driver, driverNode } = payload;
  const shown = payload.architectures.filter(({ name }) => !off.has(name));
  const model = {
    graph,
    monthSeconds,
    grows,
    load,
    workload: { driver, driverNode, work: { node: payload.workNode } },
    architectures: shown,
  };
  const { mean, month } = valuesOf(model, nodesOf(payload));
  const problem = problemOf(shown, mean);
  if (problem !== undefined) return { problem };
  const work = mean(payload.workNode);
  // All at once: what several architectures share is looked at once only.
  const quotas = quotaFigures(
    model,
    shown.flatMap(({ limits }) => limits.map(({ nodes }) => nodes)),
  );
  const reported = payload.result.workload.reported_count;
  const names = new Set(shown.map(({ name }) => name));
  const carbon = carbonAt(payload.carbon, model, names, { count: work, reported });
  const task: Task = { payload, mean, month, work, model, carbon };
  let from = 0;
  const architectures = Object.fromEntries(
    shown.map((each) => {
      const own = quotas.slice(from, from + each.limits.length);
      from += each.limits.length;
      return [each.name, architectureResult(each, own, task)];
    }),
  );
  const result = resultOf(task, architectures, shown);
  const today = mean(payload.driverNode);
  const [growth, curve] = [growthAt(payload, model, shown, today), curveAt(payload, model, today)];
  return { result: { ...result, growth, curve } };
}

/** The graph with other values of inputs. */
export function graphAt({ graph }: Pick<PageModel, "graph">, overrides: Overrides): Graph {
  return withInputs(graph, overrides);
}

export function withInputs(graph: Graph, overrides: Overrides): Graph {
  const inputs = graph.inputs.map(({ address, value }) => ({ address, value: overrides.get(address) ?? value }));
  return { ...graph, inputs };
}

type EvaluableModel = Parameters<typeof quotaFigures>[0] & Parameters<typeof costOver>[0];
type Task = {
  readonly payload: PagePayload;
  readonly mean: Values;
  readonly month: (node: number, month: number) => number;
  readonly work: number;
  readonly model: EvaluableModel;
  readonly carbon: CarbonAt;
};

function resultOf(
  { payload, mean, work, carbon }: Task,
  architectures: Record<string, ArchitectureResult>,
  shown: readonly PayloadArchitecture[],
): Result {
  const base = payload.result;
  const { workload, current } = base;
  const objectives = objectivesAt(base.objectives, shown, mean);
  const reported = {
    unit: workload.reported_unit,
    count: workload.reported_count,
    objectives: objectives != null && objectives.objectives.length > 0,
  };
  const today = mean(payload.driverNode);
  const kept = current === null || !(current in architectures) ? undefined : current;
  const comparison = comparisonOf(architectures, kept, reported, shown[0]?.name ?? "");
  const operations = operationsAt(base.operations, shown, mean, { architectures, cheapest: comparison.cheapest });
  return {
    ...base,
    workload: { ...workload, driver_value: today, work_month: work },
    current: kept ?? null,
    architectures,
    comparison: carbon.compared(withOwnership(comparison, operations)),
    objectives,
    operations,
    combine: combineAt(base.combine, payload.shared, architectures),
    growth: null,
    curve: null,
    break_even: null,
    uncertainty: null,
  };
}

/** What stands between components that could be one costs what its line items now cost. */
function combineAt(
  base: Result["combine"],
  shared: PagePayload["shared"],
  architectures: Readonly<Record<string, ArchitectureResult>>,
): Result["combine"] {
  if (base === null) return null;
  const found = Object.fromEntries(
    Object.entries(base).flatMap(([name, { candidates, not }]) => {
      const result = architectures[name];
      if (result === undefined) return [];
      const anew = candidates.map((candidate, at) => {
        const between = { through: candidate.through, shared: shared[name]?.[at] ?? [] };
        return { ...candidate, ...boundaries(between, result) };
      });
      return [[name, { candidates: anew, not }]];
    }),
  );
  return Object.keys(found).length === 0 ? null : found;
}

function nodesOf(payload: PagePayload): readonly number[] {
  return [
    payload.workNode,
    payload.driverNode,
    ...payload.architectures.flatMap(({ cost, list, uncounted, lines, counts, checks }) => [
      cost,
      list,
      uncounted,
      ...lines.flatMap(({ nodes }) => lineFigureNodes(nodes)),
      ...counts.map(([, node]) => node),
      ...checks.map(({ node }) => node),
    ]),
    ...payload.architectures.flatMap(({ environments, overheads, qualities }) => [
      ...packedNodes(qualities),
      ...environments.flatMap(([, node]) => (node === null ? [] : [node])),
      ...(overheads === null
        ? []
        : [overheads.total, ...overheads.lines.flatMap(({ base, existing, cost }) => [base, existing, cost])]),
    ]),
  ];
}

function problemOf(architectures: readonly PayloadArchitecture[], mean: Values): string | undefined {
  for (const { name, lines, checks } of architectures) {
    const broken = checks.find(({ level, node }) => level === "error" && mean(node) !== 1);
    if (broken !== undefined) return broken.message;
    const odd = lines.find(
      ({ nodes }) =>
        !(Number.isFinite(mean(nodes.effective)) && Number.isFinite(mean(nodes.consumed)) && mean(nodes.consumed) >= 0),
    );
    if (odd !== undefined) return `${name}: no figure comes out for ${odd.item.x_Component}.${odd.item.x_Meter}`;
  }
  return undefined;
}

function architectureResult(
  each: PayloadArchitecture,
  quotas: readonly QuotaFigures[],
  task: Task,
): ArchitectureResult {
  const { payload, mean, month, work } = task;
  const base = payload.result.architectures[each.name];
  if (base === undefined) throw new Error(`no architecture "${each.name}"`);
  const lines = each.lines.map(({ item, nodes }) => ({ ...item, ...lineFigures(nodes, mean) })).filter(isWorthALine);
  const cost = costOf({
    month: mean(each.cost),
    list: mean(each.list),
    work,
    reported: payload.result.workload.reported_count,
    growing: payload.grows ? [month(each.cost, 0), month(each.cost, GROWING_MONTHS - 1)] : undefined,
  });
  const counts = new Map(each.counts);
  const components = Object.fromEntries(
    Object.entries(base.components).map(([name, component]) => {
      const own = total(lines.filter((line) => line.x_Component === name));
      const node = counts.get(name);
      const count = node === undefined ? component.count : mean(node);
      // A bill is compared with the scenario as it is written only.
      const { actual: _, ...rest } = component;
      return [name, { ...rest, count, cost: { month: own, share: share(own, cost.month) } }];
    }),
  );
  const beside = besideCost(base, each, lines, task);
  const limits = limitResult(
    each.limits.flatMap(({ limit, nodes, factor }, i) => {
      const figures = quotas[i];
      return figures === undefined
        ? []
        : [{ ...limit, ...limitFigures(nodes, figures, factor, isAccountWide(limit.scope)) }];
    }),
    payload.driver,
  );
  const broken = each.checks.filter(({ level, node }) => level === "infeasible" && mean(node) !== 1);
  const disqualified = [...new Set([...broken.map(({ message }) => message), ...limits.disqualified])];
  const { free_allowances: _, ...rest } = base;
  return {
    ...rest,
    ...openAllowances(mean(each.uncounted), cost.month),
    cost,
    line_items: lines,
    components,
    roles: rolesOf(lines, cost.month, ROLE_ORDER),
    ...beside,
    status_share: statusShare(lines, cost.month),
    ...limits,
    feasible: disqualified.length === 0,
    disqualified,
    carbon: task.carbon.of(each.name),
  };
}

/** Environments by themselves, and the second total with overheads. */
function besideCost(
  { environments, overheads }: ArchitectureResult,
  each: PayloadArchitecture,
  lines: readonly LineItem[],
  { mean }: Task,
): Pick<ArchitectureResult, "environments" | "overheads"> {
  const whole = mean(each.cost);
  const loads = new Map(each.environments);
  const costs = Object.entries(environments ?? {}).map(([name, environment]) => {
    const own = lines.filter((line) => line.x_Environment === name);
    const month = total(own);
    const node = loads.get(name);
    const load = node === undefined || node === null ? 1 : mean(node);
    const roles = rolesOf(own, month, ROLE_ORDER);
    return [name, { ...environment, load, month, share: share(month, whole), roles }] as const;
  });
  return {
    ...(environments === undefined ? {} : { environments: Object.fromEntries(costs) }),
    ...(overheads === undefined || each.overheads === null
      ? {}
      : { overheads: overheadsAt(overheads, each.overheads, mean) }),
  };
}

function overheadsAt(base: Overheads, nodes: NonNullable<PayloadArchitecture["overheads"]>, mean: Values): Overheads {
  const month = mean(nodes.total);
  const lines = base.lines.map((line, i) => {
    const own = nodes.lines[i];
    return own === undefined
      ? line
      : { ...line, base: mean(own.base), existing: mean(own.existing), cost: mean(own.cost) };
  });
  const { currency } = base;
  return {
    lines,
    month,
    year: month * 12,
    currency:
      currency === null ? null : { ...currency, month: month * currency.rate, year: month * currency.rate * 12 },
  };
}

function growthAt(
  { growth }: PagePayload,
  model: EvaluableModel,
  architectures: readonly PayloadArchitecture[],
  today: number,
): Result["growth"] {
  if (growth === null) return null;
  const drivers = growth.drivers.map((value) => (growth.relative ? today * value : value));
  const growing = architectures.map(({ name, cost, limits }) => ({
    name,
    cost,
    quotas: limits.map(({ limit, nodes }) => ({
      id: limit.quota,
      title: limit.title,
      demand: nodes.demand,
      granted: nodes.granted,
    })),
  }));
  return growthOf(model, growing, drivers);
}

function curveAt({ driver, result }: PagePayload, model: EvaluableModel, today: number): Result["curve"] {
  if (!(today > 0)) return null;
  const x = curveDrivers(today);
  const found = costOver(model, driver, x);
  return curveOf({
    over: driver,
    x,
    costs: new Map(model.architectures.map(({ name }) => [name, found.get(name) ?? []])),
    work: found.get("work") ?? [],
    reported: result.workload.reported_count,
  });
}
