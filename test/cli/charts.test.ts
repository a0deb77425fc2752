import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { archcost } from "../run.ts";

const SCENARIO = "scenarios/prime-video.yaml";

async function written(
  charts: readonly string[],
): Promise<{ files: readonly string[]; sizes: Record<string, string> }> {
  const folder = mkdtempSync(join(tmpdir(), "archcost-charts-"));
  try {
    const { code } = await archcost(["run", SCENARIO, "--quiet", "--output", folder, ...charts]);
    expect(code).toBe(0);
    const files = readdirSync(folder).filter((name) => name.endsWith(".png"));
    const size = (name: string): string => {
      const png = readFileSync(join(folder, name));
      return `${png.readUInt32BE(16)} x ${png.readUInt32BE(20)}`;
    };
    return { files, sizes: Object.fromEntries(files.map((name) => [name, size(name)])) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("--charts draws what it names, the card at the size that links are shown with", async () => {
  const { sizes } = await written(["--charts", "card, limits"]);
  expect(sizes).toEqual({ "limits.png": "1920 x 1080", "social-card.png": "1200 x 630" });
});

test("all charts unless chosen, and none for none", async () => {
  expect((await written([])).files).toEqual([
    "carbon.png",
    "cost-by-driver.png",
    "cost-by-item.png",
    "cost-by-role.png",
    "cost-per-unit.png",
    "cost-spread.png",
    "levers-reach.png",
    "levers-waterfall.png",
    "limits.png",
    "plan.png",
    "saving-spread.png",
    "social-card.png",
    "tornado-carbon.png",
    "tornado-cost.png",
    "tornado-load.png",
    "tornado.png",
  ]);
  expect((await written(["--charts", "none"])).files).toEqual([]);
  // Two whole reports, levers included: seconds each, and more where the machine is busy.
}, 30_000);

test("a chart that there is not is told, and nothing is written", async () => {
  const { code, stderr } = await archcost(["run", SCENARIO, "--output", "out-of-tests", "--charts", "limit"]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/--charts: no chart "limit"[\s\S]*did you mean "limits"/);
  expect(readdirSync(".")).not.toContain("out-of-tests");
});

test("--chart draws below the table, --format memo is one page", async () => {
  const charts = await archcost(["run", SCENARIO, "--chart", "--quiet"]);
  expect(charts.stdout).toMatch(/Not counted[\s\S]*Cost a month\n {2}monolith +█/);
  const memo = await archcost(["run", SCENARIO, "--format", "memo", "--quiet"]);
  expect(memo.stdout).toMatch(/^# Live stream quality monitoring\n[\s\S]*## What would change the decision/);
});
