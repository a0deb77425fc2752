/** How much of the variance of a result each input carries. */
export type VarianceShare = {
  /** inputs that are varied together: one, or several that are correlated */
  readonly inputs: readonly number[];
  /** share of the variance that goes when these are known */
  readonly first: number;
  /** share that stays when only these are unknown: with all that they do together with others */
  readonly total: number;
};

export type IndexTask = {
  /** two independent samples of the inputs, a column an input */
  readonly a: readonly Float64Array[];
  readonly b: readonly Float64Array[];
  readonly n: number;
  readonly groups: readonly (readonly number[])[];
  readonly run: (columns: readonly Float64Array[], n: number) => readonly Float64Array[];
};

/**
 * First-order and total Sobol indices by Jansen's estimators, from n (groups + 2) evaluations.
 * @returns for each result of `run` the shares of its variance by group; empty where it does not vary, undefined where it is no
 * finite number in some evaluation
 * @see A. Saltelli et al., "Variance based sensitivity analysis of model output", Comput. Phys. Commun. 181 (2010), table 2
 */
export function sobolIndices(task: IndexTask): readonly (readonly VarianceShare[] | undefined)[] {
  const { a, b, n, groups, run } = task;
  const atA = run(a, n);
  const atB = run(b, n);
  const variances = atA.map((values, k) => variance(values, atB[k] ?? values, n));
  const shares: VarianceShare[][] = atA.map(() => []);
  for (const inputs of groups) {
    const mixed = run(
      a.map((column, i) => (inputs.includes(i) ? (b[i] ?? column) : column)),
      n,
    );
    mixed.forEach((values, k) => {
      const whole = variances[k];
      const [fromA, fromB] = [atA[k], atB[k]];
      if (whole === undefined || whole === 0 || fromA === undefined || fromB === undefined) return;
      const first = 1 - halfMeanSquare(fromB, values, n) / whole;
      const total = halfMeanSquare(fromA, values, n) / whole;
      shares[k]?.push({ inputs, first: Math.min(1, Math.max(0, first)), total: Math.min(1, total) });
    });
  }
  const isKnown = ({ first, total }: VarianceShare): boolean => Number.isFinite(first) && Number.isFinite(total);
  return shares.map((own) => (own.every(isKnown) ? own : undefined));
}

/** Variance over both samples; 0 where only rounding differs. */
function variance(a: Float64Array, b: Float64Array, n: number): number {
  let total = 0;
  for (let i = 0; i < n; i += 1) total += (a[i] ?? Number.NaN) + (b[i] ?? Number.NaN);
  const mean = total / (2 * n);
  let squares = 0;
  for (let i = 0; i < n; i += 1) {
    squares += square((a[i] ?? Number.NaN) - mean) + square((b[i] ?? Number.NaN) - mean);
  }
  const found = squares / (2 * n);
  return found <= square(1e-12 * mean) ? 0 : found;
}

function square(x: number): number {
  return x * x;
}

function halfMeanSquare(x: Float64Array, y: Float64Array, n: number): number {
  let total = 0;
  for (let i = 0; i < n; i += 1) total += square((x[i] ?? Number.NaN) - (y[i] ?? Number.NaN));
  return total / (2 * n);
}
