import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { archcost, runText } from "../run.ts";

const SCENARIO = readFileSync("scenarios/thumbnails.yaml", "utf8");

async function cases(table: string, ...argv: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "archcost-cases-"));
  const file = join(folder, "cases.csv");
  writeFileSync(file, table);
  const ran = await archcost(["cases", "scenarios/thumbnails.yaml", file, ...argv]);
  return { ...ran, stderr: ran.stderr.replaceAll(file, "cases.csv") };
}

const TABLE = `day,images_per_day,render_time [ms],image_size
monday,150000,700,3 MB
"to, be",2e6,0.4 s,5
last,10000,1999.5,1024 KB
`;

test("every row gives what run gives on its values, data kept for ever included", async () => {
  const { code, stdout } = await cases(
    TABLE,
    "--label",
    "day",
    "--format",
    "json",
    "--result",
    "cost.year",
    "--result",
    "carbon.per_unit",
  );
  expect(code).toBe(0);
  const found: { cases: { case: Record<string, string>; result: Record<string, number> }[] } = JSON.parse(stdout);
  expect(found.cases.map(({ case: given }) => given["day"])).toEqual(["monday", "to, be", "last"]);
  const sets = [
    ["images_per_day=150000", "render_time=700 ms", "image_size=3 MB"],
    ["images_per_day=2000000", "render_time=400 ms", "image_size=5 MB"],
    ["images_per_day=10000", "render_time=1999.5 ms", "image_size=1 MB"],
  ];
  for (const [i, set] of sets.entries()) {
    const result = await runText(
      SCENARIO,
      set.flatMap((value) => ["--set", value]),
    );
    for (const [name, { cost, carbon }] of Object.entries(result.architectures)) {
      const row = found.cases[i]?.result ?? {};
      expect(row[`${name}.cost.year`]).toBeCloseTo(cost.month * 12, 6);
      for (const end of ["low", "central", "high"] as const) {
        const wanted = carbon?.per_unit?.[end] ?? Number.NaN;
        expect(Math.abs((row[`${name}.carbon.per_unit.${end}`] ?? Number.NaN) / wanted - 1)).toBeLessThan(1e-9);
      }
    }
  }
});

test("CSV carries the columns along and adds the usual figures", async () => {
  const { stdout } = await cases(TABLE, "--label", "day", "-a", "function");
  const [header, first, second] = stdout.split("\n");
  expect(header).toBe(
    "day,images_per_day,render_time [ms],image_size,function.cost.month,function.carbon.month.low,function.carbon.month.central,function.carbon.month.high",
  );
  expect(first).toMatch(/^monday,150000,700,3 MB,\d/);
  expect(second).toMatch(/^"to, be",2e6,0\.4 s,5,\d/);
});

test.each([
  ["images_per_dy\n1\n", 'cases.csv:1:1: error: no variable "images_per_dy"', 'did you mean "images_per_day"?'],
  ["render_time [GB]\n1\n", "cases.csv:1:1: error", "GB is data"],
  ["render_time,render_time [s]\n1,2\n", "cases.csv:1:13: error", "has a column already"],
  [
    "render_time,image_size\n1 s,x\n1 s\n",
    'cases.csv:2:5: error: "image_size" wants a number',
    "cases.csv:3:1: error: 1 cells",
  ],
  ["render_time\n", "wants a line of names", ""],
  ['render_time\n"1\n', "cases.csv:2:1: error", "never closed"],
  ["images_per_day\n5\n-5\n", "cases.csv:3:1: error", "is negative"],
])("%j is told with its place", async (table, ...says) => {
  const { code, stdout, stderr } = await cases(table);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  for (const words of says) expect(stderr).toContain(words);
});

test("an unknown figure and an unknown label are told", async () => {
  const { code, stderr } = await cases(TABLE, "--label", "day", "--result", "cost.moth");
  expect(code).toBe(2);
  expect(stderr).toContain('did you mean "cost.month"?');
  expect((await cases(TABLE, "--label", "day", "--label", "week")).stderr).toContain("--label week: no such column");
});

test("the shipped scenario still has the variables that this test sets", () => {
  expect(Object.keys(parse(SCENARIO).variables)).toEqual(
    expect.arrayContaining(["images_per_day", "render_time", "image_size"]),
  );
});

test("rows of a later block have the figures of an earlier one, and a fault in it leaves no file at all", async () => {
  const folder = mkdtempSync(join(tmpdir(), "archcost-cases-"));
  const output = join(folder, "out.csv");
  const rows = (last: string) => `images_per_day\n${"150000\n".repeat(5000)}${last}\n`;
  expect((await cases(rows("150000"), "--output", output)).code).toBe(0);
  const [header, first, ...rest] = readFileSync(output, "utf8").trim().split("\n");
  expect(header).toMatch(/^images_per_day,/);
  expect(new Set([first, ...rest])).toEqual(new Set([first]));
  expect(rest).toHaveLength(5000);
  rmSync(output);
  const broken = await cases(rows("-5"), "--output", output);
  expect([broken.code, broken.stdout]).toEqual([2, ""]);
  expect(broken.stderr).toContain("cases.csv:5002:1: error");
  expect(readdirSync(folder)).toEqual([]);
});
