// The limit over time: figures of the reference case worked out by hand, and the laws a simulation must keep.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coldStarts } from "../../../src/analysis/limits/cold-starts.ts";
import { parseRamp, parseReplicas, ramp, seconds, trace, weekly } from "../../../src/analysis/limits/load.ts";
import { type SimulationTask, type Stage, simulate } from "../../../src/analysis/limits/simulate.ts";

// 2,000 streams, 15 transitions a stream-second; 1,500 transitions a second and a bucket of 5,000
const THROUGHPUT = 2000;
const transitions: Stage = { id: "t", title: "transitions", rate: 1500 / 15, bucket: 5000 / 15, effect: "delay" };
const starts: Stage = { id: "s", title: "starts", rate: 300, bucket: 1300, effect: "reject" };
const NO_RETRY = { attempts: 1, base: 1, cap: 1 };

function run(part: Partial<SimulationTask>) {
  return simulate({
    throughput: THROUGHPUT,
    load: () => 1,
    seconds: 3600,
    stages: [transitions],
    retry: NO_RETRY,
    ...part,
  });
}

describe("one quota at a time", () => {
  test.each([
    [0.05, 0, Number.POSITIVE_INFINITY],
    [0.055, 0.1, 33.3],
    [0.06, 0.2, 16.7],
    [0.1, 1, 3.3],
    [1, 19, 0.18],
  ])("at %d of the load the lag grows by %d s a second, after %d s of burst", (load, growth, burst) => {
    const a = run({ load: () => load, seconds: 1000 });
    const b = run({ load: () => load, seconds: 2000 });
    const lag = (outcome: typeof a) => outcome.stages[0]?.lag ?? Number.NaN;
    expect((lag(b) - lag(a)) / 1000).toBeCloseTo(growth, 9);
    const hit = a.stages[0]?.firstHit?.time ?? Number.POSITIVE_INFINITY;
    if (Number.isFinite(burst)) expect(Math.abs(hit - burst)).toBeLessThanOrEqual(1);
    else expect(hit).toBe(burst);
  });

  test.each([60, 600, 3600])("a ramp over %d s hits where the continuous solution does, within a step", (over) => {
    // 0.5 * (30,000 / T) * (t - 0.05 T)^2 = 5,000
    const exact = 0.05 * over + Math.sqrt((2 * 5000 * over) / 30_000);
    const { stages } = run({ load: ramp(0, 1, over), seconds: over });
    const hit = stages[0]?.firstHit;
    expect(Math.abs((hit?.time ?? Number.NaN) - exact)).toBeLessThanOrEqual(1);
    expect(Math.abs((hit?.load ?? Number.NaN) - exact / over)).toBeLessThanOrEqual(1 / over + 1e-9);
  });

  test("after an hour of full load 5 % is served; behind a ramp of a minute the lag is 18.8 h", () => {
    const full = run({});
    expect(full.served / full.arrived).toBeCloseTo((1500 * 3600 + 5000) / (30_000 * 3600), 9);
    expect((full.stages[0]?.lag ?? Number.NaN) / 3600).toBeCloseTo(19, 2);
    const ramped = run({ load: ramp(0, 1, 60) });
    expect((ramped.stages[0]?.lag ?? Number.NaN) / 3600).toBeCloseTo(18.8, 1);
  });
});

describe("coupled: starts are admitted at 300 a second", () => {
  const coupled = (part: Partial<SimulationTask> = {}) => run({ stages: [starts, transitions], ...part });

  test("after an hour the lag is 2.0 h", () => {
    expect((coupled().stages[1]?.lag ?? Number.NaN) / 3600).toBeCloseTo(2, 1);
  });

  test("a million executions are open after about 83 minutes", () => {
    const open = { id: "o", title: "open executions", limit: 1e6, perUnit: 1, duration: 1 };
    const { stages } = coupled({ open, seconds: 6000 });
    const hit = stages.find((stage) => stage.effect === "open")?.firstHit?.time ?? Number.NaN;
    expect(Math.abs(hit / 60 - 83)).toBeLessThan(1);
  });

  test("retries add load, and what still fails is lost", () => {
    const once = coupled();
    const often = coupled({ retry: { attempts: 4, base: 1, cap: 20 } });
    expect(often.tries).toBeGreaterThan(2);
    expect(often.lost).toBeLessThan(once.lost);
    expect(often.served).toBeCloseTo(once.served, 3);
  });
});

test("capacity that is built up with use: a thousand at once, then a hundred a second", () => {
  const stage: Stage = { id: "r", title: "ramp", rate: Number.MAX_VALUE, bucket: 1000, effect: "reject", growth: 100 };
  const { stages, served } = run({ stages: [stage], throughput: 1500, seconds: 20 });
  expect(stages[0]?.firstHit?.time).toBe(0);
  // 1,000 in the first second, 1,100 in the second, ... 1,500 from the sixth on
  expect(served).toBe(1000 + 1100 + 1200 + 1300 + 1400 + 15 * 1500);
  expect(run({ stages: [stage], throughput: 900, seconds: 20 }).lost).toBe(0);
});

test("replicas come late, and go after a cool-down; their hours are counted", () => {
  const replicas = { perReplica: 10, min: 1, max: 50, start: 60, cooldown: 300, launchRate: 1 };
  const { waiting, replicaHours, series } = run({
    stages: [],
    throughput: 100,
    replicas,
    load: (t) => (t < 1800 ? 1 : 0.1),
    seconds: 3600,
  });
  expect(Math.max(...series.map((point) => point.lag))).toBeGreaterThan(10);
  expect(waiting).toBeLessThan(1);
  expect(replicaHours).toBeGreaterThan(5);
  expect(replicaHours).toBeLessThan(8);
});

const stageArb = fc.record({
  rate: fc.double({ min: 1, max: 1000, noNaN: true }),
  bucket: fc.double({ min: 0, max: 5000, noNaN: true }),
  effect: fc.constantFrom("delay" as const, "reject" as const),
});
const taskArb = fc.record({
  stages: fc.array(stageArb, { minLength: 1, maxLength: 4 }),
  throughput: fc.double({ min: 1, max: 2000, noNaN: true }),
  retry: fc.record({
    attempts: fc.integer({ min: 1, max: 5 }),
    base: fc.double({ min: 0.5, max: 8, noNaN: true }),
    cap: fc.constant(20),
  }),
  over: fc.integer({ min: 1, max: 300 }),
});
const taskOf = (
  drawn: {
    stages: readonly { rate: number; bucket: number; effect: "delay" | "reject" }[];
    throughput: number;
    retry: SimulationTask["retry"];
    over: number;
  },
  factor = 1,
): SimulationTask => ({
  throughput: drawn.throughput * factor,
  load: ramp(0, 1, drawn.over),
  seconds: 400,
  retry: drawn.retry,
  stages: drawn.stages.map((stage, i) => ({
    ...stage,
    rate: stage.rate * factor,
    bucket: stage.bucket * factor,
    id: `${i}`,
    title: `${i}`,
  })),
});

test("work is conserved, and no quota lets more pass than bucket + refill", () => {
  fc.assert(
    fc.property(taskArb, (drawn) => {
      const task = taskOf(drawn);
      const { arrived, served, waiting, retrying, lost } = simulate(task);
      expect(Math.abs(served + waiting + retrying + lost - arrived)).toBeLessThanOrEqual(1e-6 * Math.max(1, arrived));
      for (const stage of task.stages)
        expect(served).toBeLessThanOrEqual((stage.bucket + stage.rate * task.seconds) * (1 + 1e-9));
    }),
    { numRuns: 150 },
  );
});

test("doubling every quota and the load leaves shares unchanged", () => {
  fc.assert(
    fc.property(taskArb, (drawn) => {
      const [one, two] = [simulate(taskOf(drawn)), simulate(taskOf(drawn, 2))];
      expect(two.served / two.arrived).toBeCloseTo(one.served / one.arrived, 9);
    }),
    { numRuns: 100 },
  );
});

test("the steady state is the static answer: the least rate over the load", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 10, max: 500, noNaN: true }),
      fc.double({ min: 10, max: 500, noNaN: true }),
      (rate, throughput) => {
        const stage: Stage = { id: "x", title: "x", rate, bucket: 0, effect: "reject" };
        const { served, arrived } = simulate({
          throughput,
          load: () => 1,
          seconds: 100,
          stages: [stage],
          retry: NO_RETRY,
        });
        expect(served / arrived).toBeCloseTo(Math.min(1, rate / throughput), 9);
      },
    ),
  );
});

test("cold starts of a function are those that SimFaaS publishes, within its tolerance", () => {
  const found = coldStarts({ arrivals: 0.9, warm: 1.991, cold: 2.244, keepAlive: 600, horizon: 1_000_000, seed: 1 });
  expect(Math.abs(found.probability - 0.0014)).toBeLessThanOrEqual(0.0003);
  expect(Math.abs(found.running - 1.7879)).toBeLessThanOrEqual(0.02);
  expect(Math.abs(found.instances - 7.6612)).toBeLessThanOrEqual(0.15);
  expect(Math.abs(found.life / 6335.1337 - 1)).toBeLessThanOrEqual(0.05);
});

test("loads: ramps, weeks, traces, replicas", () => {
  expect(parseReplicas("per=6,start=90s,cooldown=5m,min=2,max=100,launch=20")).toEqual({
    perReplica: 6,
    start: 90,
    cooldown: 300,
    min: 2,
    max: 100,
    launchRate: 20,
  });
  expect([parseReplicas("per=6"), parseReplicas("per=0,start=1s,cooldown=1s,min=1,max=2,launch=1")]).toEqual([
    undefined,
    undefined,
  ]);
  expect(parseRamp("0..100% over 10m")?.over).toBe(600);
  expect(parseRamp("0..100% over 10m")?.load(300)).toBe(0.5);
  expect(parseRamp("fast")).toBeUndefined();
  expect([seconds("90s"), seconds("2h"), seconds("x")]).toEqual([90, 7200, undefined]);
  expect(weekly(Array.from({ length: 168 }, (_, i) => i))(3600 * 170)).toBe(2);
  const series = trace([
    [0, 1],
    [10, 2],
  ]);
  expect([series(5), series(10), series(50), series(3)]).toEqual([1, 2, 2, 1]);
});
