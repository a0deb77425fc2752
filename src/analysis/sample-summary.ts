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
      const carbon = cases.carbon.get(name);
      return [
        name,
        {
          cost: percentiles(pick(costs, kept)),
          saving_share: saved === undefined ? null : percentiles(saved),
          carbon: carbon === undefined ? null : percentiles(pick(carbon, kept)),
          cheapest: share(wins.get(name) ?? 0),
          emits_least: carbon === undefined ? null : share(emits.get(name) ?? 0),
          feasible: share(feasibleIn(cases, name, kept)),
          saves_over: over === undefined ? null : share(over),
        },
      ];
    }),
  );
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
  const ruled = entries.map(([name]) => ruledOut.get(name));
  const wins = new Float64Array(entries.length);
  for (const i of kept) {
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < entries.length; k += 1) {
      if ((ruled[k]?.[i] ?? 0) === 0) least = Math.min(least, entries[k]?.[1][i] ?? Number.NaN);
    }
    // Twins both have the least.
    for (let k = 0; k < entries.length; k += 1) {
      if ((ruled[k]?.[i] ?? 0) === 0 && entries[k]?.[1][i] === least) wins[k] = (wins[k] ?? 0) + 1;
    }
  }
  return new Map(entries.map(([name], k) => [name, wins[k] ?? 0]));
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
