import { expect, test } from "vitest";
import { bisect } from "../../src/formula/bisect.ts";

test("an interval ends at neighbouring numbers round the change", () => {
  const { low, high } = bisect(1e-3, 1e6, (x) => x * x < 2);
  expect([low * low < 2, high * high < 2]).toEqual([true, false]);
  expect(low + (high - low) / 2 === low || low + (high - low) / 2 === high).toBe(true);
});

test("it ends where it is narrow enough, or after so many rounds", () => {
  const wide = bisect(1, 2, (x) => x < 1.3, { width: 0.1 });
  expect(wide).toEqual({ low: 1.25, high: 1.375 });
  const between = (a: number, b: number) => Math.sqrt(a * b);
  expect(bisect(1, 256, (x) => x < 20, { rounds: 2, between })).toEqual({ low: 16, high: 64 });
});

test("the ends are not looked at", () => {
  const seen: number[] = [];
  bisect(0, 1, (x) => seen.push(x) > 0, { rounds: 3 });
  expect(seen).toEqual([0.5, 0.75, 0.875]);
});
