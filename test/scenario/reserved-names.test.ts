// A name that means something already is refused where it is declared: a formula would read its first meaning.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { archcost, runText, withFile } from "../run.ts";

const scenario = (variable: string, rest = "") => `scenario: Names
region: us-east-1
as_of: 2026-11-23
workload: { unit: object, driver: objects_per_day, throughput: objects_per_day / 1 day }
variables:
  objects_per_day: 10000
  ${variable}
architectures:
  one:
    components: { bucket: { service: aws/s3, puts: 1, size: 1 MB, kept: retention } }
    omit: { data-transfer: in region }
${rest}`;

async function refused(text: string, argv: readonly string[] = []): Promise<string> {
  return withFile(text, async (file) => {
    const ran = await archcost(["run", file, ...argv]);
    expect([ran.code, ran.stdout]).toEqual([2, ""]);
    return ran.stderr;
  });
}

// 10,000 objects a day x 1 MB x 90 days are 878.91 GB-months at 0.023, and 304,167 puts at 0.000005.
test("a variable with a name of its own is the variable", async () => {
  const result = await runText(
    scenario("retention: { value: 90 days, low: 30 days, high: 180 days, reason: open, status: assumed }"),
  );
  expect(result.architectures["one"]?.cost.month).toBeCloseTo(
    (10000 * 90 * 0.023) / 1024 + (10000 * 730 * 0.000005) / 24,
    6,
  );
});

test.each([
  ["days", "the name of a unit", "ns, us, ms, s, min, h, day, days"],
  ["month", "the name of a unit", "month, months"],
  ["h", "the name of a unit", "h"],
  ["min", "the name of a unit", "min"],
  ["work", "a name that every scenario has", "throughput, work"],
  ["forever", "a name that every scenario has", "forever"],
  ["not", "a word of the formula language", "and, or, not, in, if"],
])("a variable %s is refused: it is %s", async (name, is, list) => {
  const told = await refused(scenario(`${name}: 90`));
  expect(told).toContain(`scenario.yaml:7:3: error: "${name}" is ${is} and cannot be the name of a variable`);
  expect(told).toContain(list);
});

test("so is a metric", async () => {
  const told = await refused(scenario("retention: 90 days", "metrics: { days: 3 }\n"));
  expect(told).toContain('"days" is the name of a unit and cannot be the name of a metric');
});

test("and a parameter, a constant or a rule of a service of one's own", async () => {
  const root = mkdtempSync(join(tmpdir(), "archcost-names-"));
  mkdirSync(join(root, "acme", "box"), { recursive: true });
  const service = `service: acme/box
title: Box
focus: { ServiceName: Box, ServiceCategory: Other }
parameters: { days: { unit: day, doc: days that it is kept } }
let: { month: days }
meters: { hours: { title: Hours, flow: 1, unit: h, role: work } }
`;
  writeFileSync(join(root, "acme", "box", "service.yaml"), service);
  const text = scenario("retention: 90 days").replace(
    "service: aws/s3, puts: 1, size: 1 MB, kept: retention",
    "service: acme/box, days: 3",
  );
  const told = await refused(text, ["--pricing", root]);
  expect(told).toMatch(/service\.yaml:4:\d+: error: .*"days" is the name of a unit/);
  expect(told).toMatch(/service\.yaml:5:\d+: error: .*"month" is the name of a unit/);
});

test("a variable of words is not called like a word that its parameter can be", async () => {
  const told = await refused(
    scenario("standard: { value: glacier, one_of: [glacier, standard] }").replace(
      "kept: retention",
      "kept: 3 day, class: standard",
    ),
  );
  expect(told).toContain('"standard" is a word that "class" can be, and a variable');
});
