import { quantileOf } from "./distribution.ts";
import { normalQuantile, normalShare } from "./normal.ts";
import { sobolColumns } from "./sobol.ts";
import type { UncertainInput } from "./uncertain-inputs.ts";

/** How two inputs move together: the correlation of their normal scores. */
export type Correlation = { readonly a: number; readonly b: number; readonly coefficient: number };

/** The lower triangle whose product with its own transpose is the matrix; undefined where no such correlations can exist. */
export type Factor = readonly (readonly number[])[];

/**
 * Cholesky factor of the correlations between `count` inputs.
 * @returns undefined where they contradict each other (the matrix is not positive semi-definite)
 */
export function correlationFactor(count: number, correlations: readonly Correlation[]): Factor | undefined {
  const matrix = Array.from({ length: count }, (_, i) => Array.from({ length: count }, (_, j) => Number(i === j)));
  for (const { a, b, coefficient } of correlations) {
    const [rowA, rowB] = [matrix[a], matrix[b]];
    if (rowA === undefined || rowB === undefined) throw new RangeError(`no input ${a} or ${b}`);
    rowA[b] = coefficient;
    rowB[a] = coefficient;
  }
  const factor: number[][] = [];
  for (let i = 0; i < count; i += 1) {
    const row: number[] = [];
    factor.push(row);
    for (let j = 0; j <= i; j += 1) {
      let rest = matrix[i]?.[j] ?? Number.NaN;
      for (let k = 0; k < j; k += 1) rest -= (row[k] ?? 0) * (factor[j]?.[k] ?? 0);
      if (i === j) {
        if (rest < -1e-12) return undefined;
        row.push(Math.sqrt(Math.max(0, rest)));
      } else {
        const pivot = factor[j]?.[j] ?? 0;
        if (pivot === 0 && Math.abs(rest) > 1e-9) return undefined;
        row.push(pivot === 0 ? 0 : rest / pivot);
      }
    }
  }
  return factor;
}

export type SampleTask = {
  readonly n: number;
  readonly seed: number;
  /** dimensions of the sequence to leave out: a second, independent sample takes the ones behind the first's */
  readonly skip?: number;
  /** Gaussian copula; undefined: independent */
  readonly factor?: Factor | undefined;
};

/** Values of the inputs in base units, a column each, in `n` cases that fill their ranges evenly. */
export function sampleInputs(
  inputs: readonly Pick<UncertainInput, "distribution">[],
  task: SampleTask,
): readonly Float64Array[] {
  const shares = sobolColumns(inputs.length, task.n, task.seed, task.skip);
  if (task.factor !== undefined) correlate(shares, task.factor, task.n);
  shares.forEach((column, k) => {
    const input = inputs[k];
    if (input === undefined) return;
    const quantile = quantileOf(input.distribution);
    for (let i = 0; i < column.length; i += 1) column[i] = quantile(column[i] ?? Number.NaN);
  });
  return shares;
}

/** Makes independent shares dependent, in place, without changing how each is distributed. */
function correlate(shares: readonly Float64Array[], factor: Factor, n: number): void {
  // From the last one up: a row only reads the scores of inputs before its own.
  const scores = shares.map((column, k) => (isAlone(factor, k) ? column : column.map(normalQuantile)));
  for (let k = shares.length - 1; k >= 0; k -= 1) {
    const row = factor[k];
    const column = shares[k];
    if (row === undefined || column === undefined || isAlone(factor, k)) continue;
    for (let i = 0; i < n; i += 1) {
      let score = 0;
      for (let j = 0; j <= k; j += 1) {
        const weight = row[j];
        if (weight !== undefined && weight !== 0) score += weight * (scores[j]?.[i] ?? Number.NaN);
      }
      column[i] = Math.min(1 - 2 ** -33, Math.max(2 ** -33, normalShare(score)));
    }
  }
}

function isAlone(factor: Factor, k: number): boolean {
  const before = factor[k]?.slice(0, k).every((weight) => weight === 0) ?? true;
  return before && factor.every((row, i) => i <= k || row[k] === 0);
}
