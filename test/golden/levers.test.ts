// Prime Video's levers, each figure recomputed by hand from prices and parameters: prices of us-east-1 on 2026-11-23,
// 2,000 streams, 730 h. The article's claim is that Savings Plans, tiering and waste removal cannot do what another
// architecture does.
import { beforeAll, describe, expect, test } from "vitest";
import { type LeversResult, leversResultSchema } from "../../src/result/levers.ts";
import { archcost } from "../run.ts";

const SECONDS = 2000 * 730 * 3600; // stream-seconds in the month
const TOTAL = 2_433_523;
const TRANSITIONS = 15 * SECONDS * 25e-6;
const GB_SECONDS = (1769 / 1024) * 0.4 * SECONDS + 10 * 0.15 * SECONDS + 0.25 * 0.05 * SECONDS;
const LAMBDA = 6e9 * 1.66667e-5 + (GB_SECONDS - 6e9) * 1.5e-5;
const LAMBDA_ARM = 7.5e9 * 1.33334e-5 + (GB_SECONDS - 7.5e9) * 1.20001e-5;
const REQUESTS = 12 * SECONDS * 2e-7;
const FLEET = 300 * 0.68 * 730;
const FLEET_ARM = 300 * 0.58 * 730;
const PLAN_3Y = 1 - 0.46;
const PLAN_LAMBDA = 1 - 0.12;
// 70 % of the fleet on Spot, of which 5 % of the time on demand; Spot at 35 % of the price
const ON_SPOT = 0.7 * 0.95;
const SPOT = 1 - ON_SPOT + ON_SPOT * 0.35;

async function levers(...argv: readonly string[]): Promise<LeversResult> {
  const ran = await archcost(["levers", "scenarios/prime-video.yaml", "--format", "json", ...argv]);
  if (ran.code !== 0) throw new Error(ran.stderr);
  return leversResultSchema.parse(JSON.parse(ran.stdout));
}

let found: LeversResult;
beforeAll(async () => {
  found = await levers();
}, 30_000);

describe("each alone", () => {
  test.each([
    [
      "savings-plan-1y",
      LAMBDA - GB_SECONDS * 1.66667e-5 * PLAN_LAMBDA,
      "Lambda's duration only, and none of its tiers",
    ],
    ["savings-plan-3y", LAMBDA - GB_SECONDS * 1.66667e-5 * PLAN_LAMBDA, "Lambda has one discount whatever the term"],
    ["free-tier", 1e6 * 2e-7 + 400_000 * 1.5e-5 + 4000 * 25e-6, "allowances come off the last tier"],
    [
      "short-retention",
      2332.16 - 2000 * 6 * 1e-4 * 3600 * 0.023,
      "an hour instead of a day, within the first price tier",
    ],
    ["arm64", LAMBDA - LAMBDA_ARM, "the duration stays, its price falls by a fifth"],
    ["express-workflows", TOTAL - 469_375, "what the architecture `express` saves"],
    [
      "ten-second-segments",
      0.9 * (TRANSITIONS + REQUESTS),
      "a tenth of the transitions and invocations, as many GB-seconds",
    ],
    ["to-monolith", TOTAL - FLEET, "300 machines on demand"],
    ["to-fargate", TOTAL - 172_992, "the same vCPUs on Fargate"],
  ])("%s", (name, saving, why) => {
    const lever = found.levers.find((one) => one.name === name);
    expect(Math.abs((lever?.alone.saving ?? Number.NaN) - saving), why).toBeLessThan(1);
    expect(lever?.measured_on).toBe("microservices");
  });

  test("Spot is for the machines of the monolith: it is measured there", () => {
    const spot = found.levers.find(({ name }) => name === "spot");
    expect(spot?.measured_on).toBe("monolith");
    expect(spot?.alone.saving).toBeCloseTo(FLEET * (1 - SPOT), 4);
  });

  test("tiering saves less than a thousandth, even where all frames could be in the cheapest tier", () => {
    const tiering = found.levers.find(({ name }) => name === "tiering");
    expect(tiering?.alone.saving_share).toBeLessThan(0.001);
    expect(found.left_out.map(({ lever }) => lever)).toContain("storage-class");
  });

  test("ten-second segments raise the first limit: a tenth of the transitions", () => {
    const base = found.base.binds_at;
    expect(base?.quota).toBe("aws/step-functions-standard/state_transition");
    expect(base?.share).toBeCloseTo(0.05, 9);
    const longer = found.levers.find(({ name }) => name === "ten-second-segments")?.alone.binds_at;
    // then Lambda's 1,000 concurrent executions bind: 1.95 s of functions for a second of a stream
    expect(longer?.quota).toBe("aws/lambda/concurrent_executions");
    expect(longer?.units).toBeCloseTo(1000 / 1.95, 6);
  });
});

describe("together", () => {
  test("the article's claim: rate levers, tiering and waste removal reach a few percent", () => {
    const usage = found.stages.find(({ upto }) => upto === "usage");
    expect(usage?.outcome.saving_share).toBeGreaterThan(0.01);
    expect(usage?.outcome.saving_share).toBeLessThan(0.05);
    expect(found.stages.find(({ upto }) => upto === "rate")?.outcome.saving_share).toBeLessThan(0.01);
  });

  test("what it leaves out: configuration alone nearly does what the switch does", () => {
    const tuned = found.stages.find(({ upto }) => upto === "configuration");
    expect(tuned?.levers).toEqual(expect.arrayContaining(["express-workflows", "ten-second-segments"]));
    expect(tuned?.architecture).toBe("microservices");
    expect(tuned?.outcome.saving_share).toBeGreaterThan(0.9);
  });

  test("the cheapest of all: the monolith with a plan, Spot and arm64", () => {
    const all = found.stages.at(-1);
    expect(new Set(all?.levers)).toEqual(new Set(["to-monolith", "savings-plan-3y", "spot", "arm64"]));
    expect(all?.outcome.cost).toBeCloseTo(FLEET_ARM * ((1 - ON_SPOT) * PLAN_3Y + ON_SPOT * 0.35), 4);
  });

  test("Express and ten-second segments together", async () => {
    const { waterfall } = await levers("--combine", "express-workflows,ten-second-segments");
    // Express: 1/10 of a request, and 64 MB for ten seconds instead of one, in three tiers of GB-hours
    const gbHours = (SECONDS * 64) / 1024 / 3600;
    const duration = 1000 * 0.06 + Math.min(gbHours - 1000, 4000) * 0.03 + Math.max(0, gbHours - 5000) * 0.01642;
    const express = (SECONDS / 10) * 1e-6 + duration;
    const cost = TOTAL - TRANSITIONS - 0.9 * REQUESTS + express;
    expect(Math.abs((waterfall?.to ?? Number.NaN) - cost)).toBeLessThan(1);
    const [first, second] = waterfall?.steps ?? [];
    const alone = (name: string): number => found.levers.find((one) => one.name === name)?.alone.saving ?? Number.NaN;
    const saved = TOTAL - cost;
    const share = (own: string, other: string): number => (alone(own) + saved - alone(other)) / 2;
    expect(first?.lever).toBe("express-workflows");
    expect(Math.abs((first?.share ?? 0) - share("express-workflows", "ten-second-segments"))).toBeLessThan(1);
    expect(Math.abs((second?.share ?? 0) - share("ten-second-segments", "express-workflows"))).toBeLessThan(1);
  }, 30_000);
});

test("the waterfall: Shapley shares over all 24 orders, worked out by hand", () => {
  const members = ["savings-plan-3y", "spot", "arm64", "to-monolith"];
  const cost = (chosen: ReadonlySet<string>): number => {
    const [plan, spot, arm] = ["savings-plan-3y", "spot", "arm64"].map((name) => chosen.has(name));
    if (chosen.has("to-monolith")) {
      const onDemand = spot === true ? 1 - ON_SPOT : 1;
      const rest = spot === true ? ON_SPOT * 0.35 : 0;
      return (arm === true ? FLEET_ARM : FLEET) * (onDemand * (plan === true ? PLAN_3Y : 1) + rest);
    }
    const others = TOTAL - LAMBDA;
    if (plan === true) return others + GB_SECONDS * (arm === true ? 1.33334e-5 : 1.66667e-5) * PLAN_LAMBDA;
    return others + (arm === true ? LAMBDA_ARM : LAMBDA);
  };
  const orders = (names: readonly string[]): readonly (readonly string[])[] =>
    names.length === 0
      ? [[]]
      : names.flatMap((name) => orders(names.filter((other) => other !== name)).map((rest) => [name, ...rest]));
  const all = orders(members);
  for (const name of members) {
    const share =
      all.reduce((sum, order) => {
        const before = new Set(order.slice(0, order.indexOf(name)));
        return sum + cost(before) - cost(new Set([...before, name]));
      }, 0) / all.length;
    const step = found.waterfall?.steps.find(({ lever }) => lever === name);
    expect(Math.abs((step?.share ?? Number.NaN) - share), name).toBeLessThan(1);
  }
  expect(found.waterfall?.method).toBe("exact");
});
