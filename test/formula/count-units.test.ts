// Whatever an output or a schema prints can be typed: counts with their name, large counts, provisioned throughput.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { GraphBuilder } from "../../src/formula/builder.ts";
import { flatCurve } from "../../src/formula/curve.ts";
import { link } from "../../src/formula/link.ts";
import { readSeconds, readShare } from "../../src/formula/literal.ts";
import { parseFormula } from "../../src/formula/parse.ts";
import { parseUnit } from "../../src/formula/unit.ts";
import type { Scope } from "../../src/formula/value.ts";
import { quantity } from "../../src/result/number.ts";
import { archcost, withFile } from "../run.ts";

const MONTH = 730 * 3600;

/** The value of a formula, or what is said about it. */
function figureOf(text: string, names: readonly string[] = []): number | string | undefined {
  const builder = new GraphBuilder(flatCurve());
  const one = { kind: "number", node: builder.constant(1), dimension: [0, 0, 0, 0, 0, 0], instant: false } as const;
  const scope: Scope = {
    value: (name) => (names.includes(name) ? one : undefined),
    names: () => names,
    table: () => undefined,
  };
  const parsed = parseFormula(text);
  if (!("expr" in parsed)) return parsed.problems[0]?.message;
  const said: string[] = [];
  const report = (_: string, message: string, __: unknown, hint?: string) => said.push(`${message}; ${hint}`);
  const value = link(parsed.expr, { builder, scope, monthSeconds: MONTH, report });
  return value?.kind === "number" ? builder.constantValue(value.node) : said[0];
}

test.each([
  ["20 M", 2e7],
  ["20M", 2e7],
  ["78.8 G", 78.8e9],
  ["1.2 million", 1.2e6],
  ["20 M requests", 2e7],
  ["250 k messages", 250_000],
  ["0.25 request/s", 0.25],
  ["5 requests / 1 s", 5],
  ["1000 MiBps", 1000 * 2 ** 20],
  ["1000 MiB / 1 s", 1000 * 2 ** 20],
  ["15000 IOPS", 15_000],
  ["2 ACU", 2],
  ["3 metrics", 3],
  ["0.2 USD/request", 0.2],
  ["70%", 0.7],
  ["57 %", 0.57],
])("%s is %d", (text, value) => expect(figureOf(text)).toBe(value));

test("a count that is also a name is refused, as either could be meant", () => {
  expect(figureOf("5 streams", ["streams"])).toBe(
    '"streams" is a name here, and what is counted; write 5 * streams for the name, 5 alone for a count',
  );
  expect(figureOf("5 streams")).toBe(5);
  expect(figureOf("10 s / request", ["request"])).toBe(10);
  expect(figureOf("streams")).toContain('no name "streams" here');
});

test("every quantity that a report prints reads back", () => {
  for (const x of [1, 219_000, 1.5e6, 7.88e10, 3.2e13, 4e15, 2e18])
    expect(figureOf(quantity(x).replaceAll(",", ""))).toBeCloseTo(x, -Math.log10(x) + 3);
});

test("every unit in which a schema asks for a parameter can follow a number", async () => {
  const ran = await archcost(["schema", "scenario"]);
  const units = [...new Set([...ran.stdout.matchAll(/ \[([^\]"\\]+)\]"/g)].map((match) => match[1] ?? ""))];
  expect(units).toEqual(expect.arrayContaining(["MiBps", "ACU", "request/s", "GB", "ms"]));
  for (const unit of units) {
    const parsed = parseUnit(unit, { monthSeconds: MONTH });
    if ("error" in parsed) throw new Error(`${unit}: ${parsed.error}`);
    expect(figureOf(`7 ${unit}`.replace("7 1/", "7 / 1 ")), unit).toBeCloseTo(7 * parsed.factor, 12);
  }
});

test("and every price unit under pricing/", () => {
  const units = new Set<string>();
  for (const service of readdirSync("pricing/aws", { withFileTypes: true })) {
    if (!service.isDirectory() || !readdirSync(join("pricing/aws", service.name)).includes("service.yaml")) continue;
    const text = readFileSync(join("pricing/aws", service.name, "service.yaml"), "utf8");
    for (const [, unit = ""] of text.matchAll(/\bunit: ([A-Za-z*/]+)/g)) units.add(unit);
  }
  expect(units.size).toBeGreaterThan(40);
  for (const unit of units) {
    const [first = "", ...rest] = unit.split("*");
    expect(figureOf([`1 ${first}`, ...rest.map((word) => `1 ${word}`)].join(" * ")), unit).toBeTypeOf("number");
  }
});

// 105.85 + 400 x 0.115 + 3,000 x 0.02 + 500 x 0.08 = 251.85
const DATABASE = (throughput: string, iops: string) => `scenario: A database with fast storage
region: us-east-1
as_of: 2026-11-23
workload: { unit: bill, driver: bills, throughput: bills / 1 month }
variables: { bills: 1 }
architectures:
  one:
    components: { db: { service: aws/rds, instance: db.t3.large, storage: 400 GB, iops: ${iops}, storage_throughput: ${throughput} } }
    omit: { metrics: left out }
`;
test.each([
  ["1000", "15000"],
  ["1000 MiBps", "15000 IOPS"],
  ["1000 MiB / 1 s", "15 k"],
])("a database with %s and %s costs 251.85", async (throughput, iops) => {
  const ran = await withFile(DATABASE(throughput, iops), (file) =>
    archcost(["run", file, "--format", "json", "--quiet"]),
  );
  expect(JSON.parse(ran.stdout).architectures.one.cost.month).toBeCloseTo(251.85, 6);
});

test("shares and times of options are read as formulas are", () => {
  expect(["10%", "10 %", "0.1", "1e-1"].map(readShare)).toEqual([0.1, 0.1, 0.1, 0.1]);
  expect(["", "ten", "5 s", "10%%"].map(readShare)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  expect(["90 s", "10m", "10 min", "1.5h", "2 d", "2 days"].map(readSeconds)).toEqual([
    90, 600, 600, 5400, 172800, 172800,
  ]);
  expect(["10", "10 GB", "m"].map(readSeconds)).toEqual([undefined, undefined, undefined]);
});
