import type { Percentiles, UncertaintyResult } from "../result/decision-schema.ts";

export type SpreadTask = {
  /** USD a month of each architecture, a column of samples */
  readonly costs: ReadonlyMap<string, Float64Array>;
  /** indices of the samples that count */
  readonly kept: readonly number[];
  readonly current: string | undefined;
  /** architectures that are not counted as the cheapest, since they cannot serve the load */
  readonly ruledOut: readonly string[];
  /** the saving that is asked for, a share of the current cost */
  readonly savingOver: number;
};

/** How far the cost of each architecture spreads over samples, and in what share of them it is the cheapest. */
export function spreadOf({
  costs,
  kept,
  current,
  ruledOut,
  savingOver,
}: SpreadTask): UncertaintyResult["architectures"] {
  const all = [...costs];
  const base = current === undefined ? undefined : costs.get(current);
  const picked = all.map(([, column]) => pick(column, kept));
  const able = [...all.keys()].filter((k) => !ruledOut.includes(all[k]?.[0] ?? ""));
  const wins = winsOf(picked, able);
  const saving = base === undefined ? undefined : pick(base, kept);
  const share = (count: number): number => (kept.length === 0 ? 0 : count / kept.length);
  return Object.fromEntries(
    all.map(([name], k) => {
      const column = picked[k] ?? new Float64Array(0);
      const saved = saving === undefined || name === current ? undefined : savingShares(column, saving);
      return [
        name,
        {
          cost: percentiles(column),
          saving_share: saved === undefined ? null : percentiles(saved),
          cheapest: share(wins[k] ?? Number.NaN),
          saves_over: saved === undefined ? null : share(countOver(saved, savingOver)),
        },
      ];
    }),
  );
}

// These go over every sample before anything is optimised, so they are loops: no iterators, no callbacks.

function pick(column: Float64Array, kept: readonly number[]): Float64Array {
  if (kept.length === column.length) return column.slice();
  const picked = new Float64Array(kept.length);
  for (let k = 0; k < picked.length; k += 1) picked[k] = column[kept[k] ?? -1] ?? Number.NaN;
  return picked;
}

/** In how many samples each is the cheapest; of equal ones the first. */
function winsOf(costs: readonly Float64Array[], able: readonly number[]): readonly number[] {
  const wins = costs.map(() => 0);
  const columns = able.map((k) => costs[k] ?? new Float64Array(0));
  const [first] = columns;
  for (let i = 0; first !== undefined && i < first.length; i += 1) {
    let best = 0;
    let least = first[i] ?? Number.NaN;
    for (let at = 1; at < columns.length; at += 1) {
      const cost = columns[at]?.[i] ?? Number.NaN;
      if (!(cost < least)) continue;
      best = at;
      least = cost;
    }
    const winner = able[best] ?? -1;
    wins[winner] = (wins[winner] ?? Number.NaN) + 1;
  }
  return wins;
}

export function savingShares(costs: Float64Array, base: Float64Array): Float64Array {
  const shares = new Float64Array(costs.length);
  for (let k = 0; k < shares.length; k += 1) shares[k] = 1 - (costs[k] ?? Number.NaN) / (base[k] ?? Number.NaN);
  return shares;
}

function countOver(values: Float64Array, bound: number): number {
  let count = 0;
  for (let k = 0; k < values.length; k += 1) if ((values[k] ?? Number.NaN) > bound) count += 1;
  return count;
}

/** Percentiles between neighbouring samples; of no sample they are 0, and `kept` says so. */
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
