import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { archcost } from "../run.ts";

const SWEEP = ["sweep", "scenarios/thumbnails.yaml", "--vary", "region=us-east-1,eu-north-1"];
const BOTH = [...SWEEP, "--result", "cost.month", "--result", "carbon.month.central"];
const one = z.strictObject({
  over: z.string(),
  result: z.string(),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number()]))),
});
const several = z.strictObject({ over: z.string(), results: z.array(one) });

describe("a sweep over several figures", () => {
  test("each is what a sweep of its own gives", async () => {
    const both = await archcost([...BOTH, "--format", "json"]);
    expect(both.code).toBe(0);
    const { results } = several.parse(JSON.parse(both.stdout));
    expect(results.map(({ result }) => result)).toEqual(["cost.month", "carbon.month.central"]);
    for (const result of results) {
      const alone = await archcost([...SWEEP, "--result", result.result, "--format", "json"]);
      expect(one.parse(JSON.parse(alone.stdout))).toEqual(result);
    }
    expect(results[0]?.rows).not.toEqual(results[1]?.rows);
  });
  test("the table has a part for each, money only where it is cost", async () => {
    const { stdout } = await archcost(BOTH);
    const [cost = "", carbon = ""] = stdout.split("carbon.month.central over region");
    expect(cost).toContain("cost.month over region");
    expect(cost).toContain("$");
    expect(carbon).toContain("eu-north-1");
    expect(carbon).not.toContain("$");
  });
  test("CSV has one row a value and a column for each figure of each architecture", async () => {
    const { stdout } = await archcost([...BOTH, "--format", "csv"]);
    const [head = "", ...rows] = stdout.trim().split(/\r?\n/);
    expect(head.split(",")).toEqual([
      "region",
      ...["workflow", "function", "fleet"].map((name) => `${name}.cost.month`),
      ...["workflow", "function", "fleet"].map((name) => `${name}.carbon.month.central`),
    ]);
    expect(rows.map((row) => row.split(",").length)).toEqual([7, 7]);
  });
  test("a figure that is not there is told, though the other is", async () => {
    const { code, stderr } = await archcost([...SWEEP, "--result", "cost.month", "--result", "carbn.month"]);
    expect(code).toBe(2);
    expect(stderr).toContain('no figure "carbn.month"');
  });
  test("one picture for each, as their scales differ", async () => {
    const folder = mkdtempSync(join(tmpdir(), "archcost-test-"));
    try {
      expect((await archcost([...BOTH, "--output", join(folder, "s.png")])).code).toBe(0);
      expect(existsSync(join(folder, "s-cost.month.png"))).toBe(true);
      expect(existsSync(join(folder, "s-carbon.month.central.png"))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
