// Places of a slider and values: even, or logarithmic where the range spans a decade or more.
import { log, pow } from "../formula/exact.ts";
import { significant } from "../result/number.ts";
import type { Control } from "./controls.ts";

/** Places of a slider, from 0 to this. */
export const STEPS = 1000;
const DECADE = 10;

function isWide({ low, high }: Control): boolean {
  return low > 0 && high / low >= DECADE;
}

/** The place of a value, clamped to the ends. */
export function placeOf(control: Control, value: number): number {
  const { low, high } = control;
  if (high <= low) return 0;
  const share = isWide(control) ? log(value / low) / log(high / low) : (value - low) / (high - low);
  return Math.round(Math.min(Math.max(share, 0), 1) * STEPS);
}

/** The value at a place: the ends and the scenario's own value are met exactly, between them three digits are kept. */
export function valueAt(control: Control, place: number): number {
  const { low, high, value, whole } = control;
  if (place <= 0) return low;
  if (place >= STEPS) return high;
  if (place === placeOf(control, value)) return value;
  const share = place / STEPS;
  const found = isWide(control) ? low * pow(high / low, share) : low + (high - low) * share;
  const kept = significant(found, 3);
  return whole ? Math.round(kept) : kept;
}
