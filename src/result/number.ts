// Figures for people. This is the only place that rounds: everything before it carries full precision.
import { EN_US, type NumberStyle } from "./locale.ts";

let style: NumberStyle = EN_US;

/** How figures are written now. */
export function numberStyleInUse(): NumberStyle {
  return style;
}

/** How figures are written from here on; a command line sets it once, before anything is written. */
export function useNumberStyle(wanted: NumberStyle): void {
  style = wanted;
}

type Decimal = { readonly negative: boolean; readonly digits: string; readonly exponent: number };

/** What stands for a figure that does not exist (no work done, no current architecture). */
const NONE = "n/a";
const DIGITS = 3;
/** Digits that a computed figure has: what a chain of products and sums leaves in the 15th is rounding. */
const KNOWN_DIGITS = 14;

/** The decimal that `x` stands for, as digits without trailing zeros: 21.900000000000002 is 21.9; `x` is finite and not 0. */
function decimalOf(x: number): Decimal {
  const [mantissa = "", exponent = ""] = Math.abs(x)
    .toExponential(KNOWN_DIGITS - 1)
    .split("e");
  const digits = mantissa.replace(".", "").replace(/0+$/, "");
  return { negative: x < 0, digits, exponent: Number(exponent) };
}

/** Half away from zero on the decimal that people see: 1.005 is 1.01, though its double lies below the half. */
function roundTo(value: Decimal, count: number): Decimal {
  if (value.digits.length <= count) return value;
  const kept = value.digits.slice(0, count);
  const up = value.digits.charAt(count) >= "5";
  const raised = up ? String(Number(kept) + 1) : kept;
  const exponent = value.exponent + raised.length - count;
  return { negative: value.negative, digits: raised.replace(/0+$/, ""), exponent };
}

function plain({ digits, exponent }: Decimal): string {
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const rest = digits.slice(exponent + 1);
  return rest === "" ? whole : `${whole}.${rest}`;
}

function scientific({ digits, exponent }: Decimal): string {
  const rest = digits.slice(1);
  return `${digits.charAt(0)}${rest === "" ? "" : `.${rest}`}e${exponent}`;
}

/** A plain decimal, with digits and signs of the language in use; exponents stay as they are. */
function localized(text: string): string {
  const [whole = "", rest] = text.split(".");
  const written = rest === undefined ? grouped(whole) : `${grouped(whole)}${style.decimal}${rest}`;
  return style.digits[0] === "0" ? written : written.replace(/\d/g, (digit) => style.digits[Number(digit)] ?? digit);
}

function grouped(whole: string): string {
  if (whole.length < style.groupedFrom || !/^\d+$/.test(whole)) return whole;
  const [next, others] = style.groups;
  const groups = [whole.slice(-next)];
  for (let end = whole.length - next; end > 0; end -= others)
    groups.unshift(whole.slice(Math.max(0, end - others), end));
  return groups.join(style.group);
}

/** A plain decimal such as `1.5` in the digits and signs of the language in use. */
export function inLocale(text: string): string {
  return text.startsWith("-") ? `${style.minus}${localized(text.slice(1))}` : localized(text);
}

/** An amount in words such as `1.5k`, as dollars. */
export function withDollarSign(words: string, negative: boolean): string {
  const [before, after] = style.dollars;
  return `${negative ? style.minus : ""}${before}${words}${after}`;
}

/**
 * Rounds to significant digits, half away from zero on the shortest decimal of `x`.
 * @param digits 1 to 14
 * @returns the rounded number, never -0; what is not finite comes back as it is
 */
export function significant(x: number, digits = DIGITS): number {
  if (!Number.isFinite(x)) return x;
  if (x === 0) return 0;
  const value = roundTo(decimalOf(x), digits);
  return Number(`${value.negative ? "-" : ""}${scientific(value)}`);
}

/** The decimal that people see, with its sign apart; undefined for what is no figure. */
function shown(x: number | null): { readonly text: string; readonly negative: boolean } | undefined {
  if (x === null || !Number.isFinite(x)) return undefined;
  if (x === 0) return { text: "0", negative: false };
  const value = roundTo(decimalOf(x), DIGITS);
  const far = value.exponent < -12 || value.exponent > 14;
  return { text: far ? scientific(value) : plain(value), negative: value.negative };
}

/** A number with at most 3 significant digits and thousands separators: `2,430,000`, `0.0123`, `1.23e-15`; null is `n/a`. */
export function figure(x: number | null): string {
  const found = shown(x);
  return found === undefined ? NONE : `${found.negative ? style.minus : ""}${localized(found.text)}`;
}

/** US dollars with at most 3 significant digits: `$2,430,000`, `$1.50`, `$0.000025`, `-$12.3`; null is `n/a`. */
export function money(x: number | null): string {
  const found = shown(x);
  if (found === undefined) return NONE;
  const cents = /^\d\.\d$/.test(found.text) ? `${found.text}0` : found.text;
  return withDollarSign(localized(cents), found.negative);
}

const PREFIXES = ["M", "G", "T", "P", "E"];

/** A quantity with at most 3 significant digits, from a million on with an SI prefix: `219,000`, `78.8 G`; null is `n/a`. */
export function quantity(x: number | null): string {
  if (x === null || x === 0 || !Number.isFinite(x)) return figure(x);
  const value = roundTo(decimalOf(x), DIGITS);
  const step = Math.floor(value.exponent / 3);
  const prefix = PREFIXES[step - 2];
  if (prefix === undefined) return figure(x);
  const text = localized(plain({ ...value, exponent: value.exponent - step * 3 }));
  return `${value.negative ? style.minus : ""}${text} ${prefix}`;
}

/** A share (1 is the whole) as `93.9 %`, `7.9 %`, `0.36 %`. What is not all never reads `100 %`, what is not nothing never `0 %`; null is `n/a`. */
export function percent(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return NONE;
  if (share === 0) return percentage("0", false);
  const exact = decimalOf(share);
  const exponent = exact.exponent + 2;
  const value = roundTo({ ...exact, exponent }, exponent > 0 ? DIGITS : 2);
  const { negative } = value;
  if (value.exponent < -2) return `${negative ? ">" : "<"}${percentage("0.01", negative)}`;
  const text = value.exponent > 14 ? scientific(value) : plain(value);
  const isWhole = exact.digits === "1" && exact.exponent === 0;
  if (text === "100" && Math.abs(share) < 1 && !isWhole)
    return `${negative ? "<" : ">"}${percentage("99.9", negative)}`;
  return percentage(text, negative);
}

/** A plain decimal as a percentage. */
export function percentage(text: string, negative: boolean): string {
  const [before, after] = style.percent;
  return `${negative ? style.minus : ""}${before}${localized(text)}${after}`;
}

/** All digits that are known, for CSV and tooltips, without exponent where that stays short. */
export function exact(x: number): string {
  if (x === 0) return "0";
  if (!Number.isFinite(x)) return "";
  const value = decimalOf(x);
  const text = value.exponent < -18 || value.exponent > 20 ? scientific(value) : plain(value);
  return value.negative ? `-${text}` : text;
}

/** A value as JSON text whose figures have the digits that are known. */
export function json(value: unknown, indent = 2): string {
  const known = (_: string, part: unknown): unknown =>
    typeof part === "number" ? significant(part, KNOWN_DIGITS) : part;
  return JSON.stringify(value, known, indent);
}
