export type Bisection = {
  /** halvings at most; default: until the ends are neighbouring numbers */
  readonly rounds?: number;
  /** an interval this narrow, as a share of its high end, is narrow enough; default 0 */
  readonly width?: number;
  /** the value between two; default: their mean */
  readonly between?: (low: number, high: number) => number;
};

/** More than from the widest interval of finite numbers above 0 to neighbouring ones. */
const ROUNDS = 200;

const mean = (low: number, high: number): number => low + (high - low) / 2;

/**
 * Halves an interval in which something changes once, until its ends are neighbouring numbers or as narrow as wanted.
 * @param isLow whether a value lies below the change; it holds at `low`, not at `high`, and neither is looked at
 * @returns the last value found below the change, and the first not below it
 */
export function bisect(
  low: number,
  high: number,
  isLow: (value: number) => boolean,
  { rounds = ROUNDS, width = 0, between = mean }: Bisection = {},
): { readonly low: number; readonly high: number } {
  let [from, to] = [low, high];
  for (let round = 0; round < rounds && to - from > width * to; round += 1) {
    const middle = between(from, to);
    if (middle <= from || middle >= to) break;
    if (isLow(middle)) from = middle;
    else to = middle;
  }
  return { low: from, high: to };
}
