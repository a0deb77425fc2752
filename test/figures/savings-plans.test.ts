// What a commitment pays for, hour by hour, each against a figure worked out by hand: c6i.4xlarge is $0.68, c6i.8xlarge $1.36 an hour.
import { expect, test } from "vitest";
import type { ArchitectureResult, LineItem } from "../../src/result/schema.ts";
import { runText } from "../run.ts";

const HOURS = 730;
const DAY = `{ hours: [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] }`;

function scenario(plans: string, components: string, more = ""): string {
  return `
scenario: Plans
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 s, curve: ${DAY} }
variables: { calls: 1 }
savings_plans: [${plans}]
${more}
architectures: { a: { components: { ${components} }, omit: { logs: x, storage: x, instance-storage: x, data-transfer: x } } }
`;
}

const plan = (commit: string, discounts: string): string =>
  `{ commit: ${commit}, term: 1y, payment: no_upfront, discounts: { ${discounts} }, reason: test }`;
const machine = (name: string, instances: string, size = "4xlarge"): string =>
  `${name}: { service: aws/ec2, instance: c6i.${size}, instances: ${instances} }`;

async function only(text: string): Promise<ArchitectureResult> {
  const { architectures } = await runText(text);
  const [first] = Object.values(architectures);
  if (first === undefined) throw new Error("no architecture");
  return first;
}

function sum(a: ArchitectureResult, figure: "EffectiveCost" | "ListCost", which: (line: LineItem) => boolean): number {
  return a.line_items.filter(which).reduce((total, line) => total + line[figure], 0);
}

const isCovered = (name: string) => (line: LineItem) =>
  line.x_Component === name && line.x_Kind === "commitment" && line.x_Meter === "hours";
const isUnused = (line: LineItem): boolean => line.x_Meter === "unused_commitment";

test("commitment that nothing uses is paid for, and no part of what the usage would cost at list prices", async () => {
  const a = await only(scenario(plan("1 USD/h", "aws/ec2: 50%"), machine("m", "1")));
  // One machine takes $0.34 of the $1 an hour.
  expect(sum(a, "EffectiveCost", isUnused)).toBeCloseTo(0.66 * HOURS, 6);
  expect(sum(a, "ListCost", isUnused)).toBe(0);
  expect(a.cost.list_month).toBeCloseTo(0.68 * HOURS, 6);
  expect(a.cost.month).toBeCloseTo(1 * HOURS, 6);
});

test.each([
  ["as written", machine("one", "1"), machine("two", "1", "8xlarge")],
  ["the other way round", machine("two", "1", "8xlarge"), machine("one", "1")],
])("equal discounts share a commitment by what they spend, %s", async (_, first, second) => {
  // $0.34 and $0.68 an hour at plan prices: $0.51 is half of both.
  const a = await only(scenario(plan("0.51 USD/h", "aws/ec2: 50%"), `${first}, ${second}`));
  expect(sum(a, "EffectiveCost", isCovered("one"))).toBeCloseTo(0.17 * HOURS, 6);
  expect(sum(a, "EffectiveCost", isCovered("two"))).toBeCloseTo(0.34 * HOURS, 6);
});

test("the highest discount goes first, and the rest of the commitment to the next one", async () => {
  const discounts = '"aws/ec2#linux/c6i.4xlarge": 20%, "aws/ec2#linux/c6i.8xlarge": 50%';
  const components = `${machine("low", "1")}, ${machine("high", "1", "8xlarge")}`;
  const a = await only(scenario(plan("0.8 USD/h", discounts), components));
  expect(sum(a, "EffectiveCost", isCovered("high"))).toBeCloseTo(0.68 * HOURS, 6);
  expect(sum(a, "EffectiveCost", isCovered("low"))).toBeCloseTo(0.12 * HOURS, 6);
  expect(sum(a, "EffectiveCost", isUnused)).toBeCloseTo(0, 6);
});

test("a second plan covers what the first leaves of each hour, and no more than is used", async () => {
  // Two machines for half of the day, none for the other half; the first plan pays for one of them, the second for two.
  const plans = `${plan("0.34 USD/h", "aws/ec2: 50%")}, ${plan("0.68 USD/h", "aws/ec2: 50%")}`;
  const a = await only(scenario(plans, machine("m", "throughput * 1 s")));
  const covered = a.line_items.filter(isCovered("m")).map((line) => line.PricingQuantity);
  expect(covered).toEqual([expect.closeTo(HOURS / 2, 6), expect.closeTo(HOURS / 2, 6)]);
  expect(sum(a, "EffectiveCost", (line) => line.x_Kind === "usage")).toBeCloseTo(0, 6);
  expect(sum(a, "EffectiveCost", isUnused)).toBeCloseTo(0.68 * HOURS, 6);
});

test.each([
  ["nothing runs", machine("m", "0"), "aws/ec2: 50%", 0.34 * HOURS],
  [
    "no work, and retries of it",
    "m: { service: aws/lambda, invocations: 0, duration: 1 s, memory: 1 GB, attempts: 1.5 }",
    "aws/lambda: 10%",
    0.34 * HOURS,
  ],
])("a plan where %s gives figures", async (_, component, discounts, expected) => {
  const a = await only(scenario(plan("0.34 USD/h", discounts), component));
  expect(a.cost.month).toBeCloseTo(expected, 6);
});
