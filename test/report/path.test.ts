import fc from "fast-check";
import { expect, test } from "vitest";
import { linePath } from "../../src/report/svg/path.ts";

type Place = Parameters<typeof linePath>[0][number];

/** Places of a path, read as a browser does. */
function read(path: string): Place[] {
  const numbers = (path.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
  const places: [number, number][] = [];
  let [x, y] = [0, 0];
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    x += (numbers[i] ?? Number.NaN) * 10;
    y += (numbers[i + 1] ?? Number.NaN) * 10;
    places.push([Math.round(x), Math.round(y)]);
  }
  return places;
}

/** How far down a line runs beside a place of it, in tenths of a pixel. */
function off(line: readonly Place[], [x, y]: Place): number {
  const offs = line.slice(1).flatMap(([right, lower], i) => {
    const [left, upper] = line[i] ?? [Number.NaN, Number.NaN];
    if (x < left || x > right) return [];
    const at = right === left ? y : upper + ((x - left) / (right - left)) * (lower - upper);
    const within = right === left && (y < Math.min(upper, lower) || y > Math.max(upper, lower));
    return [within ? Number.POSITIVE_INFINITY : Math.abs(at - y)];
  });
  return Math.min(...offs);
}

const placesArb = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -3, max: 3 })), { minLength: 2, maxLength: 60 })
  .map((steps) => {
    let [x, y] = [0, 2000];
    return steps.map(([right, down]): Place => {
      x += right;
      y += down;
      return [x, y];
    });
  });

test("a line without the points that nobody sees runs within 0.15 pixels of all of them, from end to end", () => {
  fc.assert(
    fc.property(placesArb, (places) => {
      const line = read(linePath(places));
      expect(line[0]).toEqual(places[0]);
      expect(line.at(-1)).toEqual(places.at(-1));
      for (const place of places) expect(off(line, place)).toBeLessThanOrEqual(1.5 + 1e-9);
    }),
    { numRuns: 500 },
  );
});

test("a straight line is its ends, a corner stays", () => {
  expect(linePath(Array.from({ length: 100 }, (_, i): Place => [i * 10, 500 - i * 2]))).toBe("M0 50l99-19.8");
  expect(
    read(
      linePath([
        [0, 0],
        [10, 0],
        [20, 0],
        [30, 40],
        [40, 80],
      ]),
    ),
  ).toEqual([
    [0, 0],
    [20, 0],
    [40, 80],
  ]);
});
