// Figures of assertions as people read them.
import { baseUnit } from "../formula/base-unit.ts";
import { CARBON, type Dimension, ENERGY, isPlain, MONEY, sameDimension, TIME } from "../formula/unit.ts";
import { figure, inLocale, percent, percentage, significant, withDollarSign } from "../result/number.ts";

export type FigureStyle = {
  readonly dimension: Dimension;
  readonly monthSeconds: number;
  /** the bound is written in percent */
  readonly isShare: boolean;
};

const LEAST_DIGITS = 3;
const MOST_DIGITS = 15;

/** Two figures with as many digits as tell them apart, three at least: `$160,000` and `$160,004`. */
export function figurePair(a: number, b: number, style: FigureStyle): readonly [string, string] {
  let digits = LEAST_DIGITS;
  while (a !== b && digits < MOST_DIGITS && significant(a, digits) === significant(b, digits)) digits += 1;
  return [shown(a, digits, style), shown(b, digits, style)];
}

function shown(value: number, digits: number, { dimension, monthSeconds, isShare }: FigureStyle): string {
  if (value === Number.POSITIVE_INFINITY) return sameDimension(dimension, TIME) ? "never" : "without end";
  if (!Number.isFinite(value)) return "none";
  if (isPlain(dimension)) return isShare ? percentOf(value, digits) : grouped(value, digits);
  if (sameDimension(dimension, MONEY)) return withDollarSign(grouped(Math.abs(value), digits), value < 0);
  if (sameDimension(dimension, TIME)) {
    return Math.abs(value) >= monthSeconds
      ? counted(value / monthSeconds, digits, "month")
      : `${grouped(value, digits)} s`;
  }
  if (sameDimension(dimension, CARBON)) {
    return Math.abs(value) >= 1000 ? `${grouped(value / 1000, digits)} t` : `${grouped(value, digits)} kg`;
  }
  if (sameDimension(dimension, ENERGY)) return `${grouped(value, digits)} kWh`;
  return `${grouped(value, digits)} ${baseUnit(dimension)}`;
}

function percentOf(value: number, digits: number): string {
  if (digits === LEAST_DIGITS) return percent(value);
  return percentage(String(Math.abs(significant(value * 100, digits))), value < 0);
}

function counted(value: number, digits: number, what: string): string {
  return `${grouped(value, digits)} ${what}${value === 1 ? "" : "s"}`;
}

function grouped(value: number, digits: number): string {
  if (digits === LEAST_DIGITS) return figure(value);
  return inLocale(String(significant(value, digits)));
}
