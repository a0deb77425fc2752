import { expect, test } from "vitest";
import { finiteSamples, summaries } from "../../src/analysis/sample-summary.ts";
import { runText } from "../run.ts";

const column = (...values: number[]): Float64Array => Float64Array.from(values);

test("samples in which a figure is no finite number do not count", () => {
  const costs = new Map([
    ["a", column(1, Number.NaN, 3, 4)],
    ["b", column(1, 2, 3, Number.POSITIVE_INFINITY)],
  ]);
  expect(finiteSamples({ costs, carbon: new Map() }, [0, 1, 2, 3])).toEqual([0, 2]);
  expect(finiteSamples({ costs, carbon: new Map([["a", column(1, 1, Number.NaN, 1)]]) }, [0, 1, 2, 3])).toEqual([0]);
});

test("of a bill of nothing there is no share to save", () => {
  const costs = new Map([
    ["now", column(0, 0, 10, 10)],
    ["next", column(0, 5, 1, 5)],
  ]);
  const task = { cases: { costs, carbon: new Map(), ruledOut: new Map() }, current: "now", savingOver: 0.8 };
  const { next } = summaries({ ...task, kept: [0, 1, 2, 3] });
  expect(next?.saving_share?.p10).toBeCloseTo(0.54, 12);
  expect(next?.saving_share?.p90).toBeCloseTo(0.86, 12);
  expect(next?.saves_over).toBe(0.25);
  expect(summaries({ ...task, kept: [0, 1] })["next"]?.saving_share).toBeNull();
});

test("a range at whose end a formula divides by 0 gives a result, and says what was left out", async () => {
  const result = await runText(`
scenario: a range that reaches 0
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 s }
variables:
  calls: 10
  per_machine: { value: 8, low: 0, high: 16, reason: not measured }
  machines: ceil(20 / floor(per_machine))
current: a
architectures:
  a: { components: { fleet: { service: aws/ec2, instance: m5.large, instances: machines } } }
  b: { components: { fleet: { service: aws/ec2, instance: m5.large, instances: machines + 1 } } }
`);
  const { samples, kept, architectures } = result.uncertainty ?? {};
  expect(kept).toBeLessThan(samples ?? 0);
  expect(kept).toBeGreaterThan(0.95 * (samples ?? Number.NaN));
  expect(architectures?.["a"]?.cheapest).toBe(1);
  expect(result.warnings.join()).toContain("they are left out");
});

test("a condition on a formula of other variables is looked at in every sample", async () => {
  const { uncertainty } = await runText(`
scenario: a condition on what is derived
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 s }
variables:
  calls: 10
  share: { value: 50%, low: 0%, high: 100%, distribution: uniform, reason: nobody knows }
  double: 2 * share
given: [double <= 50%]
architectures:
  a: { components: { fleet: { service: aws/ec2, instance: m5.large, instances: 2 + share } } }
`);
  expect(uncertainty?.given[0]?.share).toBeCloseTo(0.25, 2);
});
