// Calls run on provisioned concurrency first: which share does follows from the load, hour by hour.
import { expect, test } from "vitest";
import { stringify } from "yaml";
import type { ArchitectureResult } from "../../src/result/schema.ts";
import { archcost, runText, withFile } from "../run.ts";

/** 100 calls a second from 8 to 20 h, 5 at night, 2 s and 1 GB each: 200 and 10 environments are busy. */
function scenario(calls: Record<string, unknown>): string {
  return stringify({
    scenario: "Warm",
    region: "us-east-1",
    as_of: "2026-11-23",
    workload: {
      unit: "request",
      driver: "rps",
      throughput: "rps * 52.5 / 100 / 1 s",
      curve: { hours: Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 20 ? 100 : 5)) },
    },
    variables: { rps: 100 },
    architectures: {
      a: {
        components: { calls: { service: "aws/lambda", duration: "2 s", memory: "1 GB", ...calls } },
        omit: { logs: "x" },
      },
    },
  });
}

async function run(calls: Record<string, unknown>): Promise<ArchitectureResult> {
  const found = (await runText(scenario(calls))).architectures["a"];
  if (found === undefined) throw new Error("no result");
  return found;
}

function billed(found: ArchitectureResult, meter: string): number {
  return found.line_items
    .filter(({ x_Meter }) => x_Meter === meter)
    .reduce((sum, { PricingQuantity }) => sum + PricingQuantity, 0);
}

const HALF = 365 * 3600; // seconds in the days of a month of 730 h, and in its nights

test.each([
  // as many as the busiest hour needs: all calls run on them
  ["250", 210 * HALF, 0, 500 * HALF],
  // by day only: the nights' calls run on demand
  ["if(hour >= 8 and hour < 20, 250, 0)", 200 * HALF, 10 * HALF, 250 * HALF],
  // fewer than are busy by day: all of the night's, 50 of the day's 200
  ["50", 60 * HALF, 150 * HALF, 100 * HALF],
])("%s provisioned: the share follows from the load", async (provisioned, warm, onDemand, kept) => {
  const found = await run({ provisioned });
  expect(billed(found, "provisioned_compute")).toBeCloseTo(warm, 3);
  expect(billed(found, "compute")).toBeCloseTo(onDemand, 3);
  expect(billed(found, "provisioned")).toBeCloseTo(kept, 3);
});

test("by day is cheapest: 4,170.35 against 4,626.60 without and 5,447.86 at all hours", async () => {
  const cost = async (calls: Record<string, unknown>) => (await run(calls)).cost.month.toFixed(2);
  expect(await cost({})).toBe("4626.60");
  expect(await cost({ provisioned: 250 })).toBe("5447.86");
  expect(await cost({ provisioned: "if(hour >= 8 and hour < 20, 250, 0)" })).toBe("4170.35");
});

test("a function without provisioned concurrency has no line for it", async () => {
  expect((await run({})).line_items.map(({ x_Meter }) => x_Meter)).toEqual(["requests", "compute"]);
});

test("tries count: the second of each call runs where there is room", async () => {
  const found = await run({ provisioned: 250, attempts: 2 });
  // 400 busy by day, 20 at night
  expect(billed(found, "provisioned_compute")).toBeCloseTo(270 * HALF, 3);
  expect(billed(found, "compute")).toBeCloseTo(150 * HALF, 3);
});

test("a share given by hand goes before the derived one; more than there is room for is a warning", async () => {
  const measured = await run({ provisioned: 250, provisioned_share: "40%" });
  expect(billed(measured, "provisioned_compute")).toBeCloseTo(0.4 * 210 * HALF, 3);
  const said = (calls: Record<string, unknown>) =>
    withFile(scenario(calls), async (file) => (await archcost(["run", file])).stdout.replaceAll(/\s+/g, " "));
  expect(await said({ provisioned: 250, provisioned_share: "40%" })).not.toContain("more calls run on");
  expect(await said({ provisioned: 50, provisioned_share: "40%" })).toContain(
    "provisioned_share says that more calls run on provisioned concurrency than it can hold",
  );
});

test("what is provisioned counts against the account's concurrency, busy or not", async () => {
  const demand = async (calls: Record<string, unknown>) =>
    (await run(calls)).limits.find(({ quota }) => quota === "aws/lambda/concurrent_executions")?.demand;
  expect(await demand({})).toBeCloseTo(200, 9);
  expect(await demand({ provisioned: 50 })).toBeCloseTo(200, 9);
  expect(await demand({ provisioned: 250 })).toBeCloseTo(250, 9);
});
