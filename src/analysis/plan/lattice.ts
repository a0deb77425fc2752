import { exp, log } from "../../formula/exact.ts";
import type { Quantile } from "../distribution.ts";

/**
 * Loads as steps of one size on a logarithmic scale, and the chances of going up or down so many steps in a month: a
 * lattice that recombines, as in pricing options.
 * @see J. C. Cox, S. A. Ross, M. Rubinstein, "Option pricing: a simplified approach", 1979
 */
export type Lattice = {
  /** ln of the ratio of neighbouring loads */
  readonly step: number;
  /** steps of the first chance; chances of that and the following numbers of steps, 1 in sum */
  readonly least: number;
  readonly chances: readonly number[];
};

/** Ratio of neighbouring loads, unless the horizon is so long that there would be too many. */
const STEP = 0.01;
const MOST_LEVELS = 1200;
const POINTS = 64;

/**
 * @param growth share a month as a function of the probability below it, above -1
 * @param months how many follow one another
 */
export function latticeOf(growth: Quantile, months: number): Lattice {
  const factors = Array.from({ length: POINTS }, (_, i) => Math.max(1 + growth((i + 0.5) / POINTS), Number.EPSILON));
  const logs = factors.map(log);
  const spread = Math.max(...logs) - Math.min(...logs);
  const step = Math.max(STEP, (spread * months) / MOST_LEVELS);
  const least = Math.floor(Math.min(...logs) / step);
  const chances = new Array<number>(Math.floor(Math.max(...logs) / step) - least + 2).fill(0);
  factors.forEach((factor, i) => {
    const below = Math.floor((logs[i] ?? Number.NaN) / step);
    const [low, high] = [exp(below * step), exp((below + 1) * step)];
    // Shared between the two neighbours so that the expected load is exact.
    const up = (factor - low) / (high - low);
    const at = below - least;
    chances[at] = (chances[at] ?? Number.NaN) + (1 - up) / POINTS;
    chances[at + 1] = (chances[at + 1] ?? Number.NaN) + up / POINTS;
  });
  while (chances.length > 1 && (chances.at(-1) ?? Number.NaN) < Number.EPSILON) chances.pop();
  return { step, least, chances };
}
