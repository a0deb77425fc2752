import { exp, log, pow } from "../formula/exact.ts";
import { normalQuantile } from "./normal.ts";

/** How likely the values of an uncertain figure are held to be; all numbers in base units. */
export type Distribution =
  | { readonly kind: "uniform"; readonly low: number; readonly high: number }
  | { readonly kind: "loguniform"; readonly low: number; readonly high: number }
  | { readonly kind: "triangular"; readonly low: number; readonly typical: number; readonly high: number }
  | { readonly kind: "pert"; readonly low: number; readonly typical: number; readonly high: number }
  /** nine of ten values lie above `p10`, one of ten above `p90` */
  | { readonly kind: "normal"; readonly p10: number; readonly p90: number }
  | { readonly kind: "lognormal"; readonly p10: number; readonly p90: number };

/** The value below which the share `u` (0..1) of a distribution lies. */
export type Quantile = (u: number) => number;

/** Standard normal value below which nine tenths lie. */
const Z90 = 1.2815515655446004;

/** The quantile function of a distribution, by closed forms but for PERT, which is integrated once. */
export function quantileOf(distribution: Distribution): Quantile {
  switch (distribution.kind) {
    case "uniform": {
      const { low, high } = distribution;
      return (u) => low + (high - low) * u;
    }
    case "loguniform": {
      const low = log(distribution.low);
      const width = log(distribution.high) - low;
      return (u) => exp(low + width * u);
    }
    case "triangular":
      return triangular(distribution);
    case "pert":
      return pert(distribution);
    case "normal": {
      const mean = (distribution.p10 + distribution.p90) / 2;
      const deviation = (distribution.p90 - distribution.p10) / (2 * Z90);
      return (u) => mean + deviation * normalQuantile(u);
    }
    case "lognormal": {
      const low = log(distribution.p10);
      const high = log(distribution.p90);
      return (u) => exp((low + high) / 2 + ((high - low) / (2 * Z90)) * normalQuantile(u));
    }
    default:
      return distribution satisfies never;
  }
}

type ThreePoints = { readonly low: number; readonly typical: number; readonly high: number };

function triangular({ low, typical, high }: ThreePoints): Quantile {
  const width = high - low;
  if (width === 0) return () => low;
  const turn = (typical - low) / width;
  const rising = width * (typical - low);
  const falling = width * (high - typical);
  return (u) => (u < turn ? low + Math.sqrt(u * rising) : high - Math.sqrt((1 - u) * falling));
}

const STEPS = 2048;

/**
 * The beta distribution between low and high with shapes 1 + 4 (typical - low) / (high - low) and
 * 1 + 4 (high - typical) / (high - low); its mean is (low + 4 typical + high) / 6.
 * @see D. G. Malcolm et al., "Application of a Technique for Research and Development Program Evaluation" (PERT), 1959
 */
function pert({ low, typical, high }: ThreePoints): Quantile {
  const width = high - low;
  if (width === 0) return () => low;
  const rise = (4 * (typical - low)) / width;
  const fall = 4 - rise;
  const density = (x: number): number => pow(x, rise) * pow(1 - x, fall);
  const below = new Float64Array(STEPS + 1);
  for (let i = 1; i <= STEPS; i += 1) {
    const [from, to] = [(i - 1) / STEPS, i / STEPS];
    const slice = (density(from) + 4 * density((from + to) / 2) + density(to)) / (6 * STEPS);
    below[i] = (below[i - 1] ?? Number.NaN) + slice;
  }
  const whole = below[STEPS] ?? Number.NaN;
  return (u) => {
    const wanted = u * whole;
    let [first, last] = [0, STEPS];
    while (last - first > 1) {
      const middle = (first + last) >>> 1;
      if ((below[middle] ?? Number.NaN) <= wanted) first = middle;
      else last = middle;
    }
    const from = below[first] ?? Number.NaN;
    const step = (below[last] ?? Number.NaN) - from;
    return low + (width * (first + (step > 0 ? (wanted - from) / step : 0))) / STEPS;
  };
}
