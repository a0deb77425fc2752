// The reference case: figures of the reconstruction, computed by hand from prices and parameters before this program
// existed (set A: quotas of 2022; set B: quotas of today). Each line to half a dollar, shares to half of the last place.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Result } from "../../src/result/schema.ts";
import { archcost, runText } from "../run.ts";

async function run(file: string, ...argv: string[]): Promise<Result> {
  const ran = await archcost(["run", file, "--format", "json", ...argv]);
  if (ran.code !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout) as Result;
}

function month(result: Result, architecture: string, filter: (key: string) => boolean = () => true): number {
  const lines = result.architectures[architecture]?.line_items ?? [];
  return lines.filter((l) => filter(`${l.x_Component}.${l.x_Meter}`)).reduce((sum, l) => sum + l.EffectiveCost, 0);
}

function saving(result: Result, architecture: string): number {
  return 1 - month(result, architecture) / month(result, "microservices");
}

describe("set A", async () => {
  const a = await run("scenarios/prime-video.yaml");
  test.each([
    ["orchestration", (key: string) => key.startsWith("orchestrator."), 1_971_000],
    ["S3 PUT", (key: string) => key === "frames.tier1", 183_960],
    ["S3 GET", (key: string) => key === "frames.tier2", 79_891],
    ["S3 storage in tiers", (key: string) => key === "frames.storage", 2_332.16],
    ["Lambda GB-seconds in tiers, pooled", (key: string) => key.endsWith(".compute"), 183_725],
    ["Lambda requests", (key: string) => key.endsWith(".requests"), 12_614],
    ["in all", () => true, 2_433_523],
  ])("microservices: %s", (_, filter, usd) => {
    expect(Math.abs(month(a, "microservices", filter) - usd)).toBeLessThan(0.6);
  });
  test.each([
    ["monolith", 148_920, 0.939],
    ["fargate", 172_992, 0.929],
    ["app-runner", 273_312, 0.888],
    ["express", 469_375, 0.807],
  ])("%s costs %d USD and saves %d", (name, usd, share) => {
    expect(Math.abs(month(a, name) - usd)).toBeLessThan(0.6);
    expect(Math.abs(saving(a, name) - share)).toBeLessThan(0.0005);
  });
  test("Express orchestration is 6,852 USD, and Express as a whole 19.3 % of Standard", () => {
    expect(Math.abs(month(a, "express", (key) => key.startsWith("orchestrator.")) - 6_851.84)).toBeLessThan(0.01);
    expect(Math.abs(month(a, "express") / month(a, "microservices") - 0.193)).toBeLessThan(0.0005);
  });
  test("an infrequent-access class makes it dearer: objects live a day, and 30 are billed", async () => {
    const text = readFileSync("scenarios/prime-video.yaml", "utf8").replace(
      "        puts:",
      "        class: standard_ia\n        puts:",
    );
    const ia = await runText(text);
    expect(month(ia, "microservices", (key) => key.startsWith("frames."))).toBeGreaterThan(
      2 * month(a, "microservices", (key) => key.startsWith("frames.")),
    );
  });
  test("line items add up to the total, and explain re-adds to it", async () => {
    for (const [name, { cost, line_items: lines }] of Object.entries(a.architectures)) {
      expect(Math.abs(lines.reduce((sum, line) => sum + line.EffectiveCost, 0) / cost.month - 1)).toBeLessThan(1e-12);
      const ran = await archcost(["explain", "scenarios/prime-video.yaml", name, "--format", "json"]);
      const { cost: explained, meters } = JSON.parse(ran.stdout) as { cost: number; meters: { cost: number }[] };
      expect(Math.abs(explained / cost.month - 1)).toBeLessThan(1e-12);
      expect(Math.abs(meters.reduce((sum, meter) => sum + meter.cost, 0) / explained - 1)).toBeLessThan(1e-12);
    }
  });
});

describe("set B", async () => {
  const b = await run("scenarios/prime-video-2026.yaml");
  test("microservices 7,887,703 USD against 448,746", () => {
    expect(Math.abs(month(b, "microservices") - 7_887_703)).toBeLessThan(1);
    expect(Math.abs(month(b, "monolith") - 448_746)).toBeLessThan(1);
    expect(Math.abs(saving(b, "monolith") - 0.9431)).toBeLessThan(0.00005);
  });
});
