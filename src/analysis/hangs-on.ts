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
  const hits = [...holds.values()];
  const rows = names.map((): UncertaintyResult["hangs_on"] => []);
  columns.forEach((column, k) => {
    const address = free[k];
    if (address === undefined) return;
    const quarters = inQuarters(column, kept, hits);
    names.forEach((architecture, at) => {
      const lowest = (quarters.lowHits[at] ?? Number.NaN) / quarters.low;
      const highest = (quarters.highHits[at] ?? Number.NaN) / quarters.high;
      if (lowest !== highest) rows[at]?.push({ architecture, address, lowest, highest });
    });
  });
  const effect = (row: { lowest: number; highest: number }): number => Math.abs(row.highest - row.lowest);
  return rows.flatMap((own) => own.sort((a, b) => effect(b) - effect(a)).slice(0, NAMED));
}

type Quarters = { low: number; high: number; readonly lowHits: Float64Array; readonly highHits: Float64Array };

/** How many samples lie in the lowest and the highest quarter of a column, and how many of them hit. */
function inQuarters(column: Float64Array, kept: readonly number[], hits: readonly Uint8Array[]): Quarters {
  const sorted = new Float64Array(kept.length);
  for (let k = 0; k < kept.length; k += 1) sorted[k] = column[kept[k] ?? -1] ?? Number.NaN;
  sorted.sort();
  const quarter = Math.floor(sorted.length / 4);
  const lowEnd = sorted[quarter] ?? Number.NaN;
  const highEnd = sorted[sorted.length - 1 - quarter] ?? Number.NaN;
  const lowHits = new Float64Array(hits.length);
  const highHits = new Float64Array(hits.length);
  const quarters: Quarters = { low: 0, high: 0, lowHits, highHits };
  for (const i of kept) {
    const value = column[i] ?? Number.NaN;
    if (value <= lowEnd) {
      quarters.low += 1;
      for (let at = 0; at < hits.length; at += 1) lowHits[at] = (lowHits[at] ?? 0) + (hits[at]?.[i] ?? 0);
    }
    if (value >= highEnd) {
      quarters.high += 1;
      for (let at = 0; at < hits.length; at += 1) highHits[at] = (highHits[at] ?? 0) + (hits[at]?.[i] ?? 0);
    }
  }
  return quarters;
}
