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
  const quarters = columns.map((column) => quartersOf(column, kept));
  return [...holds].flatMap(([architecture, hits]) => {
    const rows = free.flatMap((address, k) => {
      const column = columns[k];
      const quarter = quarters[k];
      if (column === undefined || quarter === undefined) return [];
      const lowest = shareWhere(hits, kept, (i) => (column[i] ?? Number.NaN) <= quarter.low);
      const highest = shareWhere(hits, kept, (i) => (column[i] ?? Number.NaN) >= quarter.high);
      return [{ architecture, address, lowest, highest }];
    });
    const effect = (row: { lowest: number; highest: number }): number => Math.abs(row.highest - row.lowest);
    return rows
      .filter((row) => effect(row) > 0)
      .sort((a, b) => effect(b) - effect(a))
      .slice(0, NAMED);
  });
}

function quartersOf(column: Float64Array, kept: readonly number[]): { readonly low: number; readonly high: number } {
  const sorted = Float64Array.from(kept, (i) => column[i] ?? Number.NaN).sort();
  const quarter = Math.floor(sorted.length / 4);
  return { low: sorted[quarter] ?? Number.NaN, high: sorted[sorted.length - 1 - quarter] ?? Number.NaN };
}

function shareWhere(hits: Uint8Array, kept: readonly number[], within: (i: number) => boolean): number {
  let count = 0;
  let held = 0;
  for (const i of kept) {
    if (!within(i)) continue;
    count += 1;
    held += hits[i] ?? 0;
  }
  return count === 0 ? 0 : held / count;
}
