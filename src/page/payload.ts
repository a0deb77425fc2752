// What a report carries so that its page can compute: the graph, what its nodes mean, and the result as it was.

import { linkCorrelations } from "../analysis/correlations.ts";
import type { Distribution } from "../analysis/distribution.ts";
import type { Correlation } from "../analysis/samples.ts";
import { type UncertainInput, uncertainInputs } from "../analysis/uncertain-inputs.ts";
import { Problems } from "../diagnostic/diagnostic.ts";
import { shownUnit } from "../model/assumptions.ts";
import { sharedOf } from "../model/combine.ts";
import type { ModelArchitecture } from "../model/design.ts";
import type { QuotaNodes } from "../model/limits.ts";
import { type LineFigureNodes, lineFigureNodes, lineItem } from "../model/line-item.ts";
import type { Model } from "../model/model.ts";
import { overheadNodes } from "../model/overhead-figures.ts";
import { qualityNodes } from "../model/quality-figures.ts";
import { valuesOf } from "../model/values.ts";
import type { BudgetOutcome } from "../result/check.ts";
import type { UncertaintyResult } from "../result/decision-schema.ts";
import type { NumberStyle } from "../result/locale.ts";
import { numberStyleInUse } from "../result/number.ts";
import type { Limit, LineItem, Result } from "../result/schema.ts";
import { carbonNodes, type PackedCarbon, packCarbon } from "./carbon.ts";
import { type PackedGraph, packGraph } from "./packed-graph.ts";
import type { PackedLevers } from "./packed-levers.ts";
import { type PackedPlan, packMonths, packPlan, planNodes } from "./packed-plan.ts";
import { type PackedQualities, packQualities } from "./qualities.ts";

/** An input that the reader may move. All figures are in its unit. */
export type Control = {
  readonly name: string;
  /** inputs of environments that have a value of their own for it: a setting goes before those, as on the command line */
  readonly also: readonly string[];
  readonly unit: string;
  /** base units in one unit */
  readonly factor: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
  readonly reason: string | null;
};

export type PayloadLine = {
  readonly item: LineItem;
  readonly nodes: LineFigureNodes;
};

export type PayloadArchitecture = {
  readonly name: string;
  readonly cost: number;
  readonly list: number;
  /** free allowances that the scenario neither counts nor rules out */
  readonly uncounted: number;
  readonly lines: readonly PayloadLine[];
  readonly limits: readonly { readonly limit: Limit; readonly factor: number; readonly nodes: QuotaNodes }[];
  readonly counts: readonly (readonly [string, number])[];
  readonly checks: readonly { readonly node: number; readonly level: string; readonly message: string }[];
  /** by name: the node of its share of the load; null: the scenario's own load */
  readonly environments: readonly (readonly [string, number | null])[];
  /** nodes of what stands beside the cost */
  readonly overheads: {
    readonly total: number;
    readonly lines: readonly { readonly base: number; readonly existing: number; readonly cost: number }[];
  } | null;
  readonly qualities: PackedQualities;
};

export type PagePayload = {
  /** how the report writes numbers */
  readonly numbers: NumberStyle;
  readonly graph: PackedGraph;
  readonly monthSeconds: number;
  readonly grows: boolean;
  readonly load: number;
  readonly driver: string;
  readonly driverNode: number;
  readonly workNode: number;
  readonly architectures: readonly PayloadArchitecture[];
  /** months after the first: the driver, or its factor where it is `relative` to today's */
  readonly growth: { readonly relative: boolean; readonly drivers: readonly number[] } | null;
  readonly carbon: PackedCarbon | null;
  /** by architecture and candidate to combine: what stands between and others use too */
  readonly shared: Readonly<Record<string, readonly (readonly string[])[]>>;
  readonly controls: readonly Control[];
  /** inputs with a range, whether or not they can be sampled; base units */
  readonly ranged: readonly PayloadRange[];
  readonly plan: PackedPlan | null;
  /** what the waterfall of levers hangs on; null where there is none, or too many or too different models */
  readonly levers: PackedLevers | null;
  /** what is sampled; null where no input has a range, or conditions say which samples count */
  readonly spread: PayloadSpread | null;
  /** outcomes for the scenario as it is written, and the day on which waivers are looked at */
  readonly budgets: readonly BudgetOutcome[];
  readonly today: string;
  /** without what is computed again, and without what only fixed parts show */
  readonly result: Result;
};

export type PayloadRange = Pick<UncertainInput, "address" | "unit" | "factor" | "low" | "high" | "market">;

export type PayloadSpread = {
  readonly inputs: readonly {
    readonly address: string;
    readonly distribution: Distribution;
    /** as the result tells it */
    readonly told: UncertaintyResult["inputs"][number];
  }[];
  readonly correlations: readonly Correlation[];
  readonly seed: number;
  /** samples of the command */
  readonly samples: number;
  readonly savingOver: number;
};

/** What the report knows besides the result. */
export type Besides = {
  readonly budgets: readonly BudgetOutcome[];
  readonly today: string;
  /** undefined: none are shown */
  readonly levers?: PackedLevers | null | undefined;
};

/** The slider of the driver goes at least this far below and above its value. */
const DRIVER_RANGE = [1 / 100, 10] as const;

export function pagePayload(model: Model, result: Result, { budgets, today, levers }: Besides): PagePayload {
  const { packed, place } = packGraph(model.graph, outputsOf(model));
  const { mean } = valuesOf(model, outputsOf(model));
  return {
    numbers: numberStyleInUse(),
    graph: packed,
    monthSeconds: model.monthSeconds,
    grows: model.grows,
    load: model.load,
    driver: model.workload.driver,
    driverNode: place(model.workload.driverNode),
    workNode: place(model.workload.work.node),
    architectures: model.architectures.map((architecture) =>
      packArchitecture(architecture, model, { mean, place, result }),
    ),
    growth: packGrowth(model, result),
    carbon: packCarbon(model.carbon, place),
    shared: Object.fromEntries(
      model.architectures.map((each) => [
        each.name,
        (result.combine?.[each.name]?.candidates ?? []).map((candidate) => sharedOf(each, candidate)),
      ]),
    ),
    controls: controlsOf(model),
    ranged: uncertainInputs(model, new Problems()).map(({ value: _, distribution: __, ...range }) => range),
    plan: packPlan(model, place),
    levers: levers ?? null,
    spread: packSpread(model, result),
    budgets,
    today,
    result: bare(result),
  };
}

function bare(result: Result): Result {
  const architectures: Result["architectures"] = {};
  for (const [name, architecture] of Object.entries(result.architectures)) {
    architectures[name] = { ...architecture, line_items: [], limits: [], carbon: null };
  }
  return {
    ...result,
    architectures,
    comparison: { ...result.comparison, carbon: null },
    carbon: result.carbon === null ? null : { ...result.carbon, doc: "", coefficients: [] },
    prices: [],
    assumptions: result.assumptions.filter(({ low, high }) => low !== null && high !== null),
    curve: null,
    growth: null,
    break_even: null,
    unit_economics: null,
    uncertainty: null,
    plan: null,
  };
}

function outputsOf(model: Model): readonly number[] {
  const { architectures, workload, carbon } = model;
  return [
    ...architectures.map(({ uncounted }) => uncounted()),
    workload.driverNode,
    workload.work.node,
    ...architectures.flatMap(({ cost, list, lines, quotas, checks, components }) => [
      cost,
      list,
      ...lines.flatMap(lineFigureNodes),
      ...quotas.flatMap(({ demand, existing, published, granted, parts }) => [
        ...[demand, existing, published, granted],
        ...parts.flatMap((part) => (part.spans === undefined ? [part.demand] : [part.demand, part.spans])),
      ]),
      ...checks.map(({ node }) => node),
      ...components.map(({ count }) => count.node),
    ]),
    ...overheadNodes(model),
    ...qualityNodes(model),
    ...carbonNodes(carbon),
    ...planNodes(model),
  ];
}

type Packing = {
  readonly mean: (node: number) => number;
  readonly place: (node: number) => number;
  readonly result: Result;
};

function packArchitecture(architecture: ModelArchitecture, model: Model, packing: Packing): PayloadArchitecture {
  const { mean, place, result } = packing;
  const { overheads } = architecture;
  const found = result.architectures[architecture.name]?.limits ?? [];
  return {
    name: architecture.name,
    cost: place(architecture.cost),
    list: place(architecture.list),
    uncounted: place(architecture.uncounted()),
    lines: architecture.lines.map((line) => {
      const { price, consumed, quantity, list, contracted, effective } = line;
      return {
        item: lineItem(line, mean),
        nodes: {
          price: place(price),
          consumed: place(consumed),
          quantity: place(quantity),
          list: place(list),
          contracted: place(contracted),
          effective: place(effective),
        },
      };
    }),
    limits: architecture.quotas.flatMap((quota) => {
      const limit = found.find(
        ({ quota: id, region, account }) => id === quota.id && region === quota.region && account === quota.account,
      );
      if (limit === undefined || quota.quota.kind === "ramp") return [];
      const nodes = {
        demand: place(quota.demand),
        existing: place(quota.existing),
        published: place(quota.published),
        granted: place(quota.granted),
        parts: quota.parts.map(({ component, demand, spans }) => ({
          component,
          demand: place(demand),
          spans: spans === undefined ? undefined : place(spans),
        })),
      };
      return [{ limit, factor: quota.unit.factor, nodes }];
    }),
    counts: architecture.components.map(({ name, count }) => [name, place(count.node)]),
    checks: architecture.checks.map(({ node, level, message }) => ({ node: place(node), level, message })),
    environments: model.environments.flatMap(({ environment, load }) =>
      environment === undefined ? [] : [[environment.name, load === undefined ? null : place(load.load.node)] as const],
    ),
    overheads:
      overheads === undefined
        ? null
        : {
            total: place(overheads.total),
            lines: overheads.lines.map(({ base, existing, cost }) => ({
              base: place(base),
              existing: place(existing),
              cost: place(cost),
            })),
          },
    qualities: packQualities(architecture, place),
  };
}

function packGrowth({ growth }: Model, result: Result): PagePayload["growth"] {
  if (growth === undefined || result.growth === null) return null;
  return packMonths((month, today) => growth.at(month, today), growth.months + 1);
}

function packSpread(model: Model, { uncertainty }: Result): PayloadSpread | null {
  const { data } = model.scenario;
  if (uncertainty === null || (data.given ?? []).length > 0) return null;
  const ranges = uncertainInputs(model, new Problems());
  const inputs = ranges.flatMap(({ address, distribution }) => {
    const told = uncertainty.inputs.find((input) => input.address === address);
    return told === undefined ? [] : [{ address, distribution, told }];
  });
  const correlations = linkCorrelations(model, ranges, new Problems())?.pairs ?? [];
  const { seed, samples, saving_over: savingOver } = uncertainty;
  return { inputs, correlations, seed, samples, savingOver };
}

/** Variables with a range, and the driver; a variable that is a formula of others is none. */
function controlsOf(model: Model): readonly Control[] {
  const inputs = new Map(model.graph.inputs.map(({ address, value }) => [address, value]));
  const { driver } = model.workload;
  const environments = model.environments.flatMap(({ environment }) => environment?.name ?? []);
  return [...model.definitions.values()].flatMap((definition): Control[] => {
    const { address, low, high, reason } = definition;
    const base = inputs.get(address);
    const ranged = low !== undefined && high !== undefined && low < high;
    if (base === undefined || address.includes(".") || (!ranged && address !== driver)) return [];
    const { text, factor } = shownUnit(definition, model.monthSeconds);
    const value = Number((base / (address === driver ? factor * model.load : factor)).toPrecision(12));
    const ends = ranged
      ? [Number((low / factor).toPrecision(12)), Number((high / factor).toPrecision(12))]
      : [value, value];
    const wide =
      address === driver ? [...ends, ...DRIVER_RANGE.map((share) => Number((value * share).toPrecision(2)))] : ends;
    const all = [...ends, value];
    const whole = all.every((x) => Number.isInteger(x) && x >= 1);
    const least = Math.min(...wide, value);
    return [
      {
        name: address,
        also: [...inputs.keys()].filter((other) => environments.some((name) => other === `${name}:${address}`)),
        unit: text,
        factor,
        value,
        low: whole ? Math.max(1, Math.round(least)) : least,
        high: Math.max(...wide, value),
        whole,
        reason: reason ?? null,
      },
    ];
  });
}
