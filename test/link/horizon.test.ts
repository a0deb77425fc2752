import { expect, test } from "vitest";
import { archcost, runText, withFile } from "../run.ts";

/** 10,000 objects of 1 MB a day. */
function objects(architectures: string, more = ""): string {
  return `scenario: retention
region: us-east-1
as_of: 2026-11-23
workload: { unit: object, driver: objects_per_day, throughput: objects_per_day / 1 day }
variables: { objects_per_day: 10000 }
current: a
architectures:
${architectures}
${more}`;
}

const bucket = (keys: string): string =>
  `{ components: { bucket: { service: aws/s3, puts: 1, size: 1 MB, ${keys} } }, omit: { data-transfer: read in the region } }`;

/** USD of the month by hand: GB written in a month of 730 h, held for so many of them, and the PUT requests. */
const WRITTEN = ((10_000 / 24) * 730) / 1024;
const PUTS = (10_000 / 24) * 730 * 0.000_005;
const monthOf = (held: number, price = 0.023): number => WRITTEN * held * price + PUTS;
const meanOf = (held: (month: number) => number): number =>
  Array.from({ length: 12 }, (_, month) => held(month)).reduce((x, y) => x + y) / 12;
const MONTHS_A_DAY = 24 / 730;

test("kept for ever and kept for a time are compared over the same first year, and what is full stays", async () => {
  const designs = `  a: ${bucket("kept: forever")}\n  b: ${bucket("kept: 730 days")}\n  c: ${bucket("kept: 60 days")}`;
  const { architectures, growth } = await runText(objects(designs, "growth: 0%/month\nhorizon: 36 months"));
  const [a, b, c] = [architectures["a"]?.cost, architectures["b"]?.cost, architectures["c"]?.cost];
  expect(a?.month).toBeCloseTo(monthOf(6), 6);
  expect(b?.month).toBeCloseTo(monthOf(6), 6);
  // 60 days are two months: of the first two months the middle counts.
  const filled = (month: number): number => Math.min(60 * MONTHS_A_DAY, month + 0.5);
  expect(c?.month).toBeCloseTo(monthOf(meanOf(filled)), 6);
  expect([a?.settled, b?.settled]).toEqual([undefined, expect.closeTo(monthOf(730 * MONTHS_A_DAY), 6)]);
  const cost = (month: number) => growth?.months[month]?.cost;
  expect(cost(36)?.["b"]).toBeCloseTo(monthOf(24), 6);
  expect(cost(36)?.["a"]).toBeCloseTo(monthOf(36.5), 6);
});

test("the output says which months are compared", async () => {
  await withFile(objects(`  a: ${bucket("kept: forever")}\n  b: ${bucket("kept: 730 days")}`), async (file) => {
    const { stdout } = await archcost(["run", file]);
    expect(stdout).toContain("Data is kept for ever: $4.94 in month 1, $80.1 in month 12");
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "Stores fill from empty: $4.94 in month 1, $80.1 in month 12, $165 once as much is deleted as is added; the figure above is the mean of the first twelve months",
    );
  });
});

test("one design alone is looked at over the same months as all of them", async () => {
  const text = objects(`  a: ${bucket("kept: forever")}\n  b: ${bucket("kept: 730 days")}`);
  const { architectures } = await runText(text, ["--architecture", "b"]);
  expect(architectures["b"]?.cost.month).toBeCloseTo(monthOf(6), 6);
});

test("where nothing is kept for ever, a month is what the design settles at", async () => {
  const { architectures } = await runText(objects(`  a: ${bucket("kept: 730 days")}`));
  expect(architectures["a"]?.cost.month).toBeCloseTo(monthOf(730 * MONTHS_A_DAY), 6);
  expect(architectures["a"]?.cost.month_12).toBeUndefined();
});

test("other services that hold data for a time fill alike: their data says which figure is the retention", async () => {
  const stream =
    "{ components: { stream: { service: aws/kinesis-data-streams, records: 1, record_size: 1 MB, retention: 90 day } }, omit: {} }";
  const settled = await runText(objects(`  a: ${stream}`));
  const filling = await runText(objects(`  a: ${stream}\n  b: ${bucket("kept: forever")}`));
  const longTerm = (result: typeof settled) =>
    result.architectures["a"]?.line_items.find((line) => line.x_Meter === "long_retention")?.ConsumedQuantity;
  const week = 7 * MONTHS_A_DAY;
  const quarter = 90 * MONTHS_A_DAY;
  expect(longTerm(settled)).toBeCloseTo(WRITTEN * (quarter - week), 6);
  expect(longTerm(filling)).toBeCloseTo(WRITTEN * meanOf((month) => Math.min(quarter, month + 0.5) - week), 6);
});

test("a lever that deletes is measured over the months of what it is compared with", async () => {
  const levers =
    "levers: { built_in: off, deletes: { title: delete, class: usage, components: { bucket: { kept: 60 days } } } }";
  await withFile(objects(`  a: ${bucket("kept: forever")}`, levers), async (file) => {
    const { stdout } = await archcost(["levers", file, "--format", "json"]);
    const filled = (month: number): number => Math.min(60 * MONTHS_A_DAY, month + 0.5);
    expect(JSON.parse(stdout).levers[0].alone.cost).toBeCloseTo(monthOf(meanOf(filled)), 6);
  });
});

test("a class with a least duration charges what is deleted early, not what is there for less", async () => {
  const designs = `  a: ${bucket("class: standard_ia, kept: forever")}\n  b: ${bucket("class: standard_ia, kept: 1 day")}`;
  const { architectures } = await runText(objects(designs));
  const PUTS_IA = (10_000 / 24) * 730 * 0.000_01;
  const cost = (name: string) => architectures[name]?.cost;
  expect(cost("a")?.month_1).toBeCloseTo(WRITTEN * 0.5 * 0.0125 + PUTS_IA, 6);
  expect(cost("b")?.month).toBeCloseTo(WRITTEN * 30 * MONTHS_A_DAY * 0.0125 + PUTS_IA, 6);
});
