// What `explain` prints can be recomputed by hand, on a load curve too.
import { expect, test } from "vitest";
import type { Explanation } from "../../src/figures/explain.ts";
import { archcost, withFile } from "../run.ts";

const HOURS = "1,1,1,1,1,1,1,1,4,4,4,4,4,4,4,4,4,4,4,4,1,1,1,1";
const scenario = (plan = "", hours = HOURS): string => `
scenario: a curve
region: eu-west-1
as_of: 2026-11-23
workload: { unit: order, driver: orders, throughput: "orders / 24 h", curve: { hours: [${hours}], burst: 3 } }
variables: { orders: 200000 }
${plan}
architectures:
  a:
    components:
      f: { service: aws/lambda, duration: 300 ms, memory: 1 GB }
      work: { service: aws/ecs-fargate, tasks: "max(2, ceil(throughput / (1 / 1 s)))", cpu: 1 vCPU, memory: 2 GB }
      s: { service: aws/s3, size: 1 MB, objects: 1, kept: 30 days }
`;

async function explained(text: string, ...argv: readonly string[]): Promise<string> {
  return withFile(text, async (file) => {
    const ran = await archcost(["explain", file, ...argv]);
    if (ran.code !== 0) throw new Error(ran.stderr);
    return ran.stdout;
  });
}

async function figures(text: string, address: string): Promise<Explanation> {
  const found: Explanation = JSON.parse(await explained(text, address, "--format", "json"));
  return found;
}

test("what follows the load is said to be a mean, with the hours of most and least use: the month is recomputed from them", async () => {
  const { meters } = await figures(scenario(), "a.work.vcpu");
  const { hours, quantity, names } = meters[0] ?? {};
  // 2.31 orders a second: 3.70 in 12 hours of the day and 0.93 in the others; the burst within an hour is not billed.
  expect(names?.[0]).toMatchObject({ name: "running", value: 3, hours: { peak: 4, base: 2 } });
  expect(hours).toMatchObject({
    peak: { hours: 84, quantity: 4 },
    base: { hours: 84, quantity: 2 },
    mean: 3,
    month: 730,
  });
  expect(quantity).toBeCloseTo(((84 * 4 + 84 * 2) / 168) * 730, 9);
  const text = await explained(scenario(), "a.work");
  expect(text).toContain("= 3 * (1 - 0) * 1 vCPU   (mean over the week)");
  expect(text).toContain("peak hour = 4 * (1 - 0) * 1 vCPU = 4 vCPU*h an hour   (84 of the 168 hours of a week)");
  expect(text).toContain("base hour = 2 * (1 - 0) * 1 vCPU = 2 vCPU*h an hour");
  expect(text).toContain("quantity  2190 vCPU*h a month = 3 vCPU*h an hour (mean over the week) x 730 h");
  expect(text).toContain("throughput = 2.3148148148148 1/s (mean over the week; 3.7037037037037 in the peak hour");
  expect(text).toContain("= orders / 24 h x the load of the hour (1.6 in the peak hour, 0.4 in the base hour)");
});

test("on a flat load, and of what does not follow it, there is nothing to tell", async () => {
  expect(await explained(scenario("", new Array(24).fill(1).join(",")), "a.work")).not.toMatch(/mean over|peak hour/);
  const { meters } = await figures(scenario(), "a.s");
  expect(meters.map(({ hours }) => hours)).toEqual([undefined]);
});

test("an hour that formulas ask for has a name", async () => {
  const text = scenario().replace("max(2, ceil(throughput / (1 / 1 s)))", "if(hour == 3 and weekday == 1, 9, 2)");
  expect(await explained(text, "a.work.vcpu")).toContain(
    "peak hour = 9 * (1 - 0) * 1 vCPU = 9 vCPU*h an hour   (Tuesday 3 h, 1 of the 168 hours of a week)",
  );
});

test("energy too is recomputed from its mean", async () => {
  expect(await explained(scenario(), "a.work", "--carbon")).toContain(
    "running = 3 (mean over the week; 4 in the peak hour, 2 in the base hour) = tasks",
  );
});

test("meters and tiers of which nothing is used are left out, unless one is asked for", async () => {
  const text = `${scenario()}      cdn: { service: aws/cloudfront, viewers: europe, data: 1 MB }\n`;
  const { meters } = await figures(text, "a");
  expect(meters.every(({ quantity }) => quantity > 0)).toBe(true);
  expect(meters.flatMap(({ tiers }) => tiers).every(({ quantity }) => quantity > 0)).toBe(true);
  const storage = meters.find(({ address }) => address === "a.s.storage");
  expect(storage?.tiers).toHaveLength(1);
  const off = await figures(text.replace("orders: 200000", "orders: 0"), "a.f.requests");
  expect(off.meters).toHaveLength(1);
  expect((await figures(text.replace("orders: 200000", "orders: 0"), "a.f")).meters).toEqual([]);
});

const PLAN = "plan: compute, term: 3y, payment: no_upfront, commit: 0.05 USD / h";

test("the rate of a Savings Plan has its own place in the price list, beside that of what it does not cover", async () => {
  const { meters } = await figures(scenario(`savings_plans: [{ ${PLAN} }]`), "a.work.vcpu");
  const [usage, covered] = meters[0]?.tiers ?? [];
  expect(usage).toMatchObject({ kind: "usage", price: 0.04048 });
  expect(usage?.price_of).toBeUndefined();
  expect(covered).toMatchObject({
    kind: "commitment",
    price: 0.024288,
    price_of: { rate: "aws/savings-plans#compute/3y/no_upfront/aws/ecs-fargate#vcpu_x86_64", observed: "2021-01-22" },
  });
  expect(meters[0]).toMatchObject({ rate: "aws/ecs-fargate#vcpu_x86_64" });
  expect(await explained(scenario(`savings_plans: [{ ${PLAN} }]`), "a.work.vcpu")).toMatch(
    /\(commitment\)\n {4}price {5}aws\/savings-plans#.*\n {4}source {4}a cut of the AWSComputeSavingsPlan price list/,
  );
});

test("a discount that the scenario states is the source of the plan's rate, and leaves the list price what it is", async () => {
  const stated = `savings_plans: [{ ${PLAN}, discounts: { aws/ecs-fargate: 20% }, reason: an offer }]`;
  const { meters } = await figures(scenario(stated), "a.work.vcpu");
  const { tiers = [], ...meter } = meters[0] ?? {};
  expect(tiers.map(({ price }) => price)).toEqual([0.04048, expect.closeTo(0.04048 * 0.8, 12)]);
  expect(tiers[1]?.price_of).toMatchObject({ source: "stated: 20% off" });
  expect(meter).toMatchObject({ source: "AWS pricing page data, meteredUnitMaps ecs.json" });
});
