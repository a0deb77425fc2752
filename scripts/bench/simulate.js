// A month in steps of one second: under 100 ms a quota, and memory that does not grow with the steps.
import { cpuSeconds, load, median } from "./_measure.js";

const MONTH = 730 * 3600;
const ROUNDS = 7;

export async function run() {
  const { simulate, weekly } = await load(`
    export { weekly } from "./src/analysis/simulation/load.ts";
    export { simulate } from "./src/analysis/simulation/simulate.ts";
  `);
  const stage = { id: "t", title: "t", rate: 1500, bucket: 5000, effect: "delay" };
  const wave = (t) => 1 + 0.5 * Math.sin(t / 13_751);
  const task = { throughput: 1400, load: wave, stages: [stage], retry: { attempts: 3, base: 1, cap: 20 } };
  const ours = [];
  const hand = [];
  simulate({ ...task, seconds: 100_000 });
  byHand(wave, 1400, 1500, 5000, 100_000);
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(cpuSeconds(() => simulate({ ...task, seconds: MONTH })));
    hand.push(cpuSeconds(() => byHand(wave, 1400, 1500, 5000, MONTH)));
  }
  const ratio = median(ours.map((seconds, i) => seconds / hand[i]));
  const hours = weekly(Array.from({ length: 168 }, (_, i) => 1 + 0.5 * Math.sin(i / 3.82)));
  const strides = median(ours.map(() => cpuSeconds(() => simulate({ ...task, load: hours, seconds: MONTH }))));
  const reject = { ...stage, effect: "reject" };
  const turned = median(ours.map(() => cpuSeconds(() => simulate({ ...task, stages: [reject], seconds: MONTH }))));
  const before = process.memoryUsage().heapUsed;
  simulate({ ...task, seconds: 4 * MONTH });
  const grown = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  console.log(
    `  ${(1000 * median(ours)).toFixed(0)} ms a quota for a month of seconds, ${ratio.toFixed(1)} times a loop written by hand; heap ${grown.toFixed(1)} MB more after four months`,
  );
  console.log(
    `  ${(1000 * turned).toFixed(0)} ms with retries; ${(1000 * strides).toFixed(1)} ms where the load changes by the hour`,
  );
  return [
    [
      "a quota over a month of seconds",
      "100 ms",
      `${(1000 * median(ours)).toFixed(0)} ms`,
      `${ratio.toFixed(1)} x loop by hand`,
    ],
  ];
}

function byHand(load, throughput, rate, bucket, seconds) {
  let tokens = bucket;
  let queue = 0;
  let served = 0;
  for (let t = 0; t < seconds; t += 1) {
    const wanted = throughput * load(t + 0.5) + queue;
    const available = tokens + rate;
    const passed = Math.min(wanted, available);
    tokens = Math.min(bucket, available - passed);
    queue = wanted - passed;
    served += passed;
  }
  return served;
}
