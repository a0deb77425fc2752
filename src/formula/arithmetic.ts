import { exp, log, log10, pow } from "./exact.ts";
import type { Op } from "./graph.ts";

/** The operations on numbers: every op that is not a source of a number. */
export type Operation = Exclude<Op, "const" | "input" | "slot">;

/** Relative distance within which a quotient counts as the integer next to it: a billed step is never added for a rounding error. */
const STEP_TOLERANCE = 1e-9;

/** Rounds to the nearest integer, halves away from zero. */
export function roundHalfAway(x: number): number {
  return x < 0 ? 0 - Math.round(-x) : Math.round(x);
}

/**
 * Rounds up to a multiple of `step`, in the unit of both. A quotient within 1e-9 relative of an integer counts as it,
 * so that 0.3 / 0.1 is 3 steps. A step of 0 gives a result that is not finite.
 */
export function roundUp(x: number, step: number): number {
  const quotient = x / step;
  const nearest = Math.round(quotient);
  const close = Math.abs(quotient - nearest) <= STEP_TOLERANCE * Math.max(1, Math.abs(quotient));
  return (close ? nearest : Math.ceil(quotient)) * step;
}

/** Share of a number up to which a difference is what rounding has left: 64 units in the last place. */
const ROUNDING = 2 ** -46;

/** a - b, and 0 where rounding alone would leave more: what is equal but was computed in two ways has no difference. */
export function difference(a: number, b: number): number {
  const exact = a - b;
  return Math.abs(exact) < ROUNDING * Math.abs(a) ? 0 : exact;
}

/** Digits that a figure is known to after a chain of operations. */
const KNOWN_DIGITS = 14;

/** a - b for people: `difference` with the digits that are left of those of `a`, 0.3 - 0.29 being 0.01. */
export function gapBetween(a: number, b: number): number {
  const left = difference(a, b);
  if (left === 0 || !Number.isFinite(left)) return left;
  const lost = Math.max(0, Math.floor(log10(Math.abs(a) / Math.abs(left))));
  return Number(left.toPrecision(Math.max(1, KNOWN_DIGITS - lost)));
}

/** The number with the fewest digits from `low` to `high`, both above 0: what a search for 138,240 has found. */
export function shortest(low: number, high: number): number {
  for (let digits = 1; digits < KNOWN_DIGITS; digits += 1) {
    const near = Number(high.toPrecision(digits));
    if (near >= low && near <= high) return near;
  }
  return low;
}

/**
 * The sum of numbers, with what each addition rounds away (Neumaier); 0 where only rounding is left of amounts that cancel.
 * @see https://doi.org/10.1002/zamm.19740540106
 */
export function sumOf(values: readonly number[]): number {
  let [sum, lost, size] = [0, 0, 0];
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
    size += Math.abs(value);
  }
  // What is lost of a sum without bound is no number.
  if (!Number.isFinite(sum)) return sum;
  return Math.abs(sum + lost) < ROUNDING * size ? 0 : sum + lost;
}

type Function3 = (a: number, b: number, c: number) => number;

/**
 * The one definition of every operation; the interpreter and the generated code are bit-equal to it. Conditions are
 * true when not 0. `mean` and `peak` of a number that does not change over the month are the number itself.
 */
export const OPERATIONS: Readonly<Record<Operation, Function3>> = {
  add: (a, b) => a + b,
  sub: difference,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  min: (a, b) => Math.min(a, b),
  max: (a, b) => Math.max(a, b),
  floor: (a) => Math.floor(a),
  ceil: (a) => Math.ceil(a),
  round: roundHalfAway,
  roundup: roundUp,
  abs: (a) => Math.abs(a),
  sqrt: (a) => Math.sqrt(a),
  pow,
  log,
  exp,
  neg: (a) => -a,
  lt: (a, b) => (a < b ? 1 : 0),
  le: (a, b) => (a <= b ? 1 : 0),
  eq: (a, b) => (a === b ? 1 : 0),
  ne: (a, b) => (a !== b ? 1 : 0),
  and: (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
  or: (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
  not: (a) => (a !== 0 ? 0 : 1),
  if: (a, b, c) => (a !== 0 ? b : c),
  mean: (a) => a,
  peak: (a) => a,
};

/** How many arguments each operation takes. */
export const ARITY: Readonly<Record<Operation, 1 | 2 | 3>> = {
  add: 2,
  sub: 2,
  mul: 2,
  div: 2,
  min: 2,
  max: 2,
  floor: 1,
  ceil: 1,
  round: 1,
  roundup: 2,
  abs: 1,
  sqrt: 1,
  pow: 2,
  log: 1,
  exp: 1,
  neg: 1,
  lt: 2,
  le: 2,
  eq: 2,
  ne: 2,
  and: 2,
  or: 2,
  not: 1,
  if: 3,
  mean: 1,
  peak: 1,
};

/** Applies an operation to numbers; arguments that it does not take are ignored. */
export function apply(op: Operation, a: number, b = Number.NaN, c = Number.NaN): number {
  return OPERATIONS[op](a, b, c);
}
