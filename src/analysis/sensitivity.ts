import { shownUnit } from "../figures/assumptions.ts";
import { valuesOf } from "../figures/values.ts";
import { derive } from "../formula/derive.ts";
import type { Graph } from "../formula/graph.ts";
import { liveNodes, nodeAt } from "../formula/nodes.ts";
import { specialise } from "../formula/specialise.ts";
import { definitionOf } from "../model/definition.ts";
import type { Model } from "../model/model.ts";
import type { Elasticity, SensitivityResult, SwingsResult } from "../result/decision-schema.ts";
import { bindingLoads, firstBinding } from "./binding-loads.ts";
import { emittingNodes } from "./emitting-nodes.ts";
import { manyCases } from "./many-cases.ts";
import { tornado } from "./tornado.ts";
import { uncertainCoefficients } from "./uncertain-coefficients.ts";
import type { UncertainInput } from "./uncertain-inputs.ts";

/**
 * What moves the results: elasticities to every input, by differentiating the graph, and each result at both ends of every
 * range. Elasticities are those of the long run: `ceil` and its kin count as the identity, since a staircase has none.
 */
export function sensitivity(model: Model, ranged: readonly UncertainInput[]): SensitivityResult {
  const { current, base, tornado: rows } = swings(model, ranged);
  return { current, base, elasticities: elasticities(model, baseOf(model)), tornado: rows };
}

/** Each result at both ends of every range: the part of `sensitivity` that a report shows. */
export function swings(model: Model, ranged: readonly UncertainInput[]): SwingsResult {
  const { current } = model;
  const { base, emitted, now } = baseOf(model);
  const loads = new Map(model.architectures.map(({ name }) => [name, firstBinding(model, name)?.load]));
  return {
    current: current ?? null,
    base: Object.fromEntries(
      [...base].map(([name, cost]) => [
        name,
        {
          cost,
          saving_share: now === undefined || now === 0 ? null : 1 - cost / now,
          binding_load: loads.get(name) ?? null,
          carbon: emitted.get(name)?.amount ?? null,
        },
      ]),
    ),
    tornado: tornado(
      { costs: model.architectures, emitting: emittingNodes(model), current },
      {
        ranged: [...ranged, ...uncertainCoefficients(model)],
        cases: (nodes, free) => manyCases(model, nodes, free),
        loadsOf: (name, free) => bindingLoads(model, name, "granted", free),
      },
    ),
  };
}

/** Derivatives by address. */
type Slopes = ReadonlyMap<string, number>;

/** Carbon of architectures with coefficients at their central values: node, and kg CO2e a month. */
type Emissions = ReadonlyMap<string, { readonly node: number; readonly amount: number }>;

function emissionsOf(model: Model): Emissions {
  const known = emittingNodes(model);
  const { mean } = valuesOf(
    model,
    known.map(({ node }) => node),
  );
  return new Map(known.map(({ name, node }) => [name, { node, amount: mean(node) }]));
}

type Base = {
  /** USD a month */
  readonly base: ReadonlyMap<string, number>;
  /** of the current architecture */
  readonly now: number | undefined;
  readonly emitted: Emissions;
};

function baseOf(model: Model): Base {
  const { current } = model;
  const costs = model.architectures.map(({ cost }) => cost);
  const { mean } = valuesOf(model, costs);
  const base = new Map(model.architectures.map(({ name, cost }) => [name, mean(cost)]));
  return { base, now: current === undefined ? undefined : base.get(current), emitted: emissionsOf(model) };
}

function elasticities(model: Model, { base, now, emitted }: Base): Elasticity[] {
  const { current } = model;
  const costs = new Map(model.architectures.map(({ name, cost }) => [name, slopesOf(model, cost)]));
  const work = slopesOf(model, model.workload.work.node);
  const done = valuesOf(model, [model.workload.work.node]).mean(model.workload.work.node);
  const emissions = new Map([...emitted].map(([name, { node }]) => [name, slopesOf(model, node)]));
  const bindings = new Map(model.architectures.map(({ name }) => [name, bindingSlopes(model, name)]));
  const found = model.graph.inputs.flatMap(({ address, value }): Elasticity[] => {
    if (address === "elapsed" || value === 0) return [];
    const relative = (slope: number | undefined, of: number): number | null =>
      of === 0 ? null : (value * (slope ?? 0)) / of;
    const cost: Record<string, number> = {};
    const saving: Record<string, number | null> = {};
    const load: Record<string, number | null> = {};
    const unit: Record<string, number | null> = {};
    const carbon: Record<string, number | null> = {};
    const working = relative(work.get(address), done);
    for (const [name, amount] of base) {
      const slope = costs.get(name)?.get(address) ?? 0;
      cost[name] = relative(slope, amount) ?? 0;
      const before = current === undefined ? 0 : (costs.get(current)?.get(address) ?? 0);
      saving[name] = now === undefined || name === current ? null : relative(before - slope, now - amount);
      const binding = bindings.get(name);
      load[name] = binding === undefined ? null : relative(binding.slopes.get(address), binding.load);
      unit[name] = working === null ? null : (cost[name] ?? 0) - working;
      carbon[name] = relative(emissions.get(name)?.get(address), emitted.get(name)?.amount ?? 0);
    }
    const results = [cost, saving, load, unit, carbon];
    const all = results.flatMap((each) => Object.values(each));
    if (all.every((each) => each === null || each === 0 || !Number.isFinite(each))) return [];
    const { text, factor } = unitOf(model, address);
    return [
      {
        address,
        unit: text,
        value: value / factor,
        cost,
        cost_per_unit: finite(unit),
        saving: finite(saving),
        binding_load: finite(load),
        carbon: finite(carbon),
      },
    ];
  });
  return found.sort((a, b) => strength(b) - strength(a));
}

function finite(values: Record<string, number | null>): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value !== null && Number.isFinite(value) ? value : null]),
  );
}

/** What moves cost stands before what moves carbon alone. */
function strength({ cost, carbon }: Elasticity): number {
  const costs = Math.max(0, ...Object.values(cost).map(Math.abs));
  return costs > 0 ? costs : -1 / (1 + Math.max(0, ...Object.values(carbon).map((each) => Math.abs(each ?? 0))));
}

function unitOf(model: Model, address: string): { readonly text: string; readonly factor: number } {
  const definition = definitionOf(model, address);
  if (definition !== undefined) return shownUnit(definition, model.monthSeconds);
  const coefficient = model.carbon?.coefficients.find((each) => each.address === address);
  if (coefficient !== undefined) return coefficient.unit;
  const key = /^price:(.+)\/\d+$/.exec(address)?.[1];
  const price = model.prices.find((each) => `${each.service}#${each.rate}@${each.region}` === key);
  return { text: price === undefined ? "" : `USD per ${price.unit}`, factor: 1 };
}

/**
 * The derivative of a node by every input it rests on, at the base case.
 * @param values other values of some inputs
 * @param limits whether the month in which limits are looked at counts, and not the mean of all
 */
function slopesOf(model: Model, output: number, values?: ReadonlyMap<string, number>, limits = false): Slopes {
  const free = model.graph.inputs.map(({ address }) => address);
  const small = specialise(model.graph, { outputs: [output], free, ...(values === undefined ? {} : { values }) });
  const [node = -1] = small.outputs;
  const { grows, fullest, monthSeconds } = model;
  return new Map(
    inputsBelow(small.graph, node).map((address) => {
      const derived = derive(small.graph, node, address);
      const { mean, month } = valuesOf({ graph: derived.graph, grows, fullest, monthSeconds }, [derived.node]);
      return [address, limits ? month(derived.node, fullest) : mean(derived.node)];
    }),
  );
}

function inputsBelow(graph: Graph, output: number): readonly string[] {
  return liveNodes(graph, [output]).flatMap((index) => {
    const address = graph.inputs[nodeAt(graph, index).input ?? -1]?.address;
    return address === undefined || address === "elapsed" ? [] : [address];
  });
}

/**
 * Derivatives of the load at which the first quota binds. It solves demand = value, so by the theorem of the implicit
 * function its derivative is -(demand - value)' by the input over the same by the load, taken at that load.
 */
function bindingSlopes(model: Model, name: string): { readonly load: number; readonly slopes: Slopes } | undefined {
  const first = firstBinding(model, name);
  if (first === undefined || !(first.load > 0)) return undefined;
  const { driver } = model.workload;
  const at = new Map([[driver, first.load]]);
  const demand = slopesOf(model, first.quota.demand, at, true);
  const value = slopesOf(model, first.quota.granted, at, true);
  const difference = (address: string): number => (demand.get(address) ?? 0) - (value.get(address) ?? 0);
  const byLoad = difference(driver);
  const addresses = [...new Set([...demand.keys(), ...value.keys()])].filter((address) => address !== driver);
  return { load: first.load, slopes: new Map(addresses.map((address) => [address, -difference(address) / byLoad])) };
}
