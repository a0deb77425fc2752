// Figures for people. This is the only place that rounds: everything before it carries full precision.

type Decimal = { readonly negative: boolean; readonly digits: string; readonly exponent: number };

/** What stands for a figure that does not exist (no work done, no current architecture). */
const NONE = "n/a";
const DIGITS = 3;

/** The shortest decimal that reads back as `x`, as digits without trailing zeros; `x` is finite and not 0. */
function decimalOf(x: number): Decimal {
  const [mantissa = "", exponent = ""] = Math.abs(x).toExponential().split("e");
  return { negative: x < 0, digits: mantissa.replace(".", ""), exponent: Number(exponent) };
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

function grouped(text: string): string {
  const [whole = "", rest] = text.split(".");
  const separated = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return rest === undefined ? separated : `${separated}.${rest}`;
}

/**
 * Rounds to significant digits, half away from zero on the shortest decimal of `x`.
 * @param digits 1 to 15
 * @returns the rounded number, never -0; what is not finite comes back as it is
 */
export function significant(x: number, digits = DIGITS): number {
  if (!Number.isFinite(x)) return x;
  if (x === 0) return 0;
  const value = roundTo(decimalOf(x), digits);
  return Number(`${value.negative ? "-" : ""}${scientific(value)}`);
}

/** A number with at most 3 significant digits and thousands separators: `2,430,000`, `0.0123`, `1.23e-15`; null is `n/a`. */
export function figure(x: number | null): string {
  if (x === null || !Number.isFinite(x)) return NONE;
  if (x === 0) return "0";
  const value = roundTo(decimalOf(x), DIGITS);
  const text = value.exponent < -12 || value.exponent > 14 ? scientific(value) : grouped(plain(value));
  return value.negative ? `-${text}` : text;
}

/** US dollars with at most 3 significant digits: `$2,430,000`, `$1.50`, `$0.000025`, `-$12.3`; null is `n/a`. */
export function money(x: number | null): string {
  const text = figure(x);
  if (text === NONE) return text;
  const cents = /^-?\d\.\d$/.test(text) ? `${text}0` : text;
  return cents.startsWith("-") ? `-$${cents.slice(1)}` : `$${cents}`;
}

const PREFIXES = ["M", "G", "T", "P", "E"];

/** A quantity with at most 3 significant digits, from a million on with an SI prefix: `219,000`, `78.8 G`; null is `n/a`. */
export function quantity(x: number | null): string {
  if (x === null || x === 0 || !Number.isFinite(x)) return figure(x);
  const value = roundTo(decimalOf(x), DIGITS);
  const step = Math.floor(value.exponent / 3);
  const prefix = PREFIXES[step - 2];
  if (prefix === undefined) return figure(x);
  return `${value.negative ? "-" : ""}${plain({ ...value, exponent: value.exponent - step * 3 })} ${prefix}`;
}

/** A share (1 is the whole) as `93.9 %`, `7.9 %`, `0.36 %`. What is not all never reads `100 %`, what is not nothing never `0 %`; null is `n/a`. */
export function percent(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return NONE;
  if (share === 0) return "0 %";
  const exact = decimalOf(share);
  const exponent = exact.exponent + 2;
  const value = roundTo({ ...exact, exponent }, exponent > 0 ? DIGITS : 2);
  if (value.exponent < -2) return value.negative ? ">-0.01 %" : "<0.01 %";
  const text = value.exponent > 14 ? scientific(value) : grouped(plain(value));
  if (text === "100" && Math.abs(share) < 1) return value.negative ? "<-99.9 %" : ">99.9 %";
  return `${value.negative ? "-" : ""}${text} %`;
}

/** All digits, for CSV and tooltips: the shortest decimal that reads back as `x`, without exponent where that stays short. */
export function exact(x: number): string {
  if (x === 0) return "0";
  if (!Number.isFinite(x)) return "";
  const value = decimalOf(x);
  const text = value.exponent < -18 || value.exponent > 20 ? scientific(value) : plain(value);
  return value.negative ? `-${text}` : text;
}
