// Tightens the bound of an assertion to today's figure; never loosens it.

import type { Span } from "../diagnostic/diagnostic.ts";
import { gapBetween } from "../formula/arithmetic.ts";
import { log10, pow } from "../formula/exact.ts";
import { lex } from "../formula/lex.ts";
import type { BudgetOutcome } from "../result/check.ts";
import { exact, significant } from "../result/number.ts";

/** Digits of a tightened bound. */
const DIGITS = 4;

export type Tightened = {
  readonly assert: string;
  readonly before: string;
  readonly after: string;
  readonly bound: number;
  readonly isUpper: boolean;
};

/** Of two bounds for one assertion the one that leaves more room. */
export function looser(a: Tightened, b: Tightened): Tightened {
  return (a.isUpper ? a.bound >= b.bound : a.bound <= b.bound) ? a : b;
}

/**
 * The assertion with a tighter bound: only one comparison with one literal as its bound is touched, `x <= 160 kUSD` or
 * `x >= 2`, and only where today's figure leaves room.
 * @param room what is left, as a share of the figure
 * @returns undefined where nothing gets tighter
 */
export function tightened(outcome: BudgetOutcome, room: number): Tightened | undefined {
  const { assert, margin, status } = outcome;
  if (status !== "passed" || margin === null || !(margin > 0)) return undefined;
  const literal = boundOf(assert);
  if (literal === undefined) return undefined;
  const { value, span, isUpper } = literal;
  if (!(value > 0)) return undefined;
  const today = isUpper ? value * (1 - margin) : value * (1 + margin);
  const wanted = isUpper ? today * (1 + room) : today / (1 + room);
  const bound = rounded(wanted, isUpper);
  const isTighter = isUpper ? bound < value : bound > value;
  if (!isTighter || !(bound > 0)) return undefined;
  const before = assert.slice(span.start, span.end);
  const after = exact(bound);
  return { assert: `${assert.slice(0, span.start)}${after}${assert.slice(span.end)}`, before, after, bound, isUpper };
}

type Bound = { readonly value: number; readonly span: Span; readonly isUpper: boolean };

/** The number of an assertion `names <= number unit`; undefined for any other form. */
export function boundOf(assert: string): Bound | undefined {
  const { tokens, problems } = lex(assert);
  if (problems.length > 0) return undefined;
  const numbers = tokens.filter((token) => token.kind === "number");
  const comparisons = tokens.filter((token) => token.kind === "symbol" && /^[<>]=?$/.test(token.text));
  const joins = tokens.some((token) => token.kind === "symbol" && /^(?:and|or|not|in|==|!=|[-+*,])$/.test(token.text));
  const [number] = numbers;
  const [comparison] = comparisons;
  if (numbers.length !== 1 || comparisons.length !== 1 || joins || number === undefined || comparison === undefined) {
    return undefined;
  }
  if (comparison.kind !== "symbol" || number.span.start < comparison.span.start) return undefined;
  return { value: number.value, span: number.span, isUpper: comparison.text.startsWith("<") };
}

/** Away from today's figure, so that the budget still holds. */
function rounded(value: number, isUpper: boolean): number {
  const near = significant(value, DIGITS);
  // 100 USD and a tenth are 110 USD, whatever the doubles leave behind them.
  const gap = gapBetween(near, value);
  if (isUpper ? gap >= 0 : gap <= 0) return near;
  const step = pow(10, Math.floor(log10(value)) - DIGITS + 1);
  return significant(isUpper ? near + step : near - step, DIGITS);
}
