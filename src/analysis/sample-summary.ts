// What samples say of each architecture: percentiles, and shares of the samples in which something holds.
import type { Percentiles, UncertaintyResult } from "../result/decision-schema.ts";
import type { Cases } from "./result-columns.ts";

export type Figures = {
  readonly cases: Pick<Cases, "costs" | "carbon" | "ruledOut">;
  /** indices of the samples that fulfil every condition */
  readonly kept: readonly number[];
  readonly current: string | undefined;
  /** the saving that is asked for, a share of the current cost */
  readonly savingOver: number;
};

/** Percentiles and shares of every architecture. */
export function summaries({ cases, kept, current, savingOver }: Figures): UncertaintyResult["architectures"] {
  const all = [...cases.costs];
  const base = current === undefined ? undefined : cases.costs.get(current);
  const wins = leastIn(cases, cases.costs, kept);
  const emits = leastIn(cases, cases.carbon, kept);
  const share = (count: number): number => (kept.length === 0 ? 0 : count / kept.length);
  return Object.fromEntries(
    all.map(([name, costs]) => {
      const saved = base === undefined || name === current ? undefined : savingShares(costs, base, kept);
      const over = saved?.reduce((count, value) => (value > savingOver ? count + 1 : count), 0);
      // Of a bill of nothing there is no share to save.
      const shares = saved?.filter((value) => Number.isFinite(value)) ?? new Float64Array(0);
      const carbon = cases.carbon.get(name);
      return [
        name,
        {
          cost: percentiles(pick(costs, kept)),
          saving_share: shares.length === 0 ? null : percentiles(shares),
          carbon: carbon === undefined ? null : percentiles(pick(carbon, kept)),
          cheapest: share(wins.get(name) ?? Number.NaN),
          emits_least: carbon === undefined ? null : share(emits.get(name) ?? Number.NaN),
          feasible: share(feasibleIn(cases, name, kept)),
          saves_over: over === undefined ? null : share(over),
        },
      ];
    }),
  );
}

/** Samples in which every figure is a number: a formula may divide by 0 at an end of its ranges. */
export function finiteSamples(
  { costs, carbon }: Pick<Cases, "costs" | "carbon">,
  samples: readonly number[],
): readonly number[] {
  const columns = [...costs.values(), ...carbon.values()];
  return samples.filter((i) => {
    for (let k = 0; k < columns.length; k += 1) if (!Number.isFinite(columns[k]?.[i])) return false;
    return true;
  });
}

function pick(column: Float64Array, kept: readonly number[]): Float64Array {
  const values = new Float64Array(kept.length);
  for (let k = 0; k < kept.length; k += 1) values[k] = column[kept[k] ?? -1] ?? Number.NaN;
  return values;
}

/** In how many of the samples each has the least of what can serve the load and meets the objectives. */
function leastIn(
  { ruledOut }: Figures["cases"],
  columns: ReadonlyMap<string, Float64Array>,
  kept: readonly number[],
): ReadonlyMap<string, number> {
  const entries = [...columns];
  // Where none is ruled out there is no column.
  const ruled = entries.map(([name]) => ruledOut.get(name));
  const isAble = (k: number, i: number): boolean => ruled[k] === undefined || ruled[k]?.[i] === 0;
  const wins = new Float64Array(entries.length);
  for (const i of kept) {
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < entries.length; k += 1) {
      if (isAble(k, i)) least = Math.min(least, entries[k]?.[1][i] ?? Number.NaN);
    }
    // Twins both have the least.
    for (let k = 0; k < entries.length; k += 1) {
      if (isAble(k, i) && entries[k]?.[1][i] === least) wins[k] = (wins[k] ?? Number.NaN) + 1;
    }
  }
  return new Map(entries.map(([name], k) => [name, wins[k] ?? Number.NaN]));
}

function feasibleIn({ ruledOut }: Figures["cases"], name: string, kept: readonly number[]): number {
  const ruled = ruledOut.get(name);
  if (ruled === undefined) return kept.length;
  return kept.reduce((count, i) => (ruled[i] === 0 ? count + 1 : count), 0);
}

function savingShares(costs: Float64Array, base: Float64Array, kept: readonly number[]): Float64Array {
  const values = new Float64Array(kept.length);
  for (let k = 0; k < kept.length; k += 1) {
    const i = kept[k] ?? -1;
    values[k] = 1 - (costs[i] ?? Number.NaN) / (base[i] ?? Number.NaN);
  }
  return values;
}

/** Percentiles between neighbouring samples; of no sample they are 0, and `kept` says so. Sorts the values in place. */
function percentiles(values: Float64Array): Percentiles {
  const sorted = values.sort();
  const at = (p: number): number => {
    const place = p * (sorted.length - 1);
    const low = sorted[Math.floor(place)];
    const high = sorted[Math.ceil(place)];
    return low === undefined || high === undefined ? 0 : low + (high - low) * (place - Math.floor(place));
  };
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}

/** For each architecture but the current one, 1 where a sample saves more than asked. */
export function savesOver({ cases, current, savingOver }: Figures): ReadonlyMap<string, Uint8Array> {
  const base = current === undefined ? undefined : cases.costs.get(current);
  if (base === undefined) return new Map();
  return new Map(
    [...cases.costs].flatMap(([name, costs]) =>
      name === current ? [] : [[name, savedBeyond(costs, base, savingOver)]],
    ),
  );
}

function savedBeyond(costs: Float64Array, base: Float64Array, savingOver: number): Uint8Array {
  const found = new Uint8Array(costs.length);
  for (let i = 0; i < found.length; i += 1) {
    if (1 - (costs[i] ?? Number.NaN) / (base[i] ?? Number.NaN) > savingOver) found[i] = 1;
  }
  return found;
}
