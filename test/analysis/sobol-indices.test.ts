import { expect, test } from "vitest";
import { correlationFactor, sampleInputs } from "../../src/analysis/samples.ts";
import { sobolColumns } from "../../src/analysis/sobol.ts";
import { sobolIndices } from "../../src/analysis/sobol-indices.ts";
import type { UncertainInput } from "../../src/analysis/uncertain-inputs.ts";

const N = 8192;
const map = (columns: readonly Float64Array[], n: number, f: (x: readonly number[]) => number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => f(columns.map((column) => column[i] ?? 0)));

/** Ishigami's function, whose indices are known: the usual test of such estimators. */
const ishigami = ([x = 0, y = 0, z = 0]: readonly number[]): number => {
  const [a, b, c] = [x, y, z].map((u) => Math.PI * (2 * u - 1));
  return Math.sin(a ?? 0) + 7 * Math.sin(b ?? 0) ** 2 + 0.1 * (c ?? 0) ** 4 * Math.sin(a ?? 0);
};

test("the indices of Ishigami's function", () => {
  const [shares] = sobolIndices({
    a: sobolColumns(3, N, 1),
    b: sobolColumns(3, N, 1, 3),
    n: N,
    groups: [[0], [1], [2]],
    run: (columns, n) => [map(columns, n, ishigami)],
  });
  expect(shares?.map(({ first }) => first)).toEqual([0.314, 0.442, 0].map((value) => expect.closeTo(value, 2)));
  expect(shares?.map(({ total }) => total)).toEqual([0.558, 0.442, 0.244].map((value) => expect.closeTo(value, 2)));
});

test("a sum shares its variance by the squares of its weights, groups theirs together", () => {
  const [shares, constant] = sobolIndices({
    a: sobolColumns(3, N, 1),
    b: sobolColumns(3, N, 1, 3),
    n: N,
    groups: [[0], [1, 2]],
    run: (columns, n) => [map(columns, n, ([x = 0, y = 0, z = 0]) => x + 2 * y + 2 * z), new Float64Array(n).fill(3)],
  });
  expect(shares?.map(({ total }) => total)).toEqual([expect.closeTo(1 / 9, 2), expect.closeTo(8 / 9, 2)]);
  expect(constant).toEqual([]);
});

const input = (address: string): UncertainInput => {
  const distribution = { kind: "normal", p10: -1.2815515655446004, p90: 1.2815515655446004 } as const;
  return { address, unit: "", factor: 1, value: 0, low: -1.28, high: 1.28, distribution };
};

test("correlated inputs keep their own distributions and move together as asked", () => {
  const factor = correlationFactor(3, [{ a: 0, b: 2, coefficient: 0.8 }]);
  const columns = sampleInputs([input("x"), input("y"), input("z")], { n: N, seed: 5, factor });
  const moment = (a: number, b: number): number =>
    (columns[a] ?? new Float64Array()).reduce((sum, x, i) => sum + x * (columns[b]?.[i] ?? 0), 0) / N;
  expect(moment(0, 2)).toBeCloseTo(0.8, 2);
  expect(moment(0, 1)).toBeCloseTo(0, 2);
  for (const k of [0, 1, 2]) expect(moment(k, k)).toBeCloseTo(1, 2);
});

test("correlations that contradict each other have no factor; full ones do", () => {
  const contradiction = [
    { a: 0, b: 1, coefficient: 0.9 },
    { a: 1, b: 2, coefficient: 0.9 },
    { a: 0, b: 2, coefficient: -0.9 },
  ];
  expect(correlationFactor(3, contradiction)).toBeUndefined();
  expect(correlationFactor(2, [{ a: 0, b: 1, coefficient: 1 }])).toEqual([[1], [1, 0]]);
});

test("what is no finite number in some evaluation has no shares, and the others keep theirs", () => {
  const pole = ([x = 0]: readonly number[]): number => (x < 0.01 ? Number.NaN : x);
  const [none, infinite, sum] = sobolIndices({
    a: sobolColumns(2, N, 1),
    b: sobolColumns(2, N, 1, 2),
    n: N,
    groups: [[0], [1]],
    run: (columns, n) => [
      map(columns, n, pole),
      map(columns, n, ([x = 0, y = 0]) => (y < 0.01 ? x / 0 : x)),
      map(columns, n, ([x = 0, y = 0]) => x + y),
    ],
  });
  expect([none, infinite]).toEqual([undefined, undefined]);
  expect(sum?.map(({ total }) => total)).toEqual([expect.closeTo(1 / 2, 2), expect.closeTo(1 / 2, 2)]);
});
