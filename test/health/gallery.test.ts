// The gallery under reports/ belongs to today's scenarios, prices and program. Mend: npm run gallery
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { archcost } from "../run.ts";

const index = JSON.parse(readFileSync("reports/index.json", "utf8")) as Record<
  string,
  { scenario: string; result: string }
>;
const names = readdirSync("scenarios")
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => name.replace(/\.yaml$/, ""));

const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");

test("every scenario has a report, and no report is left over", () => {
  expect(Object.keys(index).sort()).toEqual([...names].sort());
});

test.each(names)("reports/%s is up to date", async (name) => {
  const file = `scenarios/${name}.yaml`;
  expect(index[name]?.scenario, "the scenario has changed: npm run gallery").toBe(sha256(readFileSync(file)));
  const ran = await archcost(["run", file, "--format", "json"]);
  const result = ran.stdout.replace('"version": "0.0.0-source"', '"version": "0.1.0"');
  expect(sha256(result), "the figures have changed: npm run gallery").toBe(index[name]?.result);
  for (const part of ["report.html", "cost-by-role.png", "cost-by-driver.png"]) {
    expect(existsSync(join("reports", name, part)), part).toBe(true);
  }
});
