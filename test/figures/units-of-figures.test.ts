// Prices in the units of a price list, bills and percentages: read in their unit or refused, never taken for another.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { archcost, runText, withFile } from "../run.ts";

const HEAD = `scenario: Units
region: us-east-1
as_of: 2026-11-23
workload: { unit: job, driver: jobs, throughput: jobs / 1 month }
variables: { jobs: 10000000 }
`;
const FLOW = `${HEAD}architectures:
  one:
    components: { flow: { service: aws/step-functions-express, duration: 1 s, memory: 64 MB, log_level: "off" } }
    omit: { logs: left out }
`;

function prices(rates: string, defaults = "from: 2026-09-11, source: own, retrieved: 2026-11-23"): readonly string[] {
  const root = mkdtempSync(join(tmpdir(), "archcost-units-"));
  const folder = join(root, "aws", "step-functions-express", "rates");
  mkdirSync(folder, { recursive: true });
  const head = `service: aws/step-functions-express\nregion: us-east-1\ndefaults: { ${defaults} }\nrates:\n`;
  writeFileSync(join(folder, "us-east-1.yaml"), head + rates);
  return ["--pricing", root];
}

async function monthOf(rates: string, defaults?: string): Promise<number | undefined> {
  return (await runText(FLOW, prices(rates, defaults))).architectures["one"]?.cost.month;
}

async function refused(text: string, argv: readonly string[] = []): Promise<string> {
  return withFile(text, async (file) => {
    const ran = await archcost(["run", file, ...argv]);
    expect([ran.code, ran.stdout]).toEqual([2, ""]);
    return ran.stderr;
  });
}

// 10 M executions of 1 s x 64 MB are 625,000 GB*s, 173.6 GB*h: 10.42 at 0.06 a GB*h; requests 10.00.
const DURATION = 173.61111111111111 * 0.06;
test("a price per GB-hour for a meter in GB-seconds is converted, tier edges too", async () => {
  const rates = (first: string) =>
    `  duration: { unit: GB*h, tiers: [{ from: 0, to: ${first}, price: "0.06" }, { from: ${first}, to: inf, price: "0.03" }] }\n`;
  expect(await monthOf(rates("1000"))).toBeCloseTo(DURATION + 10, 9);
  expect(await monthOf(rates("100"))).toBeCloseTo(6 + 73.61111111111111 * 0.03 + 10, 9);
});

test.each([
  ["1M requests", "1.00"],
  ["1 M requests", "1.00"],
  ["million requests", "1.00"],
  ["10,000 requests", "0.01"],
  ["1K request", "0.001"],
  ["1000000 requests", "1.00"],
])("a price per %s is a price of so many", async (unit, price) => {
  expect(await monthOf(`  requests: { unit: "${unit}", price: "${price}" }\n`)).toBeCloseTo(20.41875, 3);
});

test("the unit of the file's defaults is converted as one of its own", async () => {
  const month = await monthOf(`  duration: "60"\n`, "from: 2026-09-11, source: own, retrieved: 2026-11-23, unit: TB*h");
  expect(month).toBeCloseTo((173.61111111111111 / 1024) * 60 + 10, 9);
});

test.each([
  [
    "a missing unit",
    `duration: { price: "0.06" }`,
    /us-east-1\.yaml:5:13: error: .*#duration .* has no unit, and its meter is in GB\*s/,
  ],
  ["a unit without a unit, as a bare price", `duration: "0.06"`, /us-east-1\.yaml:5:13: error: .* has no unit/],
  ["an unknown unit", `duration: { unit: GB-hour, price: "0.06" }`, /:5:21: error: .* write "GB\*h"/],
  [
    "another dimension",
    `duration: { unit: GB, price: "0.06" }`,
    /:5:21: error: .* is per GB, its meter is in GB\*s: data is not time x data/,
  ],
  [
    "another thing counted",
    `requests: { unit: 1M messages, price: "1" }`,
    /:5:21: error: .* is per 1M messages, its meter is in request: no factor is known between message and request/,
  ],
  [
    "one of several dated rates",
    `duration: [{ from: 2020-01-01, unit: GB*s, price: "1" }, { from: 2026-01-01, unit: GB, price: "1" }]`,
    /:5:86: error/,
  ],
])("%s of a price is refused at its place", async (_, rate, words) => {
  expect(await refused(FLOW, prices(`  ${rate}\n`))).toMatch(words);
});

test("rates of a key that the service does not have are refused", async () => {
  expect(await refused(FLOW, prices(`  logs: "5"\n`))).toMatch(/has no price "logs"/);
});

const ACTUAL = (actual: string) =>
  FLOW.replace('log_level: "off"', `log_level: "off", actual: { ${actual}, month: 2026-10, source: bill }`);

test.each([
  ["cost: 0.05 kUSD", 50],
  ["cost: 50", 50],
  ["cost: 600 USD / 12", 50],
])("%s of a bill is 50 USD", async (actual, usd) => {
  const result = await runText(ACTUAL(actual));
  expect(result.architectures["one"]?.components["flow"]?.actual?.actual).toBeCloseTo(usd, 9);
});

test("a quantity of a bill is in the unit of its meter", async () => {
  const of = async (quantity: string) =>
    (await runText(ACTUAL(`cost: 50, quantity: ${quantity}, meter: duration`))).architectures["one"]?.components["flow"]
      ?.actual?.quantity_variance;
  const inSeconds = await of("720000");
  expect(inSeconds).toBeCloseTo(((720000 - 625000) * 20.41875) / 625000, 2);
  expect(await of("200 GB * 1 h")).toBeCloseTo(inSeconds ?? Number.NaN, 9);
});

test.each([
  ["another currency", "cost: 50 EUR", /no unit "EUR"/],
  ["a time", "cost: 50 ms", /"cost" of "actual" wants money/],
  ["less than nothing", "cost: -5 USD", /"cost" of "actual" is 0 or more/],
  [
    "a quantity of no meter",
    "cost: 50, quantity: 5",
    /does not say which meter it is of[\s\S]*add meter: one of requests, duration, logs/,
  ],
  ["an unknown meter", "cost: 50, quantity: 5, meter: durations", /no meter "durations"[\s\S]*did you mean "duration"/],
  [
    "a quantity of another dimension",
    "cost: 50, quantity: 5 GB, meter: duration",
    /"quantity" of "actual" wants time x data/,
  ],
])("a bill with %s is refused", async (_, actual, words) => {
  expect(await refused(ACTUAL(actual))).toMatch(words);
});

const EC2 = `${HEAD}architectures:
  one: { components: { host: { service: aws/ec2, instance: m6i.large, instances: 10 } } }
`;
test.each([
  ["a discount", `discounts: [{ services: [aws/ec2], percent: 150 % }]`, /"percent" is between 0 and 100 %/],
  ["a discount in words", `discounts: [{ services: [aws/ec2], percent: ten }]`, /no name "ten"/],
  ["a tax", `overheads: { tax: { percent: "-3 %" } }`, /"percent" is between 0 and 100 %/],
  [
    "a plan's discount",
    `savings_plans: [{ cover: 50%, term: 1y, payment: no_upfront, discounts: { aws/ec2: 150 % } }]`,
    /the discount of aws\/ec2 is from 0 to below 100 %/,
  ],
  [
    "an assumed discount",
    `savings_plans: [{ cover: 50%, term: 1y, payment: no_upfront, assumed_discounts: { aws/ec2: -5% } }]`,
    /the discount of aws\/ec2 is from 0 to below 100 %/,
  ],
  [
    "a cover without %",
    `savings_plans: [{ cover: 70, term: 1y, payment: no_upfront, discounts: { aws/ec2: 27% } }]`,
    /"cover" is between 0 and 100 %/,
  ],
  [
    "a commitment below 0",
    `savings_plans: [{ commit: -1, term: 1y, payment: no_upfront, discounts: { aws/ec2: 27% } }]`,
    /"commit" is 0 or more/,
  ],
])("%s out of its range is refused", async (_, rule, words) => {
  expect(await refused(`${EC2}${rule}\n`)).toMatch(words);
});

test.each(["20", "20%", "20 %", "0.2 * 100 %"])("percent: %s takes a fifth off", async (percent) => {
  const [whole, less] = [
    (await runText(EC2)).architectures["one"]?.cost.month,
    (await runText(`${EC2}discounts: [{ services: [aws/ec2], percent: "${percent}" }]\n`)).architectures["one"]?.cost
      .month,
  ];
  expect(less).toBeCloseTo((whole ?? Number.NaN) * 0.8, 9);
});
