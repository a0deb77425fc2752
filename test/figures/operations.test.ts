// Cost of ownership beside the bill: a second total, and the hours at which the ranking turns.
import { expect, test } from "vitest";
import { archcost, runText, withFile } from "../run.ts";

const line = "service: custom/line, role: work, source: test, reason: test";
const BILLS = `
scenario: Two ways
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 month }
variables: { calls: 1000 }
current: managed
`;
const ARCHITECTURES = `architectures:
  managed:
    components: { f: { ${line}, quantity: calls, price: 3 USD } }
    OPS_MANAGED
  own:
    components: { f: { ${line}, quantity: calls, price: 1 USD } }
    OPS_OWN
`;
function scenario(managed: string, own: string, more = ""): string {
  return BILLS + more + ARCHITECTURES.replace("OPS_MANAGED", managed).replace("OPS_OWN", own);
}

const HOURS = "operations: { hours: { low: 10, typical: 25, high: 40 }, rate: 100 USD / 1 h, reason: on call }";

test("without hours it tells the hours at which the ranking turns, at the scenario's rate", async () => {
  const { operations } = await runText(scenario("", "", "operations: { rate: 50, reason: payroll }\n"));
  expect(operations?.turns).toEqual([
    { architecture: "own", other: "managed", difference: 2000, hours: expect.closeTo(40, 9), rate: 50, stated: null },
  ]);
  expect(operations?.architectures["own"]).toMatchObject({ hours: null, total: null, rate_status: "stated" });
  expect(operations?.cheapest).toBeNull();
});

test("without a rate one is assumed, with its source", async () => {
  const { operations } = await runText(scenario("", ""));
  expect(operations?.turns[0]?.hours).toBeCloseTo(2000 / 91, 9);
  expect(operations?.architectures["own"]).toMatchObject({
    rate: expect.closeTo(91, 9),
    rate_status: "assumed",
    rate_source: expect.stringContaining("Bureau of Labor Statistics"),
  });
  await withFile(scenario("", ""), async (file) => {
    const told = (await archcost(["run", file])).stdout.replace(/\s+/g, " ");
    expect(told).toContain("The ranking turns if own needs more than 22 hours a month beyond managed");
    expect(told).toContain("$91 an hour is assumed");
  });
});

test("hours make a second total and leave the bill alone", async () => {
  const found = await runText(scenario("operations: { hours: 2, rate: 100 USD / 1 h }", HOURS));
  expect(found.architectures["own"]?.cost.month).toBe(1000);
  expect(found.architectures["own"]?.line_items).toHaveLength(1);
  expect(found.operations?.architectures["own"]).toMatchObject({
    hours: { low: 10, typical: 25, high: 40 },
    cost: { low: 1000, typical: expect.closeTo(2500, 9), high: 4000 },
    total: { low: 2000, typical: expect.closeTo(3500, 9), high: 5000 },
    reason: "on call",
  });
  // 3,000 + 200 against 1,000 + 2,500: the bill says own, ownership says managed, and the range leaves it open
  expect(found.comparison.cheapest).toBe("own");
  expect(found.operations).toMatchObject({ cheapest: "managed", settled: false });
  expect(found.operations?.turns[0]).toMatchObject({ hours: expect.closeTo(20, 9), stated: expect.closeTo(23, 9) });
  expect(found.comparison.verdict.join("\n")).toContain("With operations managed is the cheapest at $3,200 a month");
});

test("hours may be a formula of metrics, and `extends` inherits them key by key", async () => {
  const text = `${scenario("metrics: { parts: 3 }\n    operations: { hours: parts * 2 h, rate: 80 }", "operations: { hours: 1, rate: 80 }")}
  leaner:
    extends: managed
    metrics: { parts: 1 }
    operations: { rate: 160 }
`;
  const { operations } = await runText(
    text.replace("operations: { hours: 1,", "metrics: { parts: 1 }\n    operations: { hours: 1,"),
  );
  expect(operations?.architectures["managed"]?.cost?.typical).toBeCloseTo(480, 9);
  expect(operations?.architectures["leaner"]?.cost?.typical).toBeCloseTo(320, 9);
});

test.each([
  { own: "operations: { hours: 2 GB }", says: "wants time" },
  { own: "operations: { hours: 2, rate: 3 USD }", says: '"rate" wants' },
  { own: "operations: { hours: { low: 5, typical: 4, high: 6 } }", says: '"low" is at most "typical"' },
  { own: "operations: { hours: -1 }", says: "is to be 0 or more" },
  { own: "operations: { hour: 1 }", says: 'did you mean "hours"' },
  { own: "operations: { hours: cals }", says: 'did you mean "calls"' },
])("$own is told at its place", async ({ own, says }) => {
  await withFile(scenario("", own), async (file) => {
    const ran = await archcost(["run", file]);
    expect(ran.stderr).toContain(says);
    expect(ran.stderr).toMatch(/scenario\.yaml:\d+:\d+: error/);
    expect(ran.code).toBe(2);
  });
});

test("table, CSV, Markdown and JSON tell the second total", async () => {
  await withFile(scenario("operations: { hours: 2, rate: 100 USD / 1 h }", HOURS), async (file) => {
    const out = async (format: string) => (await archcost(["run", file, "-f", format])).stdout;
    expect(await out("table")).toMatch(/own +\$1,000 +10 to 40 +\$100 +\$1,000 to \$4,000 +\$2,000 to \$5,000/);
    expect(await out("markdown")).toContain("$2,000 to $5,000");
    expect(await out("decisions-csv")).toMatch(
      /own,operations,bill_and_operations,2000,3500(\.0+\d*)?,5000,USD,on call/,
    );
    // never in the bill
    expect(await out("csv")).not.toMatch(/operations/i);
  });
});
