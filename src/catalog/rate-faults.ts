import type { RateEntry } from "./schema.ts";

/** What makes the dated entries of one rate no usable price, each as the end of a sentence; one by one the schema checks them. */
export function entryFaults(entries: readonly RateEntry[]): readonly string[] {
  const days = entries.flatMap(({ from }) => from ?? []);
  return new Set(days).size < days.length ? ["two prices begin on the same day"] : [];
}
