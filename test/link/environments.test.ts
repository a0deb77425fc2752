// Environments, accounts and what is paid on top, each against a figure worked out by hand.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ArchitectureResult } from "../../src/result/schema.ts";
import { archcost, runText, withFile } from "../run.ts";

const HEAD = `
scenario: Environments
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 month }
variables: { calls: 1000000, size: 10 GB }
`;

async function only(body: string): Promise<ArchitectureResult> {
  const { architectures } = await runText(HEAD + body);
  const first = Object.values(architectures)[0];
  if (first === undefined) throw new Error("no architecture");
  return first;
}

function quantity({ line_items: items }: ArchitectureResult, component: string, meter: string): number {
  return items
    .filter((line) => line.x_Component === component && line.x_Meter === meter)
    .reduce((sum, line) => sum + line.PricingQuantity, 0);
}

const API = `
architectures:
  a:
    components:
      app: { service: aws/ecs-fargate, tasks: 6, cpu: 1 vCPU, memory: 2 GB }
      nat: { service: aws/nat-gateway, zones: 3, data: 1 KB }
      queue: { service: aws/sqs, receives: 0, deletes: 0 }
      disk: { service: aws/ebs, size: size }
`;
const TEST = "environments: { prod: {}, test: { load: 2%, schedule: weekdays 8..18, min_copies: 1 } }\n";
/** hours of weekdays 8..18 in a month of 730 h */
const OPEN = (730 * 50) / 168;

test("the first environment is the architecture as written", async () => {
  const alone = await only(API);
  const both = await only(TEST + API);
  expect(both.environments?.["prod"]?.month).toBeCloseTo(alone.cost.month, 9);
  expect(alone.environments).toBeUndefined();
  expect(alone.line_items.every((line) => line.x_Environment === undefined)).toBe(true);
});

test("environments are listed apart and add up; they pay for work of their own load in their hours", async () => {
  const a = await only(TEST + API);
  const { prod, test: tests } = a.environments ?? {};
  if (prod === undefined || tests === undefined) throw new Error("no environments");
  expect(prod.month + tests.month).toBeCloseTo(a.cost.month, 9);
  expect(quantity(a, "queue", "send")).toBeCloseTo(1e6, 3);
  expect(quantity(a, "queue@test", "send")).toBeCloseTo((1e6 * 0.02 * 50) / 168, 3);
  expect(a.components["queue@test"]?.environment).toBe("test");
});

test("what an architecture inherits unchanged is the same thing in both, in every environment: nothing unknown differs", async () => {
  const { comparison } = await runText(
    `current: a\n${HEAD}${TEST}${API}  b:\n    extends: a\n    components: { more: { service: aws/ebs, size: size } }\n`,
  );
  const { change } = comparison.carbon?.rows[0] ?? {};
  if (change === undefined || change === null) throw new Error("no ranking");
  expect(change.central).toBeGreaterThan(0);
  // A little more of everything that is the same: no band of the rest can make it less.
  expect(change.low).toBeGreaterThan(0);
});

test("fixed cost repeats in each environment, whatever its hours", async () => {
  const a = await only(TEST + API);
  expect(quantity(a, "nat@test", "hours")).toBe(3 * 730);
  expect(quantity(a, "disk@test", "storage")).toBe(10);
});

test("what the service cannot stop runs on while its environment is off; what can stop keeps its disk", async () => {
  const a = await only(`${TEST}architectures:
  a:
    components:
      cache: { service: aws/elasticache, node_type: t4g.micro, nodes: 6 }
      db: { service: aws/rds, instance: db.t4g.micro, storage: 20 GB, instances: 2 }
      box: { service: aws/ec2, instance: t3.medium, instances: 2, root_volume: 8 GB }
`);
  // two hundredths of six nodes, rounded up, in every hour of the month
  expect(quantity(a, "cache@test", "nodes")).toBe(730);
  expect(quantity(a, "db@test", "instances")).toBeCloseTo(OPEN, 6);
  expect(quantity(a, "db@test", "storage")).toBe(20);
  expect(quantity(a, "box@test", "hours")).toBeCloseTo(OPEN, 6);
  expect(quantity(a, "box@test", "root_volume")).toBe(8);
  await withFile(
    `${HEAD}${TEST}architectures: { a: { components: { cache: { service: aws/elasticache, node_type: t4g.micro, nodes: 6 } } } }`,
    async (file) => {
      const ran = await archcost(["explain", file, "a.cache@test"]);
      expect(ran.stdout).toContain("in test, 2% of the copies elsewhere, at least 1");
      expect(ran.stdout).not.toContain("switched on");
    },
  );
});

test.each([
  { load: "2%", min: 1, copies: 1, why: "a fiftieth of six, rounded up" },
  { load: "50%", min: 1, copies: 3, why: "half of six" },
  { load: "2%", min: 4, copies: 4, why: "as many as are wanted at least" },
  { load: "2%", min: 9, copies: 6, why: "no more than there are elsewhere" },
  { load: "200%", min: 1, copies: 12, why: "twice the load wants twice the copies" },
])("load $load, min_copies $min: $copies tasks while it is switched on ($why)", async ({ load, min, copies }) => {
  const environments = `environments: { prod: {}, test: { load: ${load}, schedule: weekdays 8..18, min_copies: ${min} } }\n`;
  const a = await only(environments + API);
  expect(quantity(a, "app@test", "vcpu")).toBeCloseTo(copies * OPEN, 6);
});

test("without min_copies the formula gives the copies, here as many as in production", async () => {
  const a = await only(`environments: { prod: {}, test: { load: 2% } }\n${API}`);
  expect(quantity(a, "app@test", "vcpu")).toBe(6 * 730);
});

test("an environment changes variables and components, and leaves some out", async () => {
  const a = await only(`environments:
  prod: {}
  test: { load: 10%, variables: { size: 4 GB }, components: { app: { tasks: 2 }, nat: null } }
${API}`);
  expect(quantity(a, "disk@test", "storage")).toBe(4);
  expect(quantity(a, "app@test", "vcpu")).toBe(2 * 730);
  expect(Object.keys(a.components)).not.toContain("nat@test");
  expect(Object.keys(a.components)).toContain("nat");
});

test("tiers and free allowances pool over environments and accounts: one payer", async () => {
  const s3 = (prod: number, stage: number) =>
    `
environments: { prod: {}, stage: { variables: { size: ${stage} TB } } }
accounts: { one: { environments: [prod] }, two: { environments: [stage] } }
architectures: { a: { components: { data: { service: aws/s3, stored: size } } } }
`.replace("SIZE", String(prod));
  const a = await runText(HEAD.replace("size: 10 GB", "size: 30 TB") + s3(30, 40));
  // 70 TB together: 50 TB in the first tier, 20 in the second
  expect(a.architectures["a"]?.cost.month).toBeCloseTo(51200 * 0.023 + 20480 * 0.022, 6);
});

test("quotas are each account's own; components may have an account of theirs", async () => {
  const accounts =
    "accounts: { one: { environments: [prod] }, two: { environments: [test, stage] }, net: { components: [nat] } }\n";
  const a = await only(`environments: { prod: {}, test: {}, stage: {} }\n${accounts}${API}`);
  const fargate = a.limits.filter(({ quota }) => quota === "aws/ecs-fargate/ondemand_vcpu");
  expect(fargate.map(({ account, demand }) => [account, demand])).toEqual(
    expect.arrayContaining([
      ["one", 6],
      ["two", 12],
    ]),
  );
  expect(a.components["nat@stage"]?.account).toBe("net");
  expect(a.line_items.find((line) => line.x_Component === "app@test")?.SubAccountId).toBe("two");
});

test("explain re-adds to the cost of a component in an environment, and says what made its copies", async () => {
  await withFile(HEAD + TEST + API, async (file) => {
    const ran = await archcost(["explain", file, "a.app@test"]);
    expect(ran.stdout).toContain("in test, 2% of the copies elsewhere, at least 1, switched on weekdays 8..18");
    expect(ran.stdout).toMatch(/total: .* = /);
  });
});

test.each([
  { body: "environments: { prod: { load: 50% } }", why: "first environment" },
  { body: "environments: { prod: {}, test: { schedule: nights } }", why: "a schedule is days and hours" },
  { body: "environments: { prod: {}, test: { components: { quue: { count: 2 } } } }", why: 'did you mean "queue"?' },
  { body: "environments: { prod: {}, test: { variables: { calls: 5 } } }", why: '"load" scales it' },
  { body: "accounts: { one: { environments: [prd] } }\nenvironments: { prod: {} }", why: 'did you mean "prod"?' },
  { body: "accounts: { one: { components: [nat] }, two: { components: [nat] } }", why: '"nat" is in "one" already' },
  { body: "overheads: { support: { plan: busines } }", why: 'did you mean "business"?' },
  {
    body: "environments: { prod: {}, test: {} }\naccounts: { one: { environments: [prod] } }\nexisting: { spend: 5 USD }\noverheads: { support: { plan: business } }",
    why: "the plan is each account's own",
  },
])("told: $why", async ({ body, why }) => {
  await withFile(`${HEAD}${body}\n${API}`, async (file) => {
    const ran = await archcost(["run", file]);
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining(why)]);
  });
});

const STATED = `
architectures:
  a: { components: { bill: { service: custom/line, quantity: 1, unit: month, price: SPEND, role: work, source: x, reason: x } } }
`;

async function overheads(spend: number, body: string): Promise<ArchitectureResult> {
  return only(`${body}\n${STATED.replace("SPEND", String(spend))}`);
}

test.each([
  { spend: 100, support: 100, why: "the minimum" },
  { spend: 1000, support: 100, why: "ten percent are the minimum" },
  { spend: 10000, support: 1000, why: "at the edge of the first band" },
  { spend: 10001, support: 1000.07, why: "one dollar into the second" },
  { spend: 300000, support: 1000 + 4900 + 8500 + 1500, why: "through all four bands" },
])("business support on $spend USD is $support: $why", async ({ spend, support }) => {
  const a = await overheads(spend, "overheads: { support: { plan: business } }");
  expect(a.overheads?.lines[0]?.cost).toBeCloseTo(support, 6);
  expect(a.overheads?.month).toBeCloseTo(spend + support, 6);
  expect(a.cost.month).toBe(spend);
});

test("what is spent already decides the band: only what comes on top is counted", async () => {
  const a = await overheads(1000, "existing: { spend: 79500 USD }\noverheads: { support: { plan: business } }");
  expect(a.overheads?.lines[0]?.cost).toBeCloseTo(500 * 0.07 + 500 * 0.05, 6);
});

test("a plan counts gross charges: what a discount took off counts again; tax is on what is paid", async () => {
  const body = `discounts: [{ services: ["aws/*"], percent: 50 }]
overheads: { support: { plan: enterprise-on-ramp }, tax: { title: VAT, percent: 20% } }
architectures: { a: { components: { data: { service: aws/s3, stored: 10000 TB } } } }`;
  const a = await only(body);
  const [support, tax] = a.overheads?.lines ?? [];
  if (support === undefined || tax === undefined) throw new Error("no overheads");
  expect(support.base).toBeCloseTo(a.cost.list_month, 6);
  expect(support.cost).toBeCloseTo(0.1 * a.cost.list_month, 6);
  expect(tax.cost).toBeCloseTo(0.2 * (a.cost.month + support.cost), 6);
});

test("the second total is shown in a stated currency, the headline stays in dollars", async () => {
  const body = "overheads: { currency: { code: EUR, rate: 0.9, date: 2026-11-20, source: a bank } }";
  const a = await overheads(1000, body);
  expect([a.cost.month, a.overheads?.month, a.overheads?.currency?.month]).toEqual([1000, 1000, 900]);
  await withFile(`${HEAD}${body}\n${STATED.replace("SPEND", "1000")}`, async (file) => {
    const { stdout } = await archcost(["run", file]);
    expect(stdout).toMatch(/^a costs \$1,000 a month/);
    expect(stdout).toContain("1 USD is 0.9 EUR, as stated for 2026-11-20 (a bank)");
  });
});

test("support grows with what is spent, and never by more than its first percentage", async () => {
  const amount = fc.integer({ min: 1000, max: 400_000 });
  await fc.assert(
    fc.asyncProperty(amount, amount, async (existing, spend) => {
      const body = `existing: { spend: ${existing} USD }\noverheads: { support: { plan: business } }`;
      const cost = (await overheads(spend, body)).overheads?.lines[0]?.cost;
      expect(cost).toBeGreaterThan(0);
      expect(cost).toBeLessThanOrEqual(0.1 * spend + 1e-9);
      expect(cost).toBeGreaterThanOrEqual(0.03 * spend - 1e-9);
    }),
    { numRuns: 15 },
  );
});

test("a bill is that of the first environment; another may state its own", async () => {
  const billed = (more: string): string => `
environments: { prod: {}, test: { load: 2%${more} } }
architectures:
  a: { components: { nat: { service: aws/nat-gateway, zones: 1, data: 0 KB, actual: { cost: 30, month: 2026-10, source: bill } } } }
`;
  const once = await only(billed(""));
  expect(once.components["nat"]?.actual?.actual).toBe(30);
  expect(once.components["nat@test"]?.actual).toBeUndefined();
  const own = ", components: { nat: { actual: { cost: 20, month: 2026-10, source: bill } } }";
  expect((await only(billed(own))).components["nat@test"]?.actual?.actual).toBe(20);
});
