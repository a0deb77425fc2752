// What a scenario may say of use, money and time, each against a figure worked out by hand.
import { expect, test } from "vitest";
import type { ArchitectureResult, LineItem } from "../../src/result/schema.ts";
import { archcost, runText, withFile } from "../run.ts";

const HEAD = `
scenario: Features
region: us-east-1
as_of: 2026-11-23
`;

async function only(body: string): Promise<ArchitectureResult> {
  const result = await runText(HEAD + body);
  const first = Object.values(result.architectures)[0];
  if (first === undefined) throw new Error("no architecture");
  return first;
}

function cost(architecture: ArchitectureResult, filter: (line: LineItem) => boolean = () => true): number {
  return architecture.line_items.filter(filter).reduce((sum, line) => sum + line.EffectiveCost, 0);
}

const PER_MONTH =
  "workload: { unit: call, driver: calls, throughput: calls / 1 month }\nvariables: { calls: 1000000 }\n";
const LAMBDA = 0.0000166667;

test("attempts multiply what is downstream, and retries are lines of their own", async () => {
  const a = await only(`${PER_MONTH}
architectures:
  a:
    omit: { logs: x }
    components:
      first: { service: aws/lambda, duration: 1 s, memory: 1 GB, attempts: 1.25 }
      second: { service: aws/lambda, called_by: first, duration: 1 s, memory: 1 GB, attempts: 2 }
`);
  expect(cost(a, (line) => line.x_Meter === "compute" && line.x_Component === "first")).toBeCloseTo(1.25e6 * LAMBDA, 6);
  expect(cost(a, (line) => line.x_Meter === "compute" && line.x_Component === "second")).toBeCloseTo(2.5e6 * LAMBDA, 6);
  expect(cost(a, (line) => line.x_Kind === "retries" && line.x_Meter === "compute")).toBeCloseTo(
    (0.25 + 1.5) * 1e6 * LAMBDA,
    6,
  );
});

test("count makes copies alike: fixed cost repeats, work is shared out", async () => {
  const a = await only(`${PER_MONTH}
architectures:
  a: { components: { box: { service: aws/ec2, instance: t3.medium, count: 3 }, f: { service: aws/lambda, duration: 1 s, memory: 1 GB, count: 3 } } }
`);
  expect(cost(a, (line) => line.x_Component === "box")).toBeCloseTo(3 * 730 * 0.0416, 6);
  expect(cost(a, (line) => line.x_Component === "f" && line.x_Meter === "compute")).toBeCloseTo(1e6 * LAMBDA, 6);
});

test("tiers pool over components, and begin where existing usage ends", async () => {
  const body = (more: string) => `
workload: { unit: call, driver: calls, throughput: calls / 1 month }
variables: { calls: 4000000000 }
${more}
architectures:
  a:
    omit: { logs: x }
    components:
      f: { service: aws/lambda, duration: 1 s, memory: 1 GB }
      g: { service: aws/lambda, duration: 1 s, memory: 1 GB }
`;
  const compute = (line: LineItem) => line.x_Meter === "compute";
  expect(cost(await only(body("")), compute)).toBeCloseTo(6e9 * LAMBDA + 2e9 * 0.000015, 3);
  const used = await only(body("existing: { usage: { aws/lambda: { compute: 5000000000 } } }"));
  expect(cost(used, compute)).toBeCloseTo(1e9 * LAMBDA + 7e9 * 0.000015, 3);
});

test("free allowances are taken off once, and only when the organisation has not used them", async () => {
  const body = (more: string) => `${PER_MONTH}${more}
architectures:
  a:
    omit: { logs: x }
    components:
      f: { service: aws/lambda, duration: 300 ms, memory: 1 GB }
      g: { service: aws/lambda, duration: 300 ms, memory: 1 GB, architecture: arm64 }
`;
  expect(cost(await only(body("")), (line) => line.x_Meter === "requests")).toBeCloseTo(0.4, 9);
  const free = await only(body("existing: { free_tier: unused }"));
  expect(cost(free, (line) => line.x_Meter === "requests")).toBeCloseTo(0.2, 9);
  expect(cost(free, (line) => line.x_Meter === "compute")).toBeCloseTo(100_000 * (LAMBDA + 0.0000133334), 6);
});

test("services that sell the same rate share its allowance: 25 GB of tables are free once", async () => {
  const a = await only(`${PER_MONTH}
existing: { free_tier: unused }
architectures:
  a:
    components:
      one: { service: aws/dynamodb-on-demand, reads: 0, writes: 0, storage: 25 GB }
      two: { service: aws/dynamodb-provisioned, reads: 0, writes: 0, storage: 25 GB }
`);
  expect(cost(a, (line) => line.x_Meter === "storage")).toBeCloseTo(6.25, 9);
});

test("discounts on services multiply and stand beside the list cost", async () => {
  const a = await only(`${PER_MONTH}
discounts: [{ services: [aws/*], percent: 10 }, { services: [aws/lambda], percent: 50% }]
architectures: { a: { components: { f: { service: aws/lambda, duration: 1 s, memory: 1 GB } }, omit: { logs: x } } }
`);
  expect(a.cost.month / a.cost.list_month).toBeCloseTo(0.45, 12);
});

test("a Savings Plan is used hour by hour: what an hour leaves of the commitment is lost", async () => {
  // 2 instances for half of the day, none for the other half; the commitment covers one at a 50 % discount.
  const a = await only(`
workload:
  unit: call
  driver: calls
  throughput: calls / 1 s
  curve: { hours: [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] }
variables: { calls: 1 }
savings_plans: [{ commit: 0.34 USD/h, term: 1y, payment: no_upfront, discounts: { aws/ec2: 50% }, reason: test }]
architectures: { a: { components: { f: { service: aws/ec2, instance: c6i.4xlarge, instances: throughput * 1 s } } } }
`);
  const hours = 730;
  const covered = (hours / 2) * 0.34;
  expect(cost(a, (line) => line.x_Kind === "commitment" && line.x_Meter === "hours")).toBeCloseTo(covered, 6);
  expect(cost(a, (line) => line.x_Meter === "unused_commitment")).toBeCloseTo(covered, 6);
  expect(cost(a, (line) => line.x_Kind === "usage" && line.x_Meter === "hours")).toBeCloseTo((hours / 2) * 0.68, 6);
});

test("of two plans the highest discount goes first, and a plan without a known rate says what to state", async () => {
  const plan = "{ commit: 1 USD/h, term: 1y, payment: no_upfront }";
  const body = `${PER_MONTH}
savings_plans: [${plan}]
architectures: { a: { components: { f: { service: aws/ec2, instance: c6i.4xlarge } } } }
`;
  await withFile(HEAD + body, async (file) => {
    const ran = await archcost(["run", file]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("no Savings Plans rate is known");
  });
});

test("what is kept for ever grows: month 1, month 12, and the year as their sum", async () => {
  const a = await only(`
workload: { unit: file, driver: files, throughput: files / 1 month }
variables: { files: 1000 }
architectures: { a: { components: { store: { service: aws/s3, puts: 0, objects: 1, size: 1 GB, kept: forever } }, omit: { data-transfer: x } } }
`);
  const month = (m: number) => 1000 * (m - 0.5) * 0.023;
  expect(a.cost.month_1).toBeCloseTo(month(1), 6);
  expect(a.cost.month_12).toBeCloseTo(month(12), 6);
  expect(a.cost.year).toBeCloseTo(
    Array.from({ length: 12 }, (_, i) => month(i + 1)).reduce((x, y) => x + y),
    6,
  );
});

test("replicas follow the load curve; a schedule follows the clock", async () => {
  const a = await only(`
workload:
  unit: call
  driver: calls
  throughput: calls / 1 s
  curve: { hours: [0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0] }
variables: { calls: 100 }
architectures:
  a: { components: { f: { service: aws/ec2, instance: c6i.4xlarge, instances: "clamp(ceil(throughput / (30 / 1 s)), 1, 10)" } } }
  b: { components: { f: { service: aws/ec2, instance: c6i.4xlarge, instances: "if(hour >= 6 and hour < 18 and weekday < 5, 7, 1)" } } }
`);
  expect(cost(a)).toBeCloseTo(730 * 0.68 * (0.5 * 7 + 0.5 * 1), 6);
});

test("the variance against a bill splits into quantity and price, and adds up", async () => {
  const a = await only(`${PER_MONTH}
architectures:
  a:
    omit: { logs: x }
    components:
      f: { service: aws/lambda, duration: 1 s, memory: 1 GB, actual: { cost: 20 USD, quantity: 1100000, meter: compute, month: 2026-10, source: the bill } }
`);
  const actual = a.components["f"]?.actual;
  expect(actual?.estimate).toBeCloseTo(1e6 * LAMBDA + 0.2, 9);
  expect((actual?.quantity_variance ?? Number.NaN) + (actual?.price_variance ?? Number.NaN)).toBeCloseTo(
    actual?.variance ?? 0,
    9,
  );
  expect(actual?.quantity_variance).toBeCloseTo(0.1 * (1e6 * LAMBDA + 0.2), 9);
});

test("a companion that is neither held nor omitted is a warning and stands under Not counted", async () => {
  const result = await runText(`${HEAD}${PER_MONTH}
architectures: { a: { components: { f: { service: aws/lambda, duration: 1 s } } } }
`);
  expect(result.architectures["a"]?.not_counted.map((item) => [item.what, item.reason])).toContainEqual(["logs", null]);
  expect(result.warnings.join("\n")).toContain('omit: { logs: "why" }');
});

test.each([
  ["root_volume: 30 GB", false],
  ["root_volume: 0 GB", true],
  ["cpu_utilisation: 50%", true],
])("an instance with %s: storage is not counted: %s", async (line, isMissing) => {
  const result = await runText(`${HEAD}${PER_MONTH}
architectures: { a: { components: { m: { service: aws/ec2, instances: 2, instance: m6i.large, ${line} } } } }
`);
  const missing = result.architectures["a"]?.not_counted.map((item) => item.what) ?? [];
  expect(missing.includes("instance storage")).toBe(isMissing);
});

test.each([
  ["variables: { calls: 1, a: b + 1, b: a }", /"a" depends on itself: a -> b -> a/],
  ["variables: { calls: 1, a: 1 GB + 1 ms }", /"\+" wants like on both sides: the left is data, the right is time/],
  ["variables: { calls: 1, a: 5 / 0 }", /this divides by zero/],
  ["variables: { calls: 1, a: cals }", /no name "cals" here[\s\S]*did you mean "calls"/],
  ["variables: { calls: 1, a: min() }", /min/],
  ["variables: { calls: 1, a: exp(1e6) }", /gives no finite number/],
  ["variables: { calls: 1 }\nmonth: 2 h", /"month" is a length/],
  ["variables: { calls: 1 }\nexisting: { usage: { aws/lambda: { compute: 1 ms } } }", /existing usage of "compute"/],
])("%s is told with its place", async (lines, message) => {
  const body = `workload: { unit: call, driver: calls, throughput: calls / 1 s }
${lines}
architectures: { a: { components: { f: { service: aws/lambda, duration: 1 s } }, omit: { logs: x } } }
`;
  await withFile(HEAD + body, async (file) => {
    const ran = await archcost(["run", file]);
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr).toMatch(/scenario\.yaml:\d+:\d+: error/);
    expect([ran.code, ran.stdout]).toEqual([2, ""]);
  });
});

test.each([
  ["size: mean(throughput) * 1 s * 1 GB", 0],
  ["size: throughput * 1 s * 1 GB", 2],
])("an instant in a month's place is an error: %s", async (size, code) => {
  const body = `workload: { unit: call, driver: calls, throughput: calls / 1 s }
variables: { calls: 1 }
architectures: { a: { components: { f: { service: aws/s3, puts: 1, ${size}, kept: 1 day } }, omit: { data-transfer: x } } }
`;
  await withFile(HEAD + body, async (file) => {
    const ran = await archcost(["run", file]);
    expect(ran.code).toBe(code);
    if (code === 2) expect(ran.stderr).toContain("differs from hour to hour");
  });
});

test("a thing of one's own is a custom line, by the month or as a flow", async () => {
  const a = await only(`${PER_MONTH}
architectures:
  a:
    components:
      licence: { service: custom/line, quantity: 3, unit: user, price: 12 USD, role: overhead, source: the contract, reason: three seats }
      link: { service: custom/line, flow: throughput * 2 GB, unit: GB, price: 0.05 USD/GB, role: network, source: the offer, reason: leased }
`);
  expect(cost(a, (line) => line.x_Component === "licence")).toBe(36);
  expect(cost(a, (line) => line.x_Component === "link")).toBeCloseTo(2e6 * 0.05, 6);
});

test("of two Savings Plans the second pays for what the first leaves, and a plan for the highest discount first", async () => {
  // 1 instance at 0.68 USD/h; each plan could pay for all of it at half price, together they do so once.
  const plan = "{ commit: 0.34 USD/h, term: 1y, payment: no_upfront, discounts: { aws/ec2: 50% }, reason: test }";
  const twice = await only(`${PER_MONTH}
savings_plans: [${plan}, ${plan}]
architectures: { a: { components: { f: { service: aws/ec2, instance: c6i.4xlarge, instances: 1 } } } }
`);
  expect(cost(twice, (line) => line.x_Kind === "commitment" && line.x_Meter === "hours")).toBeCloseTo(730 * 0.34, 6);
  expect(cost(twice, (line) => line.x_Meter === "unused_commitment")).toBeCloseTo(730 * 0.34, 6);
  expect(cost(twice, (line) => line.x_Kind === "usage" && line.x_Meter === "hours")).toBeCloseTo(0, 9);
  // The commitment is enough for the large instance at 60 % off, not for the small one at 20 % off as well.
  const discounts = '{ "aws/ec2#linux/c6i.4xlarge": 60%, "aws/ec2#linux/c6i.xlarge": 20% }';
  const ranked = await only(`${PER_MONTH}
savings_plans: [{ commit: 0.272 USD/h, term: 1y, payment: no_upfront, discounts: ${discounts}, reason: test }]
architectures:
  a:
    components:
      little: { service: aws/ec2, instance: c6i.xlarge, instances: 1 }
      much: { service: aws/ec2, instance: c6i.4xlarge, instances: 1 }
`);
  const covered = (line: LineItem) => line.x_Kind === "commitment" && line.x_Meter === "hours";
  expect(cost(ranked, (line) => covered(line) && line.x_Component === "much")).toBeCloseTo(730 * 0.272, 6);
  expect(cost(ranked, (line) => covered(line) && line.x_Component === "little")).toBeCloseTo(0, 9);
});
