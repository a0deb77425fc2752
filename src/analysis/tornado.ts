import { Problems } from "../diagnostic/diagnostic.ts";
import { valuesOf } from "../figures/values.ts";
import { log } from "../formula/exact.ts";
import type { Compile } from "../formula/generate.ts";
import type { Model } from "../model/model.ts";
import type { SwingsResult, TornadoRow } from "../result/decision-schema.ts";
import type { BindingLoads } from "./binding-loads.ts";
import { casesThrough, type ManyCases } from "./cases-through.ts";
import { type UncertainInput, uncertainInputs } from "./uncertain-inputs.ts";

/** Nodes by architecture: cost, and carbon of those of which any energy is known. */
export type TornadoNodes = {
  readonly costs: readonly { readonly name: string; readonly cost: number }[];
  readonly emitting: readonly { readonly name: string; readonly node: number }[];
  /** savings are relative to it; undefined: none is stated */
  readonly current: string | undefined;
};

export type TornadoTask = {
  readonly ranged: readonly Omit<UncertainInput, "distribution">[];
  /** nodes as a function of inputs */
  readonly cases: (nodes: readonly number[], free: readonly string[]) => ManyCases;
  /** the load at which the first quota of an architecture binds, over the given inputs */
  readonly loadsOf: (architecture: string, free: readonly string[]) => BindingLoads | undefined;
};

/**
 * Costs, savings, binding loads and carbon at both ends of each range, all else at its value; the input that moves the saving (or,
 * without a current architecture, any cost) most stands first.
 */
export function tornado(
  { costs: costNodes, emitting, current: currentName }: TornadoNodes,
  { ranged, cases, loadsOf }: TornadoTask,
): TornadoRow[] {
  if (ranged.length === 0) return [];
  const free = ranged.map(({ address }) => address);
  const n = 2 * ranged.length;
  const columns = ranged.map(({ value, low, high, market }, own) => {
    const column = new Float64Array(n).fill(value);
    ranged.forEach((other, k) => {
      // What names one market moves together.
      if (k !== own && (market === undefined || other.market !== market)) return;
      column[2 * k] = low;
      column[2 * k + 1] = high;
    });
    return column;
  });
  const names = costNodes.map(({ name }) => name);
  const costs = cases(
    costNodes.map(({ cost }) => cost),
    free,
  )(columns, n);
  const emitted = cases(
    emitting.map(({ node }) => node),
    free,
  )(columns, n);
  const current = costs[names.indexOf(currentName ?? "")];
  const loads = names.map((name) => loadsOf(name, free)?.(columns, n));
  const ends = (column: ArrayLike<number> | undefined, k: number): { low: number; high: number } => ({
    low: column?.[2 * k] ?? Number.NaN,
    high: column?.[2 * k + 1] ?? Number.NaN,
  });
  const rows = ranged.map(({ address, unit, factor, low, value, high }, k): TornadoRow => {
    const of = <T>(make: (i: number) => T): Record<string, T> =>
      Object.fromEntries(names.map((name, i) => [name, make(i)]));
    return {
      address,
      unit,
      low: low / factor,
      value: value / factor,
      high: high / factor,
      cost: of((i) => ends(costs[i], k)),
      saving_share:
        current === undefined
          ? {}
          : of((i) =>
              ends(
                current.map((now, j) => 1 - (costs[i]?.[j] ?? Number.NaN) / now),
                k,
              ),
            ),
      binding_load: of((i) => finiteEnds(ends(loads[i], k))),
      carbon: Object.fromEntries(emitting.map(({ name }, i) => [name, ends(emitted[i], k)])),
    };
  });
  return rows.sort((a, b) => width(b) - width(a));
}

function finiteEnds(ends: { readonly low: number; readonly high: number }) {
  return Number.isFinite(ends.low) && Number.isFinite(ends.high) ? ends : null;
}

/** The greatest swing: of a saving in share points, of a cost relative to its smaller end. */
function width({ cost, saving_share: saving }: TornadoRow): number {
  const savings = Object.values(saving).map(({ low, high }) => Math.abs(high - low));
  if (savings.length > 0) return Math.max(...savings);
  return Math.max(...Object.values(cost).map(({ low, high }) => Math.abs(log(high / low))));
}

/**
 * Costs alone at both ends of each range, for little work.
 * @param compileWith makes functions of nodes
 */
export function costSwings(
  model: Model,
  compileWith: Compile,
): Pick<SwingsResult, "tornado"> & { readonly base: Record<string, { readonly cost: number }> } {
  const { mean } = valuesOf(
    model,
    model.architectures.map(({ cost }) => cost),
  );
  return {
    base: Object.fromEntries(model.architectures.map(({ name, cost }) => [name, { cost: mean(cost) }])),
    tornado: tornado(
      { costs: model.architectures, emitting: [], current: model.current },
      {
        ranged: uncertainInputs(model, new Problems()),
        cases: (nodes, free) => casesThrough(model, nodes, free, { compileWith }),
        loadsOf: () => undefined,
      },
    ),
  };
}
