// Cold starts against the figures that SimFaaS publishes.
import { expect, test } from "vitest";
import { coldStarts, settledHorizon } from "../../../src/analysis/simulation/cold-starts.ts";

test("cold starts of a function are those that SimFaaS publishes, within its tolerance", () => {
  const found = coldStarts({ arrivals: 0.9, warm: 1.991, cold: 2.244, keepAlive: 600, horizon: 1_000_000, seed: 1 });
  expect(Math.abs(found.probability - 0.0014)).toBeLessThanOrEqual(0.0003);
  expect(Math.abs(found.running - 1.7879)).toBeLessThanOrEqual(0.02);
  expect(Math.abs(found.instances - 7.6612)).toBeLessThanOrEqual(0.15);
  expect(Math.abs(found.life / 6335.1337 - 1)).toBeLessThanOrEqual(0.05);
});

test("cold starts of a busy function are those after its pool has settled", () => {
  const { horizon, warmUp } = settledHorizon(100, 60);
  expect([horizon, warmUp]).toEqual([2000, 60]);
  const found = coldStarts({ arrivals: 100, warm: 1, cold: 1, keepAlive: 60, horizon, warmUp, seed: 7 });
  expect(Math.abs(found.running / 100 - 1)).toBeLessThan(0.02);
  expect(found.probability).toBeLessThan(0.01);
  expect(found.instances).toBeGreaterThan(found.running);
});
