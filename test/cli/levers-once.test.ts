import { expect, test } from "vitest";
import { archcost, withFile } from "../run.ts";

/** 110 TB in 200 million objects; moving an object costs 0.01 USD a thousand. */
const moved = (once: string): string => `
scenario: Move old objects to another class
region: us-east-1
as_of: 2026-11-23
workload: { unit: bill, driver: bills, throughput: bills / 1 month }
variables: { bills: 1, objects: 200e6, data: 110 TB }
current: standard
architectures:
  standard:
    components: { bucket: { service: aws/s3, stored: data, stored_objects: objects } }
    omit: { data-transfer: in region }
levers:
  built_in: off
  tiering:
    title: a lifecycle rule to Intelligent-Tiering
    class: configuration
    once: ${once}
    components: { bucket: { class: intelligent_tiering, infrequent_share: 85% } }
    reason: seldom read
`;

const levers = async (once: string, ...argv: readonly string[]) =>
  withFile(moved(once), async (file) => archcost(["levers", file, ...argv]));

test("what a lever costs once may follow from variables, and it stands with its payback on a screen of 80 columns", async () => {
  const { code, stdout } = await levers("objects * 0.01 USD / 1000");
  expect(code).toBe(0);
  expect(stdout).toMatch(/lever +class +saves a month +less +once +pays back after/);
  expect(stdout).toMatch(/tiering +configuration +\$4\d\d +17(\.\d)? % +\$2,000 +4\.5 months/);
  expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("CSV has both with all digits; a variable that is set changes them", async () => {
  const cells = async (...argv: readonly string[]) => {
    const { stdout } = await levers("objects * 0.01 USD / 1000", "--format", "csv", ...argv);
    const [heading = "", ...rows] = stdout
      .trim()
      .split("\n")
      .map((line) => line.split(","));
    const row = rows.find(([kind]) => kind === "alone") ?? [];
    const at = (name: string): number => Number(row[heading.indexOf(name)]);
    return { saving: at("saving_month"), once: at("once"), payback: at("payback_months") };
  };
  const { saving, once, payback } = await cells();
  expect([once, payback]).toEqual([2000, expect.closeTo(2000 / saving, 9)]);
  expect((await cells("--set", "objects=100e6")).once).toBe(1000);
});

test.each([
  ["objcts * 0.01 USD", 'no name "objcts" here'],
  ["objects * 1 h", '"once" wants money'],
  ["0 USD - objects * 1 USD", '"once" is money from 0 on'],
])("once: %s is refused at its place", async (once, message) => {
  const { code, stderr } = await levers(once);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).toMatch(/:17:\d+: error/);
});
