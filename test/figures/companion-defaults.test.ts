// Defaults that depend on what stands beside a component: the logs of functions are vended logs, whose price falls in tiers.
import { expect, test } from "vitest";
import { runText } from "../run.ts";

const FUNCTION = "f: { service: aws/lambda, invocations: 1, duration: 1 ms }";
const LOGS = "logs: { service: aws/cloudwatch-logs, ingested: 11 TB, kept: 0 days";
const STANDARD = 11 * 1024 * 0.5;
const VENDED = 10240 * 0.5 + 1024 * 0.25;

/** USD a month of the logs of each architecture. */
async function logs(architectures: string): Promise<Record<string, number>> {
  const result = await runText(`
scenario: Logs
region: us-east-1
as_of: 2026-11-23
workload: { unit: unit, driver: units, throughput: units / 1 month }
variables: { units: 1 }
architectures:
${architectures}`);
  return Object.fromEntries(
    Object.entries(result.architectures).map(([name, { components }]) => [name, components["logs"]?.cost.month ?? 0]),
  );
}

test.each([
  { beside: FUNCTION, expected: VENDED },
  { beside: "w: { service: aws/step-functions-standard, transitions: 1 }", expected: VENDED },
  { beside: 'w: { service: aws/step-functions-express, duration: 1 s, log_level: "off" }', expected: VENDED },
  { beside: `${FUNCTION}, api: { service: aws/api-gateway-http }`, expected: VENDED },
  { beside: `${FUNCTION}, q: { service: aws/sqs }`, expected: VENDED },
  { beside: `${FUNCTION}, box: { service: aws/ec2, instance: t3.medium }`, expected: STANDARD },
  { beside: "box: { service: aws/ec2, instance: t3.medium }", expected: STANDARD },
  { beside: "q: { service: aws/sqs }", expected: STANDARD },
])("logs beside { $beside } cost $expected", async ({ beside, expected }) => {
  const found = await logs(
    `  a: { components: { ${beside}, ${LOGS} } }, omit: { data-transfer: x, instance-storage: x } }`,
  );
  expect(found["a"]).toBeCloseTo(expected, 6);
});

test("who calls the logs decides, and what the scenario says goes first", async () => {
  const box = "box: { service: aws/ec2, instance: t3.medium }";
  const found = await logs(`
  called: { components: { ${FUNCTION}, ${box}, ${LOGS}, called_by: f } } }
  stated: { components: { ${FUNCTION}, ${LOGS}, written_by: applications } } }
`);
  expect(found["called"]).toBeCloseTo(VENDED, 6);
  expect(found["stated"]).toBeCloseTo(STANDARD, 6);
});

test("an architecture that inherits the logs and adds instances has them at the price of its own", async () => {
  const found = await logs(`
  a: { components: { ${FUNCTION}, ${LOGS} } } }
  b: { extends: a, components: { box: { service: aws/ec2, instance: t3.medium } } }
  c: { extends: a, components: { q: { service: aws/sqs } } }
`);
  expect(found["a"]).toBeCloseTo(VENDED, 6);
  expect(found["b"]).toBeCloseTo(STANDARD, 6);
  expect(found["c"]).toBeCloseTo(VENDED, 6);
});
