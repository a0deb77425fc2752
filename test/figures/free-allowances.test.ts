// Free allowances: what they take off, who has used them up, and what is said of those that are not counted.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { resultSchema } from "../../src/result/schema.ts";
import { archcost, runText, withFile } from "../run.ts";

function scenario(components: string, existing = "", units = 1): string {
  return `
scenario: Allowances
region: us-east-1
as_of: 2026-11-23
${existing === "" ? "" : `existing: ${existing}`}
workload: { unit: unit, driver: units, throughput: units / 1 month }
variables: { units: ${units}, others: 600000 }
architectures:
  a:
    omit: { logs: x, data-transfer: x, public-ipv4: x }
    components: { ${components} }
`;
}

async function month(components: string, existing = "", units = 1): Promise<number> {
  const { architectures } = await runText(scenario(components, existing, units));
  return architectures["a"]?.cost.month ?? Number.NaN;
}

const EGRESS = "out: { service: aws/data-transfer-internet, data: 63488 GB }";

test("an allowance comes off the first tier and moves no edge", async () => {
  // 10,240 GB at 0.09, 40,960 at 0.085 and 12,288 at 0.07, less 100 GB at 0.09
  expect(await month(EGRESS)).toBeCloseTo(5263.36, 6);
  expect(await month(EGRESS, "{ free_tier: always }")).toBeCloseTo(5254.36, 6);
});

test("an allowance of all regions is shared by them, each with tiers of its own", async () => {
  const both =
    "one: { service: aws/data-transfer-internet, data: 63488 GB }, two: { service: aws/data-transfer-internet, data: 63488 GB, region: us-west-2 }";
  expect(await month(both, "{ free_tier: always }")).toBeCloseTo(2 * 5263.36 - 100 * 0.09, 6);
});

test.each([
  { usage: 40, left: 60 },
  { usage: 100, left: 0 },
  { usage: 20000, left: 0 },
])("$usage GB used elsewhere leave $left GB of 100", async ({ usage, left }) => {
  const used = `usage: { aws/data-transfer-internet: { out: ${usage} GB } }`;
  const data = "out: { service: aws/data-transfer-internet, data: 1000 GB }";
  // both begin where the usage ends, in the first tier or in the second
  const price = usage >= 10240 ? 0.085 : 0.09;
  expect(await month(data, `{ ${used} }`)).toBeCloseTo(1000 * price, 6);
  expect(await month(data, `{ free_tier: always, ${used} }`)).toBeCloseTo((1000 - left) * price, 6);
});

test("usage of one call uses up the allowance that all calls share, and may be a formula", async () => {
  const queue = "q: { service: aws/sqs, messages: 1e6, receives: 0, deletes: 0 }";
  expect(await month(queue, "{ free_tier: always, usage: { aws/sqs: { delete: others } } }")).toBeCloseTo(0.24, 9);
  // calls share their tiers too: 99,999.5 M of 100,000 M are used
  expect(await month(queue, "{ usage: { aws/sqs: { delete: 99999500000 } } }")).toBeCloseTo(0.5 * 0.4 + 0.5 * 0.3, 9);
});

test("what is billed at another service's price draws on that service's allowance", async () => {
  const logs = "w: { service: aws/step-functions-express, duration: 100 ms, log_events: 1, log_event_size: 8 GB }";
  const own = "l: { service: aws/cloudwatch-logs, ingested: 2 GB, kept: 0 days, class: vended }";
  const [with0, withAll] = [await month(`${logs}, ${own}`), await month(`${logs}, ${own}`, "{ free_tier: always }")];
  expect(with0 - withAll).toBeCloseTo(5 * 0.5, 9);
});

test("all that is free costs nothing, to the last bit", async () => {
  const three = "q: { service: aws/sqs, messages: 0.1, receives: 0.7 / 3, deletes: 0.3 }";
  expect(await month(three, "{ free_tier: always }", 1e6 / 3)).toBe(0);
});

const TWO = "f: { service: aws/lambda, duration: 1 ms }, q: { service: aws/sqs, receives: 0, deletes: 0 }";

test.each([
  { said: "none", lambda: 0.2, queue: 0.4 },
  { said: "always", lambda: 0, queue: 0 },
  { said: "{ aws/sqs: always }", lambda: 0.2, queue: 0 },
  { said: "{ aws/*: always, aws/lambda: none }", lambda: 0.2, queue: 0 },
  { said: "used", lambda: 0.2, queue: 0.4 },
  { said: "unused", lambda: 0, queue: 0 },
])("free_tier: $said", async ({ said, lambda, queue }) => {
  const { architectures } = await runText(scenario(TWO, `{ free_tier: ${said} }`, 1e6));
  const requests = architectures["a"]?.line_items.find((line) => line.x_Meter === "requests")?.EffectiveCost;
  expect(requests).toBeCloseTo(lambda, 9);
  expect(architectures["a"]?.components["q"]?.cost.month).toBeCloseTo(queue, 9);
});

test("an allowance that ends after a year is not one that every payer has", async () => {
  const text = `catalog: ./prices\n${scenario("b: { service: acme/box, boxes: 3 }", "{ free_tier: always }")}`;
  await withFile(text, async (file) => {
    const folder = join(dirname(file), "prices", "acme", "box");
    mkdirSync(join(folder, "rates"), { recursive: true });
    const free = "amount: 1, unit: request, scope: payer-global, source: https://example.org, retrieved: 2026-11-23";
    writeFileSync(
      join(folder, "service.yaml"),
      `service: acme/box
title: Box
focus: { ServiceName: Box, ServiceCategory: Other }
parameters: { boxes: { default: 1, doc: boxes } }
meters:
  new: { title: New, quantity: boxes, unit: request, role: work, free: new }
  old: { title: Old, quantity: boxes, unit: request, role: work, free: old }
free: { new: { ${free}, expires: 12 months }, old: { ${free}, expires: never } }
`,
    );
    const rate = `{ from: 2026-01-01, unit: request, price: "1", source: https://example.org, retrieved: 2026-11-23 }`;
    writeFileSync(
      join(folder, "rates", "us-east-1.yaml"),
      `service: acme/box\nregion: us-east-1\nrates: { new: ${rate}, old: ${rate} }\n`,
    );
    const ran = await archcost(["run", file, "--format", "json"]);
    expect(ran.stderr).toBe("");
    expect(resultSchema.parse(JSON.parse(ran.stdout)).architectures["a"]?.cost.month).toBeCloseTo(3 + 2, 9);
  });
});

const SENTENCE = /^Free allowances that every payer has each month are not counted\. They would take (.*)\. To count/;

test("the summary says what allowances that nobody counts would take off, above 1 %", async () => {
  const verdict = async (existing: string, units: number): Promise<string | undefined> => {
    const { comparison } = await runText(scenario(TWO, existing, units));
    return comparison.verdict.map((sentence) => SENTENCE.exec(sentence)?.[1]).find((part) => part !== undefined);
  };
  // 2 M requests at 0.20 and 0.40 a million, and 250 GB-seconds (0.004 USD)
  expect(await verdict("", 2e6)).toBe("$0.604 a month (50.2 %) off a");
  expect(await verdict("{ free_tier: { aws/sqs: always } }", 2e6)).toBe("$0.204 a month (25.4 %) off a");
  expect(await verdict("{ usage: { aws/sqs: { send: 1e6 } } }", 2e6)).toBe("$0.204 a month (17 %) off a");
  expect(await verdict("", 1e9)).toBeUndefined();
  for (const said of ["none", "always"]) expect(await verdict(`{ free_tier: ${said} }`, 2e6)).toBeUndefined();
});

test.each([
  { existing: "{ free_tier: { aws/lamda: always } }", told: 'did you mean "aws/lambda"?' },
  { existing: "{ free_tier: { aws/lambda: sometimes } }", told: '"aws/lambda" is to be none or always' },
  { existing: "{ usage: { aws/lamda: { requests: 1 } } }", told: 'did you mean "aws/lambda"?' },
  { existing: "{ usage: { aws/sqs: { sned: 1 } } }", told: 'did you mean "send"?' },
])("$existing is a fault, with a place", async ({ existing, told }) => {
  await withFile(scenario(TWO, existing), async (file) => {
    const ran = await archcost(["run", file]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(told);
    expect(ran.stderr.match(/error:/g)).toHaveLength(1);
    expect(ran.stderr).toMatch(/scenario\.yaml:5:\d+: error/);
  });
});
