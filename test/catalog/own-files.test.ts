// Files of prices that users lay over the built-in ones: a slip in one is reported with its place, never a price unused.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { archcost, withFile } from "../run.ts";

const SCENARIO = `scenario: Own prices
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 month }
variables: { calls: 1000 }
architectures: { one: { components: { work: { service: aws/lambda, duration: 100 ms } }, omit: { logs: x } } }
`;

function folder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "archcost-own-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function runWith(files: Readonly<Record<string, string>>) {
  return withFile(SCENARIO, (file) => archcost(["run", file, "--pricing", folder(files), "--quiet"]));
}

const RATES = "aws/lambda/rates/us-east-1.yaml";
const head = (more: string, region = "us-east-1", service = "aws/lambda") =>
  `service: ${service}\nregion: ${region}\n${more}`;
const DATED =
  'defaults: { from: 2026-01-01, unit: request, source: "https://example.com/contract", retrieved: 2026-02-03 }';
const ONE = `${DATED}\nrates:\n  requests_x86_64: "0.0000001"\n`;

test.each([
  [
    "an unknown key",
    { [RATES]: head(`${DATED}\nrates:\n  requests_x86: "1"\n`) },
    'no price "requests_x86"',
    '"requests_x86_64"',
  ],
  [
    "an unknown word in a key",
    { [RATES]: head(`${DATED}\nrates:\n  compute_arm: "1"\n`) },
    "compute_arm",
    "compute_arm64",
  ],
  ["another region", { [RATES]: head(ONE, "us-west-2") }, '"region" is "us-west-2"', "write region: us-east-1"],
  [
    "another service",
    { [RATES]: head(ONE, "us-east-1", "aws/sqs") },
    '"service" is "aws/sqs"',
    "write service: aws/lambda",
  ],
  [
    "no date",
    { [RATES]: head('defaults: { unit: request }\nrates:\n  requests_x86_64: "1"\n') },
    "has no date (from)",
    "under defaults",
  ],
  [
    "no price",
    { [RATES]: head(`${DATED}\nrates:\n  requests_x86_64: { unit: request }\n`) },
    "either a price or tiers",
    "",
  ],
  [
    "a gap in tiers",
    { [RATES]: head(`${DATED}\nrates:\n  requests_x86_64: { tiers: [{ from: 0, to: 5, price: "1" }] }\n`) },
    "ends at 5",
    "",
  ],
  ["no such service", { "aws/lamda/rates/us-east-1.yaml": head(ONE) }, 'no service "aws/lamda"', '"aws/lambda"'],
  [
    "no such region",
    { "aws/lambda/rates/us-eats-1.yaml": head(ONE, "us-eats-1") },
    'no region "us-eats-1"',
    '"us-east-1"',
  ],
  [
    "no such quota",
    {
      "aws/lambda/quotas.yaml":
        "service: aws/lambda\nquotas: { concurrent: { title: x, kind: count, unit: execution, scope: account, adjustable: true, on_exceed: reject, retrieved: 2026-01-01, values: [{ from: 2026-01-01, value: 1, source: x }] } }\n",
    },
    'no quota "concurrent"',
    "",
  ],
])("a run refuses %s", async (_, files, message, hint) => {
  const { code, stderr } = await runWith(files);
  expect({ code, errors: stderr.match(/error: /g)?.length }).toEqual({ code: 2, errors: 1 });
  expect(stderr).toContain(message);
  expect(stderr).toContain(hint);
  expect(stderr).not.toMatch(/^pricing\//m);
});

test.each([
  ["prices", { [RATES]: head("rates: 5\n") }],
  [
    "a service",
    { "aws/lambda/service.yaml": "service: aws/lambda\ntitle: 5\nfocus: { ServiceName: x, ServiceCategory: y }\n" },
  ],
])("a file of %s that cannot be read is one message", async (_, files) => {
  const { code, stderr } = await runWith(files);
  expect({ code, errors: stderr.match(/error: /g)?.length }).toEqual({ code: 2, errors: 1 });
});

test("one message says that all prices of a file lack a date", async () => {
  const { stderr } = await runWith({ [RATES]: head('rates:\n  requests_x86_64: "1"\n  compute_x86_64: "1"\n') });
  expect(stderr).toMatch(/aws\/lambda#requests_x86_64 in us-east-1 has no date \(from\), and so have 1 more\n/);
});

test("a price of an overlay is used", async () => {
  const { code, stdout } = await runWith({ [RATES]: head(ONE) });
  expect(code).toBe(0);
  expect(stdout).toMatch(/requests +1,000 requests? × \$0\.0000001 /);
});

test("verify looks at what an overlay holds, not for what it lacks", async () => {
  const sound = await archcost(["prices", "verify", "--pricing", folder({ [RATES]: head(ONE) })]);
  expect([sound.code, sound.stderr]).toEqual([0, ""]);
  expect(sound.stdout).toMatch(/^1 price of 1 service/);
  const newRegion = folder({ "aws/lambda/rates/eu-south-2.yaml": head(ONE, "eu-south-2") });
  expect((await archcost(["prices", "verify", "--pricing", newRegion])).code).toBe(0);
  const unsourced = folder({
    [RATES]: head('rates:\n  requests_x86_64: { from: 2026-01-01, unit: request, price: "1" }\n'),
  });
  const found = await archcost(["prices", "verify", "--pricing", unsourced]);
  expect(found.code).toBe(2);
  expect(found.stderr).toMatch(/us-east-1\.yaml:4:3: error: aws\/lambda#requests_x86_64 in us-east-1: has no source/);
  expect(found.stderr.match(/error: /g)).toHaveLength(2);
});

test("verify names a file that nothing reads", async () => {
  const { code, stderr } = await archcost([
    "prices",
    "verify",
    "--pricing",
    folder({ "aws/lambda/prices/us-east-1.yaml": ONE }),
  ]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/aws\/lambda\/prices\/us-east-1\.yaml is not read/);
});
