// What runs on Spot: its hours at the price paid, and the quotas it counts against.
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import type { ArchitectureResult, LineItem } from "../../src/result/schema.ts";
import { archcost, runText, withFile } from "../run.ts";

type Component = Readonly<Record<string, unknown>>;

/** Ten instances of 2 vCPU and 4 GB, or as many tasks as fill them, in every service that has Spot. */
const FLEETS: Readonly<Record<string, Component>> = {
  "aws/ec2": { instance: "c7g.large", instances: 10 },
  "aws/ecs-ec2": { instance: "c7g.large", tasks: 20, task_cpu: "1 vCPU", task_memory: "1.5 GB" },
  "aws/eks": { instance: "c7g.large", min_nodes: 10, pods: 0, pod_cpu: "1 vCPU", pod_memory: "1.5 GB", clusters: 0 },
  "aws/ecs-fargate": { tasks: 20, cpu: "1 vCPU", memory: "2 GB" },
};

function scenario(service: string, more: Component): string {
  const fleet = { service, ...FLEETS[service], ...more };
  return stringify({
    scenario: "Spot",
    region: "us-east-1",
    as_of: "2026-11-23",
    workload: { unit: "request", driver: "rps", throughput: "rps / 1 s" },
    variables: { rps: 100 },
    architectures: { a: { components: { fleet } } },
  });
}

async function run(service: string, more: Component): Promise<ArchitectureResult> {
  const found = (await runText(scenario(service, more))).architectures["a"];
  if (found === undefined) throw new Error("no result");
  return found;
}

const line = (found: ArchitectureResult, meter: string): LineItem => {
  const item = found.line_items.find(({ x_Meter }) => x_Meter === meter);
  if (item === undefined) throw new Error(`no ${meter}`);
  return item;
};

describe("a line on Spot has the hours that ran and the price paid", () => {
  test.each([
    // 7,300 instance hours, 70 % on Spot of which a tenth falls back; 0.0725 USD on demand, 0.4 of it on Spot
    ["aws/ec2", "hours", "spot_hours", 7300 * 0.63, 0.0725],
    ["aws/ecs-ec2", "hours", "spot_hours", 7300 * 0.63, 0.0725],
    ["aws/eks", "nodes", "spot_nodes", 7300 * 0.63, 0.0725],
  ])("%s", async (service, onDemand, spot, hours, price) => {
    const found = await run(service, { spot: "70%", spot_fallback: "10%", spot_ratio: 0.4 });
    const paid = line(found, spot);
    expect(paid.PricingQuantity).toBeCloseTo(hours, 9);
    expect(paid.ListUnitPrice).toBeCloseTo(0.4 * price, 12);
    expect(paid.ContractedUnitPrice).toBeCloseTo(0.4 * price, 12);
    expect(paid.EffectiveCost).toBeCloseTo(hours * 0.4 * price, 9);
    expect(paid).toMatchObject({ PricingCategory: "Dynamic", SkuPriceId: null, x_PriceStatus: "assumed" });
    const rest = line(found, onDemand);
    expect(rest.PricingQuantity).toBeCloseTo(7300 - hours, 9);
    expect(rest).toMatchObject({ PricingCategory: "Standard", ListUnitPrice: price });
  });

  test("aws/ecs-fargate", async () => {
    const found = await run("aws/ecs-fargate", { spot: "25%", spot_ratio: 0.3 });
    for (const [meter, quantity, price] of [
      ["spot_vcpu", 0.25 * 20 * 730, 0.04048],
      ["spot_memory", 0.25 * 40 * 730, 0.004445],
    ] as const) {
      const paid = line(found, meter);
      expect(paid.PricingQuantity).toBeCloseTo(quantity, 9);
      expect(paid.ListUnitPrice).toBeCloseTo(0.3 * price, 12);
      expect(paid.EffectiveCost).toBeCloseTo(0.3 * price * quantity, 9);
      expect(paid.PricingCategory).toBe("Dynamic");
    }
  });

  test("a discount agreed upon comes off the price of Spot", async () => {
    const text = `${scenario("aws/ec2", { spot: "100%", spot_fallback: "0%", spot_ratio: 0.4 })}discounts: [{ services: [aws/ec2], percent: 10%, reason: agreed }]\n`;
    const found = (await runText(text)).architectures["a"];
    if (found === undefined) throw new Error("no result");
    const paid = line(found, "spot_hours");
    expect(paid.ListUnitPrice).toBeCloseTo(0.029, 12);
    expect(paid.ContractedUnitPrice).toBeCloseTo(0.0261, 12);
  });

  test("a Savings Plan covers none of it", async () => {
    const plan =
      "{ plan: compute, term: 1y, payment: no_upfront, cover: 100%, discounts: { aws/ec2: 30% }, reason: x }";
    const text = `${scenario("aws/ec2", { spot: "50%", spot_fallback: "0%" })}savings_plans: [${plan}]\n`;
    const found = (await runText(text)).architectures["a"];
    if (found === undefined) throw new Error("no result");
    expect(line(found, "spot_hours").PricingQuantity).toBeCloseTo(3650, 9);
    expect(line(found, "spot_hours").PricingCategory).toBe("Dynamic");
  });

  test("explain says which part of which price", async () => {
    const text = await withFile(scenario("aws/ec2", { spot: "100%", spot_fallback: "0%" }), async (file) =>
      (await archcost(["explain", file, "a.fleet.spot_hours"])).stdout.replaceAll(/ +/g, " "),
    );
    expect(text).toContain("price spot_ratio x aws/ec2#linux/c7g.large in us-east-1");
    expect(text).toContain("spot_ratio = 0.35 (default of the service");
  });
});

test("Auto Mode is all hours of the nodes at 12 % of their price, on Spot too", async () => {
  const fee = line(await run("aws/eks", { auto_mode: "on", spot: "100%" }), "auto_mode");
  expect(fee.PricingQuantity).toBeCloseTo(7300, 9);
  expect(fee.ListUnitPrice).toBeCloseTo(0.12 * 0.0725, 12);
  expect(fee.PricingCategory).toBe("Standard");
});

describe("Spot counts against quotas of its own", () => {
  async function demands(service: string, more: Component): Promise<Record<string, number | undefined>> {
    const { limits } = await run(service, more);
    return Object.fromEntries(limits.map(({ quota, demand }) => [quota.replace("aws/", ""), demand]));
  }
  const EC2 = ["aws/ec2", "aws/ecs-ec2", "aws/eks"];

  test.each(EC2)("%s: all of it, half of it, and what falls back", async (service) => {
    const all = await demands(service, { spot: "100%", spot_fallback: "0%" });
    expect(all["ec2/standard_vcpu"] ?? 0).toBe(0);
    expect(all["ec2/standard_spot_vcpu"]).toBeCloseTo(20, 9);
    const half = await demands(service, { spot: "50%", spot_fallback: "0%" });
    expect(half["ec2/standard_vcpu"]).toBeCloseTo(10, 9);
    expect(half["ec2/standard_spot_vcpu"]).toBeCloseTo(10, 9);
    const some = await demands(service, { spot: "100%", spot_fallback: "10%" });
    expect(some["ec2/standard_vcpu"]).toBeCloseTo(2, 9);
    expect(some["ec2/standard_spot_vcpu"]).toBeCloseTo(18, 9);
    const none = await demands(service, {});
    expect(none["ec2/standard_vcpu"]).toBe(20);
    expect(none["ec2/standard_spot_vcpu"] ?? 0).toBe(0);
  });

  test.each(EC2)("%s: instances with GPUs have theirs", async (service) => {
    // ten instances of 4 vCPU; a task of 4 vCPU fills one
    const whole = service === "aws/ecs-ec2" ? { tasks: 10, task_cpu: "4 vCPU" } : {};
    const found = await demands(service, { instance: "g4dn.xlarge", spot: "50%", spot_fallback: "0%", ...whole });
    expect(found["ec2/g_vt_vcpu"]).toBeCloseTo(20, 9);
    expect(found["ec2/g_vt_spot_vcpu"]).toBeCloseTo(20, 9);
  });

  test("the quota increase to request is that of Spot, with its code", async () => {
    const { limits } = await run("aws/ec2", { spot: "100%", spot_fallback: "0%" });
    const found = limits.find(({ quota }) => quota === "aws/ec2/standard_spot_vcpu");
    expect(found).toMatchObject({ code: "L-34B43A08", value: 5, demand: 20, adjustable: true });
  });

  test("an instance and a cluster share the quota", async () => {
    const text = scenario("aws/ec2", { spot: "100%", spot_fallback: "0%" }).replace(
      "components:",
      "components:\n      more: { service: aws/ecs-ec2, instance: c7g.large, tasks: 4, task_cpu: 1 vCPU, task_memory: 1.5 GB, spot: 100%, spot_fallback: 0% }",
    );
    const limits = (await runText(text)).architectures["a"]?.limits;
    expect(limits?.find(({ quota }) => quota === "aws/ec2/standard_spot_vcpu")?.demand).toBeCloseTo(24, 9);
  });
});
