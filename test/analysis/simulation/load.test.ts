import { expect, test } from "vitest";
import { parseRamp, parseReplicas, ramp, steady, trace, weekly } from "../../../src/analysis/simulation/load.ts";
import { readSeconds } from "../../../src/formula/literal.ts";

test("loads: ramps, weeks, traces, replicas", () => {
  expect(parseReplicas("per=6,start=90s,cooldown=5m,min=2,max=100,launch=20")).toEqual({
    perReplica: 6,
    start: 90,
    cooldown: 300,
    min: 2,
    max: 100,
    launchRate: 20,
  });
  expect(parseReplicas("per=6,start=90s,cooldown=5m,min=2,max=100,launch=20,target=70%,burst=50")).toMatchObject({
    target: 0.7,
    launchBucket: 50,
  });
  expect([steady(1).until?.(3), ramp(0, 1, 60).until?.(59), weekly([]).until?.(3700)]).toEqual([
    Number.POSITIVE_INFINITY,
    59,
    7200,
  ]);
  expect([parseReplicas("per=6"), parseReplicas("per=0,start=1s,cooldown=1s,min=1,max=2,launch=1")]).toEqual([
    undefined,
    undefined,
  ]);
  expect(parseRamp("0..100% over 10m")?.over).toBe(600);
  expect(parseRamp("0..100% over 10m")?.load(300)).toBe(0.5);
  expect(parseRamp("fast")).toBeUndefined();
  expect([readSeconds("90s"), readSeconds("2h"), readSeconds("x")]).toEqual([90, 7200, undefined]);
  expect(weekly(Array.from({ length: 168 }, (_, i) => i))(3600 * 170)).toBe(2);
  const series = trace([
    [0, 1],
    [10, 2],
  ]);
  expect([series(5), series(10), series(50), series(3)]).toEqual([1, 2, 2, 1]);
});
