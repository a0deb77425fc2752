// Metrics, objectives and operations on a page: nodes that it carries, and their figures at other values of inputs.

import { rankedOperations, spentOn } from "../figures/quality-figures.ts";
import type { Values } from "../figures/values.ts";
import type { ModelArchitecture } from "../link/design.ts";
import type { ObjectivesResult } from "../result/objectives.ts";
import type { OperationsResult } from "../result/operations.ts";
import type { Result } from "../result/schema.ts";

/** Nodes by name, and what one of their unit is in base units. */
export type PackedQualities = {
  readonly metrics: readonly (readonly [name: string, node: number, factor: number])[];
  readonly objectives: readonly (readonly [id: string, node: number])[];
  readonly hours: { readonly low: number; readonly typical: number; readonly high: number } | null;
  readonly rate: number;
};

const HOUR = 3600;

export function packQualities(
  { qualities, operations: { hours, rate } }: ModelArchitecture,
  place: (node: number) => number,
): PackedQualities {
  return {
    metrics: qualities.metrics.map(({ name, node, unit }) => [name, place(node), unit.factor]),
    objectives: qualities.objectives.map(({ id, node }) => [id, place(node)]),
    hours:
      hours === undefined ? null : { low: place(hours.low), typical: place(hours.typical), high: place(hours.high) },
    rate: place(rate),
  };
}

export function packedNodes({ metrics, objectives, hours, rate }: PackedQualities): readonly number[] {
  const spent = hours === null ? [] : [hours.low, hours.typical, hours.high];
  return [...metrics.map(([, node]) => node), ...objectives.map(([, node]) => node), ...spent, rate];
}

type Shown = { readonly name: string; readonly qualities: PackedQualities };

/** The architectures that are shown, at the page's values. */
export function objectivesAt(
  base: ObjectivesResult | null,
  shown: readonly Shown[],
  mean: Values,
): ObjectivesResult | null {
  if (base === null) return null;
  const names = shown.map(({ name }) => name);
  return {
    ...base,
    objectives: base.objectives.map((each) => ({
      ...each,
      architectures: each.architectures.filter((name) => names.includes(name)),
    })),
    architectures: Object.fromEntries(
      shown.flatMap(({ name, qualities }) => {
        const own = base.architectures[name];
        if (own === undefined) return [];
        const metrics = Object.fromEntries(
          qualities.metrics.flatMap(([metric, node, factor]) => {
            const before = own.metrics[metric];
            return before === undefined ? [] : [[metric, { ...before, value: mean(node) / factor }]];
          }),
        );
        const missed = qualities.objectives.flatMap(([id, node]) => (mean(node) === 1 ? [] : [id]));
        return [[name, { metrics, missed }]];
      }),
    ),
  };
}

/** The second total at the page's values, and the hours that turn the ranking there. */
export function operationsAt(
  base: OperationsResult | null,
  shown: readonly Shown[],
  mean: Values,
  { architectures, cheapest }: { readonly architectures: Result["architectures"]; readonly cheapest: string },
): OperationsResult | null {
  if (base === null) return null;
  const all = Object.fromEntries(
    shown.flatMap(({ name, qualities: { hours, rate } }) => {
      const own = base.architectures[name];
      if (own === undefined) return [];
      const hourly = mean(rate) * HOUR;
      const spent =
        hours === null
          ? null
          : {
              low: mean(hours.low) / HOUR,
              typical: mean(hours.typical) / HOUR,
              high: mean(hours.high) / HOUR,
            };
      const bill = architectures[name]?.cost.month ?? Number.NaN;
      return [[name, { ...own, rate: hourly, hours: spent, ...spentOn(spent, hourly, bill) }]];
    }),
  );
  return rankedOperations(all, architectures, cheapest);
}
