// Carbon on a page: nodes and coefficients that it carries, and every figure of it at other values of inputs.
import { type CountedCarbon, carbonFigures, countedCarbon } from "../figures/carbon.ts";
import { CarbonValues, type Moving, nodesOf } from "../figures/carbon-cases.ts";
import { withCarbon } from "../figures/carbon-comparison.ts";
import type { CarbonModel } from "../link/carbon-link.ts";
import type { Evaluable } from "../model/model.ts";
import type { ArchitectureCarbon } from "../result/carbon-schema.ts";
import type { Result } from "../result/schema.ts";

/** Nodes by architecture, in the packed graph. */
export type PackedCarbon = {
  readonly set: string;
  readonly coefficients: readonly Moving[];
  readonly architectures: readonly CountedCarbon[];
};

/** Every node that carbon is told from. */
export function carbonNodes(carbon: CarbonModel | undefined): readonly number[] {
  return [...(carbon?.architectures.values() ?? [])].flatMap(nodesOf);
}

export function packCarbon(carbon: CarbonModel | undefined, place: (node: number) => number): PackedCarbon | null {
  if (carbon === undefined) return null;
  const placed = (node: number | undefined): number | undefined => (node === undefined ? undefined : place(node));
  return {
    set: carbon.set.name,
    coefficients: [...carbon.coefficients.values()].map(
      ({ source: _, retrieved: __, note: ___, unit: { text, factor }, ...told }) => ({
        ...told,
        unit: { text, factor },
      }),
    ),
    architectures: [...carbon.architectures.values()].map(countedCarbon).map((nodes) => ({
      ...nodes,
      energy: place(nodes.energy),
      operational: place(nodes.operational),
      embodied: place(nodes.embodied),
      total: place(nodes.total),
      water: placed(nodes.water),
      market: placed(nodes.market),
      lines: nodes.lines.map(({ told, energy, operational, embodied }) => ({
        told,
        energy: place(energy),
        operational: place(operational),
        embodied: place(embodied),
      })),
    })),
  };
}

type Comparison = Parameters<typeof withCarbon>[2];

/** Carbon of each architecture, and a comparison of costs with that of carbon added. */
export type CarbonAt = {
  readonly of: (architecture: string) => ArchitectureCarbon | null;
  readonly compared: (comparison: Comparison) => Result["comparison"];
};

/**
 * Carbon at the values of a graph's inputs, through what computes it on the command line.
 * @param shown architectures that are looked at
 * @param work units of work in the month, and how many of them are reported as one
 */
export function carbonAt(
  carbon: PackedCarbon | null,
  model: Evaluable,
  shown: ReadonlySet<string>,
  work: { readonly count: number; readonly reported: number },
): CarbonAt {
  if (carbon === null) return { of: () => null, compared: (comparison) => ({ ...comparison, carbon: null }) };
  const coefficients = new Map(carbon.coefficients.map((coefficient) => [coefficient.address, coefficient]));
  const counted = carbon.architectures.filter(({ name }) => shown.has(name));
  const values = new CarbonValues({ ...model, carbon: { coefficients } }, counted.flatMap(nodesOf));
  const found = carbonFigures({ coefficients, set: carbon.set }, counted, values, work);
  const architectures = new Map(counted.map((nodes) => [nodes.name, nodes]));
  return {
    of: (name) => found.get(name) ?? null,
    compared: (comparison) => withCarbon({ architectures }, values, comparison),
  };
}
