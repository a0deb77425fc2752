import type { UncertaintyResult } from "../result/decision-schema.ts";

/** Inputs named for an architecture. */
const NAMED = 3;

/**
 * On which inputs it hangs whether something holds: how often it does where an input is in its lowest quarter, and in its
 * highest. Plain counting, so that it holds for correlated inputs and under conditions too.
 * @param columns values of the inputs by sample
 * @param kept the samples that count
 * @param holds by architecture: 1 for each sample in which it holds
 * @returns for each architecture the inputs with the greatest difference, greatest first
 */
export function hangsOn(
  free: readonly string[],
  columns: readonly Float64Array[],
  kept: readonly number[],
  holds: ReadonlyMap<string, Uint8Array>,
): UncertaintyResult["hangs_on"] {
  if (kept.length < 8) return [];
  const names = [...holds.keys()];
  const patterns = patternsOf(kept, [...holds.values()]);
  const rows = names.map((): UncertaintyResult["hangs_on"] => []);
  columns.forEach((column, k) => {
    const address = free[k];
    if (address === undefined) return;
    const quarters = inQuarters(column, patterns);
    names.forEach((architecture, at) => {
      const lowest = (quarters.lowHits[at] ?? Number.NaN) / quarters.low;
      const highest = (quarters.highHits[at] ?? Number.NaN) / quarters.high;
      if (lowest !== highest) rows[at]?.push({ architecture, address, lowest, highest });
    });
  });
  const effect = (row: { lowest: number; highest: number }): number => Math.abs(row.highest - row.lowest);
  return rows.flatMap((own) => own.sort((a, b) => effect(b) - effect(a)).slice(0, NAMED));
}

/** How many samples lie in the lowest and the highest quarter of a column, and how many of them hit. */
type Quarters = {
  readonly low: number;
  readonly high: number;
  readonly lowHits: readonly number[];
  readonly highHits: readonly number[];
};

function inQuarters(column: Float64Array, patterns: Patterns): Quarters {
  const { kept, of, count } = patterns;
  const values = new Float64Array(kept.length);
  for (let k = 0; k < values.length; k += 1) values[k] = column[kept[k] ?? -1] ?? Number.NaN;
  const sorted = values.slice().sort();
  const quarter = Math.floor(sorted.length / 4);
  const lowEnd = sorted[quarter] ?? Number.NaN;
  const highEnd = sorted[sorted.length - 1 - quarter] ?? Number.NaN;
  const lows = new Float64Array(count);
  const highs = new Float64Array(count);
  for (let k = 0; k < values.length; k += 1) {
    const value = values[k] ?? Number.NaN;
    const pattern = of[k] ?? -1;
    if (value <= lowEnd) lows[pattern] = (lows[pattern] ?? Number.NaN) + 1;
    if (value >= highEnd) highs[pattern] = (highs[pattern] ?? Number.NaN) + 1;
  }
  const all = lows.map(() => 1);
  return {
    low: weighed(lows, all),
    high: weighed(highs, all),
    lowHits: patterns.hits.map((hit) => weighed(lows, hit)),
    highHits: patterns.hits.map((hit) => weighed(highs, hit)),
  };
}

function weighed(counts: Float64Array, weights: ArrayLike<number>): number {
  return counts.reduce((sum, count, k) => sum + count * (weights[k] ?? Number.NaN), 0);
}

/** In which architectures something holds in a sample: few patterns, so that a sample is counted once for all of them. */
type Patterns = {
  readonly kept: readonly number[];
  /** the pattern of each kept sample */
  readonly of: Int32Array;
  readonly count: number;
  /** by architecture: 1 for each pattern in which it holds */
  readonly hits: readonly (readonly number[])[];
};

function patternsOf(kept: readonly number[], hits: readonly Uint8Array[]): Patterns {
  let of = new Int32Array(kept.length);
  let members: readonly (readonly number[])[] = [[]];
  for (const column of hits) {
    // Each pattern is split in two, and those that occur are numbered anew.
    const numbers = new Map<number, number>();
    const next = new Int32Array(kept.length);
    for (let k = 0; k < next.length; k += 1) {
      const split = 2 * (of[k] ?? Number.NaN) + (column[kept[k] ?? -1] ?? Number.NaN);
      let number = numbers.get(split);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(split, number);
      }
      next[k] = number;
    }
    const before = members;
    members = [...numbers.keys()].map((split) => [...(before[split >> 1] ?? []), split & 1]);
    of = next;
  }
  return {
    kept,
    of,
    count: members.length,
    hits: hits.map((_, at) => members.map((member) => member[at] ?? Number.NaN)),
  };
}
