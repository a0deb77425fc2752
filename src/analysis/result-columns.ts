import type { GraphBuilder } from "../formula/builder.ts";
import { CARBON, type Dimension, divideDimensions, MONEY, PLAIN } from "../formula/unit.ts";
import type { Scope, Value } from "../formula/value.ts";
import { definitionOf } from "../model/definition.ts";
import type { Model } from "../model/model.ts";
import { bindingLoads, type Quotas } from "./binding-loads.ts";
import { manyCases } from "./many-cases.ts";

/** What is known of each case: the sampled inputs, and what the architectures cost there. */
export type Cases = {
  readonly n: number;
  /** addresses of the sampled inputs, and their columns */
  readonly free: readonly string[];
  readonly inputs: readonly Float64Array[];
  /** USD a month by architecture */
  readonly costs: ReadonlyMap<string, Float64Array>;
  /** kg CO2e a month by architecture, where it is known */
  readonly carbon: ReadonlyMap<string, Float64Array>;
  /** by architecture: 0 where it serves the load and meets the objectives; empty: they are compared all the same */
  readonly ruledOut: ReadonlyMap<string, Uint8Array>;
  /** units of work in the month */
  readonly work: Float64Array;
};

type Address = {
  readonly dimension: Dimension;
  readonly column: (cases: Cases) => Float64Array;
};

/** Names that a condition over results may use: variables, `monolith.cost.month`, `monolith.limits.first_hit.share`. */
export type ResultScope = Scope & {
  /** the columns of the names that have been asked for, in the order of the inputs that stand for them */
  columns(cases: Cases): { readonly addresses: readonly string[]; readonly columns: readonly Float64Array[] };
};

/**
 * Results of a model as names for formulas, an input of another graph each: a condition is then a formula over columns. A
 * hyphen in the name of an architecture is written `_`, since it would be a minus.
 */
export function resultScope(model: Model, builder: GraphBuilder): ResultScope {
  const known = new Map<string, Address>([
    ["cheapest", { dimension: PLAIN, column: cheapestColumn }],
    ...variableAddresses(model),
    ...model.architectures.flatMap(({ name }) => own(model, name)),
  ]);
  const used = new Set<string>();
  return {
    value(name): Value | undefined {
      // An architecture stands for its place: `cheapest == monolith` compares two of them.
      const place = model.architectures.findIndex((architecture) => architecture.name.replaceAll("-", "_") === name);
      if (place >= 0 && !known.has(name)) {
        return { kind: "number", node: builder.constant(place), dimension: PLAIN, instant: false };
      }
      const address = known.get(name);
      if (address === undefined) return undefined;
      used.add(name);
      return { kind: "number", node: builder.input(name, 0), dimension: address.dimension, instant: false };
    },
    names: () => [...known.keys()],
    table: () => undefined,
    columns(cases) {
      const addresses = [...used];
      return {
        addresses,
        columns: addresses.map((name) => known.get(name)?.column(cases) ?? new Float64Array(cases.n)),
      };
    },
  };
}

function variableAddresses(model: Model): readonly [string, Address][] {
  return model.definitions.flatMap(({ address, node, dimension, origin }): [string, Address][] => {
    const isVariable = (origin === "scenario" || origin === "command") && !address.includes(".");
    if (!isVariable || node === undefined) return [];
    // A formula of other variables follows them from sample to sample.
    const column = ({ free, inputs, n }: Cases): Float64Array =>
      inputs[free.indexOf(address)] ?? manyCases(model, [node], free)(inputs, n)[0] ?? new Float64Array(n);
    return [[address, { dimension, column }]];
  });
}

function own(model: Model, name: string): readonly [string, Address][] {
  const { current } = model;
  const prefix = name.replaceAll("-", "_");
  const cost = (cases: Cases, architecture = name): Float64Array =>
    cases.costs.get(architecture) ?? new Float64Array(cases.n).fill(Number.NaN);
  const money: Record<string, Address["column"]> = {
    "cost.month": (cases) => cost(cases),
    "cost.year": (cases) => cost(cases).map((value) => value * 12),
    "cost.per_unit": (cases) => cost(cases).map((value, i) => value / (cases.work[i] ?? Number.NaN)),
  };
  const shares: Record<string, Address["column"]> = {};
  if (current !== undefined) {
    money["saving"] = (cases) => cost(cases).map((value, i) => (cost(cases, current)[i] ?? Number.NaN) - value);
    shares["saving_share"] = (cases) =>
      cost(cases).map((value, i) => 1 - value / (cost(cases, current)[i] ?? Number.NaN));
  }
  const driver = definitionOf(model, model.workload.driver)?.dimension ?? PLAIN;
  const loads = {
    "limits.first_hit": "granted",
    "capacity.granted": "granted",
    "capacity.default": "published",
    "capacity.hard": "hard",
  } as const;
  const headrooms = {
    "limits.headroom": "granted",
    "limits.granted.headroom": "granted",
    "limits.default.headroom": "published",
    "limits.hard.headroom": "hard",
  } as const;
  for (const [key, which] of Object.entries(headrooms)) {
    shares[key] = (cases) => shareOfLoad(model, bound(model, name, which, cases), cases);
  }
  const units: Record<string, Address["column"]> = {};
  for (const [key, which] of Object.entries(loads)) {
    units[`${key}.units`] = (cases) => bound(model, name, which, cases);
    shares[`${key}.share`] = (cases) => shareOfLoad(model, bound(model, name, which, cases), cases);
  }
  const entries = (columns: Record<string, Address["column"]>, dimension: Dimension): [string, Address][] =>
    Object.entries(columns).map(([key, column]) => [`${prefix}.${key}`, { dimension, column }]);
  return [
    ...entries(money, MONEY),
    ...entries(shares, divideDimensions(PLAIN, PLAIN)),
    ...entries(units, driver),
    ...[...ownNodes(model, name)].map(([key, address]): [string, Address] => [`${prefix}.${key}`, address]),
  ];
}

function bound(model: Model, name: string, which: Quotas, cases: Cases): Float64Array {
  const loads = bindingLoads(model, name, which, cases.free);
  return loads === undefined ? new Float64Array(cases.n).fill(Number.POSITIVE_INFINITY) : loads(cases.inputs, cases.n);
}

/** Loads as a share of the load that the scenario expects in each case, whatever part of it the run looks at. */
function shareOfLoad(model: Model, loads: Float64Array, { free, inputs }: Cases): Float64Array {
  const { driver } = model.workload;
  const column = inputs[free.indexOf(driver)];
  const value = model.graph.inputs.find(({ address }) => address === driver)?.value;
  return loads.map((load, i) => (load * model.load) / (column?.[i] ?? value ?? Number.NaN));
}

/** What is a node of the graph itself: parts of the cost by component and by role, metrics, carbon. */
function ownNodes(model: Model, name: string): ReadonlyMap<string, Address> {
  const architecture = model.architectures.find((each) => each.name === name);
  const found = new Map<string, Address>();
  if (architecture === undefined) return found;
  const groups = new Map<string, number[]>();
  for (const { words, effective } of architecture.lines) {
    for (const key of [`components.${word(words.x_Component)}.cost`, `roles.${word(words.x_Role)}`]) {
      groups.set(key, [...(groups.get(key) ?? []), effective]);
    }
  }
  for (const [key, nodes] of groups) {
    found.set(`${key}.month`, { dimension: MONEY, column: (cases) => sumOf(model, nodes, cases) });
    const share = (cases: Cases): Float64Array => {
      const whole = cases.costs.get(name);
      return sumOf(model, nodes, cases).map((part, i) => part / (whole?.[i] ?? Number.NaN));
    };
    found.set(`${key}.share`, { dimension: PLAIN, column: share });
  }
  for (const { name: metric, node, unit } of architecture.qualities.metrics) {
    found.set(`metrics.${metric}`, { dimension: unit.dimension, column: (cases) => sumOf(model, [node], cases) });
  }
  found.set("feasible", { dimension: PLAIN, column: (cases) => feasibleColumn(cases, name) });
  const emitted = (cases: Cases): Float64Array => cases.carbon.get(name) ?? new Float64Array(cases.n).fill(Number.NaN);
  if (model.carbon?.architectures.some((each) => each.name === name) === true)
    found.set("carbon.month", { dimension: CARBON, column: emitted });
  return found;
}

function word(name: string): string {
  return name.replaceAll(/[^a-z0-9_]/g, "_");
}

function feasibleColumn({ ruledOut, n }: Cases, name: string): Float64Array {
  const ruled = ruledOut.get(name);
  return Float64Array.from({ length: n }, (_, i) => (ruled === undefined || ruled[i] === 0 ? 1 : 0));
}

/** The sum of nodes in each case. */
function sumOf(model: Model, nodes: readonly number[], { free, inputs, n }: Cases): Float64Array {
  const total = new Float64Array(n);
  for (const column of manyCases(model, nodes, free)(inputs, n)) {
    for (let i = 0; i < n; i += 1) total[i] = (total[i] ?? Number.NaN) + (column[i] ?? Number.NaN);
  }
  return total;
}

/** The place of the cheapest architecture that serves the load and meets the objectives, -1 where there is none. */
function cheapestColumn({ costs, ruledOut, n }: Cases): Float64Array {
  const all = [...costs];
  return Float64Array.from({ length: n }, (_, i) => {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    all.forEach(([name, column], k) => {
      const cost = column[i] ?? Number.NaN;
      const why = ruledOut.get(name)?.[i];
      if (cost >= least || (why !== undefined && why !== 0)) return;
      best = k;
      least = cost;
    });
    return best;
  });
}
