// What stands beside the cost of an architecture, in assertions: environments, accounts, the second total.
import { expect, test } from "vitest";
import { namesOf } from "../../src/budget/names.ts";
import { runText } from "../run.ts";

const SCENARIO = `
scenario: Beside
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 month }
variables: { calls: 1000000 }
environments: { live: {}, test: { load: 2%, schedule: weekdays 8..18 } }
accounts: { one-live: { environments: [live] }, one-test: { environments: [test] } }
`;
const OVERHEADS = `
overheads:
  support: { plan: developer, reason: cheapest }
  tax: { title: VAT, percent: 20%, reason: here }
  currency: { code: EUR, rate: 0.5, date: 2026-11-20, source: made up }
`;
const PARTS = `
architectures:
  a: { components: { nat: { service: aws/nat-gateway, zones: 2, data: 1 KB }, disk: { service: aws/ebs, size: 100 GB } } }
`;

function value(names: ReturnType<typeof namesOf>, name: string): number {
  const figure = names.get(name);
  if (figure?.kind !== "number") throw new Error(`no number ${name}`);
  return figure.value;
}

test("environments and accounts have names, and add up to the cost", async () => {
  const names = namesOf(await runText(SCENARIO + PARTS));
  const [live, tests] = ["live", "test"].map((name) => value(names, `a.environments.${name}.month`));
  expect((live ?? 0) + (tests ?? 0)).toBeCloseTo(value(names, "a.cost.month"), 9);
  expect(value(names, "a.accounts.one_live.month")).toBeCloseTo(live ?? 0, 9);
  expect(value(names, "a.accounts.one_test.share")).toBeCloseTo(value(names, "a.environments.test.share"), 12);
  expect(value(names, "a.environments.test.roles.storage.month")).toBeCloseTo(8, 9);
});

test("the second total has names of its own, and the cost stays what it is", async () => {
  const plain = value(namesOf(await runText(SCENARIO + PARTS)), "a.cost.month");
  const names = namesOf(await runText(SCENARIO + OVERHEADS + PARTS));
  expect(value(names, "a.cost.month")).toBe(plain);
  // Developer has a minimum of 29 USD for each of two accounts.
  expect(value(names, "a.overheads.support.month")).toBeCloseTo(58, 9);
  expect(value(names, "a.overheads.tax.month")).toBeCloseTo((plain + 58) * 0.2, 9);
  expect(value(names, "a.overheads.month")).toBeCloseTo((plain + 58) * 1.2, 9);
  expect(value(names, "a.overheads.currency.month")).toBeCloseTo((plain + 58) * 0.6, 9);
});

test("without overheads a budget on them is told why, and never passes", async () => {
  expect(namesOf(await runText(SCENARIO + PARTS)).get("a.overheads.month")).toMatchObject({ kind: "absent" });
});

const FLEETS = `
scenario: Two accounts
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 month }
variables: { calls: 1000000 }
accounts: { big: { components: [many] }, small: { components: [few] } }
architectures:
  a:
    components:
      many: { service: aws/ec2, instance: m5.large, instances: 2 }
      few: { service: aws/ec2, instance: m5.large, instances: 1 }
`;

test("a quota that two accounts have is told with its account, and a budget on it looks at the tighter one", async () => {
  const result = await runText(FLEETS);
  const vcpus = result.architectures["a"]?.limits.filter(({ quota }) => quota === "aws/ec2/standard_vcpu") ?? [];
  expect(vcpus.map(({ title, account }) => title.startsWith(`${account}: `))).toEqual([true, true]);
  // four and two of five vCPUs
  expect(value(namesOf(result), "a.limits.quotas.aws_ec2_standard_vcpu.headroom")).toBeCloseTo(0.2, 12);
});
