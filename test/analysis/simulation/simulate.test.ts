// The limit over time: figures of the reference case worked out by hand, and the laws a simulation must keep.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ramp, trace } from "../../../src/analysis/simulation/load.ts";
import { type SimulationTask, simulate } from "../../../src/analysis/simulation/simulate.ts";
import type { Stage } from "../../../src/analysis/simulation/stage.ts";
import { NO_RETRY, run, starts, taskArb, taskOf, transitions } from "./simulation-task.ts";

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

describe("open work", () => {
  const open = { id: "o", title: "open executions", limit: 1000, perUnit: 1, duration: 10 };

  test.each([
    [200, 0.5, "twice what the limit carries at 10 s each"],
    [100, 1, "just what it carries"],
    [1000, 0.1, "ten times"],
  ])("%d units a second: %d served, %s", (throughput, share) => {
    const { served, arrived, openAtEnd } = run({ throughput, stages: [], open, seconds: 20_000 });
    expect(served / arrived).toBeCloseTo(share, 2);
    expect(openAtEnd).toBeCloseTo(1000, 6);
  });

  test("what is in flight fills up before the limit is met", () => {
    const { stages } = run({ throughput: 150, stages: [], open, seconds: 1000 });
    // 1500 (1 - exp(-t / 10)) = 1000
    expect(Math.abs((stages[0]?.firstHit?.time ?? Number.NaN) - 10 * Math.log(3))).toBeLessThanOrEqual(1);
  });

  test("never more is open than the limit, whatever waits behind it", () => {
    const slow: Stage = { id: "d", title: "d", rate: 30, bucket: 500, effect: "delay" };
    for (const seconds of [5, 20, 60, 300, 3000]) {
      const { openAtEnd, served, arrived } = run({ throughput: 200, stages: [slow], open, seconds });
      expect(openAtEnd).toBeLessThanOrEqual(1000 * (1 + 1e-9));
      if (seconds === 3000) expect(served / arrived).toBeCloseTo(30 / 200, 2);
    }
  });

  test("what admission turns away is not open", () => {
    const { openAtEnd } = run({ stages: [starts], open: { ...open, limit: 1e6, after: 1 } });
    expect(openAtEnd).toBeCloseTo(300 * 10, 6);
  });
});

test("tries are alike to a quota: with three, 330 a second on 300 need 1 + p + p^2 tries, p^3 lost", () => {
  const stage: Stage = { id: "s", title: "s", rate: 300, bucket: 0, effect: "reject" };
  const { tries, lost, arrived } = run({
    stages: [stage],
    throughput: 330,
    seconds: 100_000,
    retry: { attempts: 3, base: 1, cap: 20 },
  });
  const p = (30 / 330) ** (1 / 3);
  expect(tries).toBeCloseTo(1 + p + p * p, 3);
  expect(lost / arrived).toBeCloseTo(p ** 3, 4);
});

test("slots that work holds fill up first, then pass what Little's law says", () => {
  const stage: Stage = { id: "c", title: "c", rate: 10, bucket: 0, effect: "reject", holding: 60 };
  const long = run({ stages: [stage], throughput: 20, seconds: 100_000 });
  expect(long.served / long.arrived).toBeCloseTo(0.5, 2);
  // 20 (1 - exp(-t / 60)) = 10
  expect(Math.abs((long.stages[0]?.firstHit?.time ?? Number.NaN) - 60 * Math.log(2))).toBeLessThanOrEqual(1);
});

test("a service that scales when it turns work away doubles until all passes", () => {
  const stage: Stage = { id: "p", title: "p", rate: 10, bucket: 0, effect: "reject", doubling: 100 };
  const { served } = run({ stages: [stage], throughput: 35, seconds: 1000 });
  expect(served).toBe(100 * 10 + 100 * 20 + 800 * 35);
});

test("replicas kept at half their capacity are twice as many; whole ones start, as fast as the bucket lets them", () => {
  const replicas = { perReplica: 10, min: 1, max: 500, start: 60, cooldown: 300, launchRate: 0.25, launchBucket: 5 };
  const of = (target: number) => run({ stages: [], throughput: 100, replicas: { ...replicas, target }, seconds: 7200 });
  expect([of(1).replicas, of(0.5).replicas]).toEqual([10, 20]);
  const early = run({ stages: [], throughput: 1000, replicas, seconds: 42 });
  expect(early.replicas).toBe(1 + 5 + 10);
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

test("a series of few points keeps sums and peaks", () => {
  const load = trace([
    [0, 0.01],
    [100_000, 1],
    [100_010, 0.01],
  ]);
  const { series, arrived, served } = run({ load, seconds: 1_000_000 });
  expect(series.length).toBe(1000);
  const sum = (key: "arriving" | "served") => series.reduce((total, point) => total + point[key] * 1000, 0);
  expect(sum("arriving")).toBeCloseTo(arrived, 3);
  expect(sum("served")).toBeCloseTo(served, 3);
  // ten seconds at 30,000 transitions against 1,500 and what is left of the bucket
  expect(Math.max(...series.map((point) => point.waitingMost))).toBeCloseTo((10 * 28_500 - 5000) / 15, 6);
  expect(series.at(-1)?.time).toBe(1_000_000);
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
