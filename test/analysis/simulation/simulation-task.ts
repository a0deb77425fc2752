// Tasks that tests of the simulation share: the reference case, and drawn ones.
import fc from "fast-check";
import { ramp } from "../../../src/analysis/simulation/load.ts";
import { type SimulationTask, simulate } from "../../../src/analysis/simulation/simulate.ts";
import type { Stage } from "../../../src/analysis/simulation/stage.ts";

// 2,000 streams, 15 transitions a stream-second; 1,500 transitions a second and a bucket of 5,000
export const THROUGHPUT = 2000;
export const transitions: Stage = {
  id: "t",
  title: "transitions",
  rate: 1500 / 15,
  bucket: 5000 / 15,
  effect: "delay",
};

export const starts: Stage = { id: "s", title: "starts", rate: 300, bucket: 1300, effect: "reject" };
export const NO_RETRY = { attempts: 1, base: 1, cap: 1 };

export function run(part: Partial<SimulationTask>) {
  return simulate({
    throughput: THROUGHPUT,
    load: () => 1,
    seconds: 3600,
    stages: [transitions],
    retry: NO_RETRY,
    ...part,
  });
}

const stageArb = fc.record({
  rate: fc.double({ min: 1, max: 1000, noNaN: true }),
  bucket: fc.double({ min: 0, max: 5000, noNaN: true }),
  effect: fc.constantFrom("delay" as const, "reject" as const),
});
export const taskArb = fc.record({
  stages: fc.array(stageArb, { minLength: 1, maxLength: 4 }),
  throughput: fc.double({ min: 1, max: 2000, noNaN: true }),
  retry: fc.record({
    attempts: fc.integer({ min: 1, max: 5 }),
    base: fc.double({ min: 0.5, max: 8, noNaN: true }),
    cap: fc.constant(20),
  }),
  over: fc.integer({ min: 1, max: 300 }),
});
export const taskOf = (
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
