import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { resultSchema } from "../../src/result/schema.ts";
import { archcost } from "../run.ts";

const SWEEP = ["sweep", "scenarios/thumbnails.yaml", "--vary", "region=us-east-1,eu-north-1"];
const BOTH = [...SWEEP, "--result", "cost.month", "--result", "carbon.month.central"];
const one = z.strictObject({
  over: z.string(),
  result: z.string(),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
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

describe("a sweep is many runs", () => {
  const FILE = "scenarios/prime-video.yaml";
  const rowsOf = async (...argv: string[]) => {
    const ran = await archcost(["sweep", FILE, "-a", "microservices", "--format", "json", ...argv]);
    return { ...ran, rows: ran.code === 0 ? one.parse(JSON.parse(ran.stdout)).rows : [] };
  };
  test("by columns, on one model or linked one by one, a figure is that of run", async () => {
    const result = async (set: string, ...more: string[]) => {
      const ran = await archcost(["run", FILE, "-a", "microservices", "--format", "json", set, ...more]);
      return resultSchema.parse(JSON.parse(ran.stdout)).architectures["microservices"];
    };
    const { rows } = await rowsOf("--vary", "convert_time=150 ms,2 * 300 ms", "--result", "cost.month");
    const at = (value: string) => result("--set", `convert_time=${value}`);
    expect(rows.map((row) => row["microservices"])).toEqual([
      (await at("150 ms"))?.cost.month,
      (await at("600 ms"))?.cost.month,
    ]);
    const loads = await rowsOf("--vary", "load=5%,50%", "--result", "limits.headroom");
    expect(loads.rows.map((row) => row["microservices"])).toEqual([
      (await result("--load", "5%"))?.capacity.granted?.share,
      (await result("--load", "50%"))?.capacity.granted?.share,
    ]);
  });
  test("a point that has no price is a row that says so; where no point has one it is an error", async () => {
    const over = (regions: string, format: string) =>
      archcost(["sweep", "scenarios/thumbnails.yaml", "--vary", `region=${regions}`, "--format", format]);
    const { code, stdout } = await over("us-east-1,af-south-1", "json");
    expect(code).toBe(0);
    expect(one.parse(JSON.parse(stdout)).rows).toEqual([
      expect.objectContaining({ region: "us-east-1", fleet: expect.any(Number) }),
      {
        region: "af-south-1",
        workflow: null,
        function: null,
        fleet: null,
        problem: expect.stringContaining("no price is known for aws/sqs"),
      },
    ]);
    expect((await over("us-east-1,af-south-1", "csv")).stdout).toMatch(
      /^region,.*,problem\nus-east-1,.*,\naf-south-1,,,,no price/,
    );
    expect((await over("us-east-1,af-south-1", "table")).stdout).toMatch(/\naf-south-1 +no price is known/);
    expect((await over("af-south-1", "json")).code).toBe(2);
    expect((await over("us-east-1,mars-1", "json")).stderr).toContain('no region "mars-1"');
  });
  test("a value that a service does not take is a row among columns too", async () => {
    const { rows } = await rowsOf("--vary", "detect_memory=1024 MB,64 MB,2048 MB");
    expect(rows.map((row) => row["microservices"])).toEqual([expect.any(Number), null, expect.any(Number)]);
    expect(rows[1]?.["problem"]).toContain("memory");
  });
});
