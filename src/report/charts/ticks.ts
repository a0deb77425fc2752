// Axis ticks as people read them: round values, short words.
import { inLocale, withDollarSign } from "../../result/number.ts";

const SUFFIXES: readonly (readonly [number, string])[] = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "k"],
];
const SMALLEST_DECIMAL = 1e-6;

/**
 * A tick as a short word: 1500 is `1.5k`, 2e6 is `2M`, 0.005 is `0.005`. At most 3 significant digits.
 * @param value finite
 */
export function shortNumber(value: number): string {
  const { text, suffix } = short(value);
  return `${inLocale(text)}${suffix}`;
}

/** As `shortNumber`, in dollars: `$1.5k`, `-$2M`, `$0.50` (tenths as cents). */
export function shortDollars(value: number): string {
  const { text, suffix } = short(Math.abs(value));
  const cents = suffix === "" && /^\d\.\d$/.test(text) ? `${text}0` : text;
  return withDollarSign(`${inLocale(cents)}${suffix}`, value < 0);
}

function short(value: number): { readonly text: string; readonly suffix: string } {
  const size = Math.abs(value);
  if (size === 0) return { text: "0", suffix: "" };
  const rounded = Number(value.toPrecision(3));
  for (const [from, suffix] of SUFFIXES) {
    if (Math.abs(rounded) >= from) return { text: String(Number((rounded / from).toPrecision(3))), suffix };
  }
  return { text: size >= SMALLEST_DECIMAL ? String(rounded) : rounded.toExponential(), suffix: "" };
}

/** How many ticks a logarithmic axis may carry before their words crowd it. */
const MOST_TICKS = 9;
const TENTHS = Array.from({ length: 90 }, (_, index) => (10 + index) / 10);
const STEPS: readonly (readonly number[])[] = [TENTHS, [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [1]];

/**
 * Round ticks of a logarithmic axis: fine steps where little is shown, whole decades where much is.
 * @param min lower end, > 0
 * @param max upper end, >= min
 * @returns ascending values inside [min, max]; empty when the range holds no round value
 */
export function logTicks(min: number, max: number): readonly number[] {
  const first = Math.floor(Math.log10(min));
  const last = Math.ceil(Math.log10(max));
  const decades = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const inside = (steps: readonly number[], every: number): number[] =>
    decades
      .filter((decade) => decade % every === 0)
      .flatMap((decade) => steps.map((step) => Number(`${step}e${decade}`)))
      .filter((value) => value >= min && value <= max);
  for (const steps of STEPS) {
    const ticks = inside(steps, 1);
    if (ticks.length <= MOST_TICKS) return ticks;
  }
  return inside([1], Math.ceil(decades.length / MOST_TICKS));
}
