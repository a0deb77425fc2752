import { expect, test } from "vitest";
import { sobolColumns, sobolPoint } from "../../src/analysis/sobol.ts";

test.each([
  { index: 5, expected: [0.875, 0.875, 0.125, 0.375, 0.375, 0.625, 0.125, 0.125] },
  { index: 63, expected: [0.015625, 0.796875, 0.359375, 0.453125, 0.421875, 0.265625, 0.578125, 0.640625] },
])("point $index is the one that SciPy 1.17 makes of the same direction numbers", ({ index, expected }) => {
  expect([0, 1, 2, 3, 10, 50, 100, 127].map((dimension) => sobolPoint(index, dimension))).toEqual(expected);
});

test("2^m points fall one into each of 2^m equal parts, in every dimension, those used again included", () => {
  for (const column of sobolColumns(260, 1024, 7)) {
    expect(new Set(Array.from(column, (u) => Math.floor(u * 1024))).size).toBe(1024);
    expect(Math.min(...column)).toBeGreaterThan(0);
    expect(Math.max(...column)).toBeLessThan(1);
  }
});

test("the first two dimensions together fill every box of equal area, scrambled too", () => {
  const [x, y] = sobolColumns(2, 256, 3);
  for (let split = 0; split <= 8; split += 1) {
    const boxes = new Set(
      Array.from(x ?? [], (u, i) => Math.floor(u * 2 ** split) * 1024 + Math.floor((y?.[i] ?? 0) * 2 ** (8 - split))),
    );
    expect(boxes.size).toBe(256);
  }
});

test("a seed fixes the points to the bit, another one moves them, and what is skipped is what others have", () => {
  const [first, second] = sobolColumns(2, 4, 20230322);
  expect(Array.from(first ?? [])).toEqual(Array.from(sobolColumns(1, 4, 20230322)[0] ?? []));
  expect(Array.from(sobolColumns(1, 4, 20230322, 1)[0] ?? [])).toEqual(Array.from(second ?? []));
  expect(Array.from(sobolColumns(1, 4, 1)[0] ?? [])).not.toEqual(Array.from(first ?? []));
  expect(Array.from(first ?? [])).toMatchInlineSnapshot(`
    [
      0.43526096793357283,
      0.8618200042983517,
      0.6525263657094911,
      0.005396540858782828,
    ]
  `);
});

test("no two of the first forty dimensions move together", () => {
  const columns = sobolColumns(40, 4096, 11);
  for (let a = 0; a < columns.length; a += 1) {
    for (let b = a + 1; b < columns.length; b += 1) {
      const product = (columns[a] ?? new Float64Array()).reduce(
        (sum, u, i) => sum + (u - 0.5) * ((columns[b]?.[i] ?? 0) - 0.5),
        0,
      );
      expect(Math.abs((product / 4096) * 12)).toBeLessThan(0.05);
    }
  }
});
