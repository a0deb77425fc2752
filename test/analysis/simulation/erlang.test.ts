import fc from "fast-check";
import { expect, test } from "vitest";
import { erlangC, meanWait } from "../../../src/analysis/simulation/erlang.ts";

test.each([
  [1, 0.5, 0.5],
  [2, 1, 1 / 3],
  [10, 8, 0.4092],
  [100, 90, 0.2168],
])("%d servers, %d offered: %d wait", (servers, offered, waits) =>
  expect(erlangC(servers, offered)).toBeCloseTo(waits, 3),
);

test("one server: the textbook's rho / (mu - lambda)", () => expect(meanWait(1, 0.5, 1)).toBeCloseTo(1, 12));
test("servers that do not keep up have no mean wait", () =>
  expect([erlangC(2, 2), meanWait(2, 3, 1)]).toEqual([1, Number.POSITIVE_INFINITY]));
test("a probability for thousands of servers, less with each further one", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (servers, use) => {
      const here = erlangC(servers, servers * use);
      expect(here).toBeGreaterThanOrEqual(0);
      expect(here).toBeLessThanOrEqual(1);
      expect(erlangC(servers + 1, servers * use)).toBeLessThanOrEqual(here);
    }),
    { numRuns: 60 },
  );
});
