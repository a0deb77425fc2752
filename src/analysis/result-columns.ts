import type { GraphBuilder } from "../formula/builder.ts";
import { type Dimension, divideDimensions, MONEY, PLAIN } from "../formula/unit.ts";
import type { Scope, Value } from "../formula/value.ts";
import type { Model } from "../model/model.ts";
import { valuesOf } from "../model/values.ts";
import { bindingLoads } from "./binding-loads.ts";

/** What is known of each case: the sampled inputs, and what the architectures cost there. */
export type Cases = {
  readonly n: number;
  /** addresses of the sampled inputs, and their columns */
  readonly free: readonly string[];
  readonly inputs: readonly Float64Array[];
  /** USD a month by architecture */
  readonly costs: ReadonlyMap<string, Float64Array>;
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
  const known = new Map([...variableAddresses(model), ...model.architectures.flatMap(({ name }) => own(model, name))]);
  const used = new Set<string>();
  return {
    value(name): Value | undefined {
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
  return [...model.definitions.values()].flatMap(({ address, node, dimension, origin }): [string, Address][] => {
    const isVariable = (origin === "scenario" || origin === "command") && !address.includes(".");
    if (!isVariable || node === undefined) return [];
    const column = (cases: Cases): Float64Array => {
      const at = cases.free.indexOf(address);
      return cases.inputs[at] ?? new Float64Array(cases.n).fill(valuesOf(model, [node]).mean(node));
    };
    return [[address, { dimension, column }]];
  });
}

function own(model: Model, name: string): readonly [string, Address][] {
  const { current } = model.scenario.data;
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
  const driver = model.definitions.get(model.workload.driver)?.dimension ?? PLAIN;
  const loads = {
    "limits.first_hit": "granted",
    "capacity.granted": "granted",
    "capacity.default": "published",
  } as const;
  const units: Record<string, Address["column"]> = {};
  for (const [key, which] of Object.entries(loads)) {
    units[`${key}.units`] = (cases) => bound(model, name, which, cases);
    shares[`${key}.share`] = (cases) => shareOfLoad(model, bound(model, name, which, cases), cases);
  }
  const entries = (columns: Record<string, Address["column"]>, dimension: Dimension): [string, Address][] =>
    Object.entries(columns).map(([key, column]) => [`${prefix}.${key}`, { dimension, column }]);
  return [...entries(money, MONEY), ...entries(shares, divideDimensions(PLAIN, PLAIN)), ...entries(units, driver)];
}

function bound(model: Model, name: string, which: "published" | "granted", cases: Cases): Float64Array {
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
