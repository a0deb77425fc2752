// Break-even, elasticities and feasibility of random scenarios, against brute force on the model itself.
import fc from "fast-check";
import { expect, test } from "vitest";
import { manyCases } from "../../src/analysis/many-cases.ts";
import { breakEvenOver } from "../../src/analysis/over-driver.ts";
import { sensitivity } from "../../src/analysis/sensitivity.ts";
import { loadText } from "../../src/cli/load.ts";
import { driverMoves } from "../../src/figures/capacity.ts";
import { compile } from "../../src/formula/generate.ts";
import type { Model } from "../../src/model/model.ts";

const io = {
  stdout: { write: () => true },
  stderr: { write: () => true },
  env: { ARCHCOST_TODAY: "2026-11-23" },
  cwd: () => process.cwd(),
};

/** Services with tiers (Lambda, S3, Step Functions Express) and with whole instances (EC2), in random figures. */
const scenario = fc
  .record({
    calls: fc.double({ min: 0.5, max: 500, noNaN: true }),
    duration: fc.integer({ min: 20, max: 2000 }),
    memory: fc.constantFrom(128, 512, 1024, 3008),
    size: fc.integer({ min: 1, max: 500 }),
    kept: fc.integer({ min: 1, max: 60 }),
    each: fc.double({ min: 0.5, max: 60, noNaN: true }),
    least: fc.integer({ min: 0, max: 3 }),
    bound: fc.double({ min: 0.2, max: 30, noNaN: true }),
    type: fc.constantFrom("m6i.large", "c6i.4xlarge", "t3.medium"),
  })
  .map(
    ({ calls, duration, memory, size, kept, each, least, bound, type }) => `
scenario: random
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 s }
variables:
  calls: ${calls}
  wait: { value: ${duration} ms, low: ${duration / 2} ms, high: ${duration * 2} ms }
objectives: [{ id: quick, assert: latency <= ${bound * duration} ms }]
metrics: { latency: wait * (1 + calls / ${calls * 4}) }
architectures:
  functions:
    components: { f: { service: aws/lambda, duration: wait, memory: ${memory} MB } }
    omit: { logs: test, metrics: test, keys: test }
  flow:
    metrics: { latency: wait }
    components:
      flow: { service: aws/step-functions-express, duration: wait, memory: 64 MB, log_level: "off" }
      store: { service: aws/s3, puts: 1, gets: 1, size: ${size} KB, kept: ${kept} days }
    omit: { logs: test, metrics: test, keys: test, data-transfer: test }
  machines:
    metrics: { latency: wait }
    components:
      fleet: { service: aws/ec2, instance: ${type}, instances: "max(${least}, ceil(calls / ${each}))" }
    omit: { logs: test, metrics: test, keys: test, data-transfer: test, storage: test, instance-storage: test }
`,
  );

function modelOf(text: string): Model {
  return loadText({ text, name: "random.yaml", folder: "." }, {}, io).model;
}

/** Costs, and whether each architecture meets its objective, at some values of the driver. */
function bruteForce(model: Model, values: Float64Array) {
  const costs = manyCases(
    model,
    model.architectures.map(({ cost }) => cost),
    ["calls"],
  )([values], values.length);
  const nodes = model.architectures.flatMap(({ qualities }) => qualities.objectives.map(({ node }) => node));
  return { costs, met: manyCases(model, nodes, ["calls"])([values], values.length) };
}

test("who is cheapest where: every point of a fine grid agrees", () => {
  let checked = 0;
  fc.assert(
    fc.property(scenario, (text) => {
      const model = modelOf(text);
      expect(driverMoves(model)).toBe(true);
      const found = breakEvenOver(model, { over: "calls", hard: new Map(), points: 200_000 }, compile);
      if (found === null) throw new Error("the driver moves");
      expect(found.to / found.from).toBeCloseTo(1e6, 0);
      const values = Float64Array.from({ length: 6001 }, (_, i) => found.from * 10 ** (i / 1000));
      const { costs, met } = bruteForce(model, values);
      values.forEach((x, i) => {
        if (x > found.to || found.bands.some(({ from, to }) => x >= from && x <= to)) return;
        const interval = found.intervals.find(({ from, to }) => x >= from && x <= to);
        const able = costs.map((column, k) => (met[k]?.[i] === 1 ? Number(column[i]) : Number.POSITIVE_INFINITY));
        const least = Math.min(...able);
        const told =
          interval?.cheapest === null
            ? Number.POSITIVE_INFINITY
            : able[model.architectures.findIndex(({ name }) => name === interval?.cheapest)];
        // At a swap itself either side is right.
        const near = found.intervals.some(({ from }) => Math.abs(from / x - 1) < 1e-9);
        if (!near && told !== least && !(Number(told) <= least * (1 + 1e-9))) {
          expect.fail(`at ${x}: ${interval?.cheapest} costs ${told}, ${least} is least\n${text}`);
        }
        checked += 1;
      });
      for (const { at, kind, below, above } of found.crossings) {
        if (kind !== "crossing") continue;
        const [one, other] = [below, above].map((name) => model.architectures.findIndex((each) => each.name === name));
        const here = bruteForce(model, Float64Array.of(at)).costs;
        expect(Math.abs(Number(here[one ?? -1]?.[0]) / Number(here[other ?? -1]?.[0]) - 1)).toBeLessThan(1e-9);
      }
    }),
    { numRuns: 25, seed: 7 },
  );
  expect(checked).toBeGreaterThan(100_000);
}, 60_000);

test("elasticities of cost and carbon are chords over many steps", () => {
  fc.assert(
    fc.property(scenario, (text) => {
      const model = modelOf(text.replace(/^ {2}calls: .*/m, "  calls: 40000"));
      const found = sensitivity(model, []);
      const address = "calls";
      const factor = Float64Array.of(0.97, 1, 1.03);
      const columns = [factor.map((x) => x * 40_000)];
      const own = found.elasticities.find((each) => each.address === address);
      const carbon = model.architectures.map(
        ({ name }) => model.carbon?.architectures.find((each) => each.name === name)?.total ?? -1,
      );
      const nodes = [...model.architectures.map(({ cost }) => cost), ...carbon];
      const values = manyCases(model, nodes, [address])(columns, 3);
      const chord = (k: number): number => {
        const [low = 0, base = 1, high = 0] = values[k] ?? [];
        return (high - low) / (0.06 * base);
      };
      model.architectures.forEach(({ name }, k) => {
        // Some 700 machines: a chord is off by two of their steps at most.
        expect(Math.abs(chord(k) - (own?.cost[name] ?? Number.NaN)), `cost of ${name}`).toBeLessThan(0.06);
        expect(Math.abs(chord(k + 3) - (own?.carbon[name] ?? Number.NaN)), `carbon of ${name}`).toBeLessThan(0.06);
      });
    }),
    { numRuns: 8, seed: 3 },
  );
}, 60_000);
