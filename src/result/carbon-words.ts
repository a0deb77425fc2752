// How carbon is written for people: two significant digits, and bands rather than single figures.

import type { ArchitectureCarbon, CarbonRatio } from "./carbon-schema.ts";
import { figure, percentage, significant } from "./number.ts";

const DIGITS = 2;

/** A figure with two significant digits, e.g. `0.034`, `12,000`. */
export function roughly(x: number | null): string {
  return figure(x === null ? null : significant(x, DIGITS));
}

/** A change with two significant digits, three from 100 % on: `-66 %`, `+121 %`. What is not all never reads `-100 %`. */
export function signedShare(x: number): string {
  const percents = x * 100;
  const digits = Math.abs(percents) >= 100 ? 3 : 2;
  const short = significant(percents, digits);
  const rounded = short === -100 && x > -1 ? Math.max(significant(percents, digits + 1), -99.9) : short;
  return `${rounded > 0 ? "+" : ""}${percentage(String(Math.abs(rounded)), rounded < 0)}`;
}

const MASSES: readonly (readonly [number, string])[] = [
  [1000, "t"],
  [1, "kg"],
  [1e-3, "g"],
  [1e-6, "mg"],
];

/** Kilograms of CO2e with two significant digits in a readable unit: `12 t`, `3.4 kg`, `0.56 mg`; null is `n/a`. */
export function mass(kg: number | null): string {
  if (kg === null || !Number.isFinite(kg) || kg === 0) return kg === 0 ? "0 kg" : figure(null);
  const rounded = significant(kg, DIGITS);
  const [factor, unit] = MASSES.find(([least]) => Math.abs(rounded) >= least) ?? [1e-6, "mg"];
  return `${roughly(rounded / factor)} ${unit}`;
}

/** `1.2 t to 11 t` */
export function massBand({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${mass(low)} to ${mass(high)}`;
}

/** `-66 % to +121 %`; one figure where both ends read alike. */
export function changeBand({ low, high, reason }: CarbonRatio["change"]): string {
  const least = signedShare(low);
  if (high === null) return `${least} to no upper bound${reason === undefined ? "" : ` (${reason})`}`;
  const most = signedShare(high);
  return least === most ? least : `${least} to ${most}`;
}

/** `carbon undetermined, -66 % to +121 %, decided by network energy in the region` */
export function carbonChange({ ranking, change, decided_by: by, partial }: CarbonRatio): string {
  const counted = partial === true ? " of what is counted" : "";
  if (ranking === "equal") return `carbon equal${counted}`;
  const band = changeBand(change);
  const decided = by === null ? "" : `, decided by ${by}`;
  if (ranking === "undetermined") return `carbon undetermined, ${band}${counted}${decided}`;
  const central = signedShare(change.central);
  const never = ranking === "less" ? "never above" : "never below";
  const touches = (ranking === "less" ? change.high : change.low) === 0;
  const whole = touches ? `${band}, ${never}` : band;
  return `carbon ${central}${counted}${band === central ? "" : ` (${whole}${decided})`}`;
}

/** The mark of a total that is not all: `4.6 t+`; `carbonGaps` says what is missing. */
export function andMore({ not_counted: left }: Pick<ArchitectureCarbon, "not_counted">): string {
  return left.length === 0 ? "" : "+";
}
