// Months of a year that differ (`workload.curve.months`).
import { expect, test } from "vitest";
import { archcost, runText, withFile } from "../run.ts";

const MONTHS = [40, 60, 60, 28, 2, 2, 2, 2, 1, 1, 1, 1];

/** Tax returns: 20 million a year, most of them in the first four months. */
function returns({ curve = "", component = "", more = "", per = "returns_per_year / 12 / 1 month" } = {}): string {
  return `
scenario: Tax returns
region: us-east-1
as_of: 2026-11-23
workload:
  unit: return
  driver: returns_per_year
  throughput: ${per}
  curve: { months: [${MONTHS}], reason: the tax season${curve} }
variables: { returns_per_year: 20e6 }
current: functions
${more}
architectures:
  functions:
    components: { intake: { service: aws/lambda, duration: 3 s, memory: 1 GB } }
    omit: { logs: same }
  peak:
    components: { intake: { service: aws/ecs-fargate, tasks: 10, cpu: 1 vCPU, memory: 2 GB${component} } }
    omit: { logs: same, load-balancer: x, data-transfer: x, container-registry: x, public-ipv4: x }
  resized:
    extends: peak
    components: { intake: { tasks: "max(1, ceil(throughput * 3 s / 70%))" } }
`;
}

test("a year is the sum of its months, each with its own bill", async () => {
  const { architectures, comparison, workload } = await runText(returns());
  // Lambda: 20e6 x (3 GB-s x 0.0000166667 + 0.0000002); Fargate: 730 h x (0.04048 + 2 x 0.004445) USD a task and month,
  // tasks ceil(returns / 2,628,000 s x 3 s / 0.7) = 7, 10, 10, 5 and eight times 1.
  expect(architectures["functions"]?.cost.year).toBeCloseTo(1004.002, 9);
  expect(architectures["peak"]?.cost.year).toBeCloseTo(12 * 10 * 36.0401, 9);
  expect(architectures["resized"]?.cost.year).toBeCloseTo((7 + 10 + 10 + 5 + 8) * 36.0401, 9);
  const months = architectures["resized"]?.cost.months ?? [];
  expect(months.map((month) => Math.round(month / 36.0401))).toEqual([7, 10, 10, 5, 1, 1, 1, 1, 1, 1, 1, 1]);
  expect(architectures["resized"]?.cost.month).toBeCloseTo((40 * 36.0401) / 12, 9);
  expect(workload.work_month).toBeCloseTo(20e6 / 12, 6);
  expect(architectures["functions"]?.cost.per_unit).toBeCloseTo(1004.002 / 20e6, 15);
  expect(comparison.rows.map(({ architecture, year }) => [architecture, Math.round(year * 100) / 100])).toEqual([
    ["functions", 1004],
    ["resized", 1441.6],
    ["peak", 4324.81],
  ]);
});

test("the verdict is about the year, the notes name its months", async () => {
  const { comparison } = await runText(returns());
  expect(comparison.verdict[0]).toBe(
    "functions is the cheapest at $1,000 a year, $0.0000502 per return; it is what you have now. The next, resized, costs $438 more.",
  );
  await withFile(returns(), async (file) => {
    const { stdout } = await archcost(["run", file]);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "Months cost from $5.02 to $301: a month above is the mean of twelve, a year their sum, $1,000",
    );
    expect(stdout).not.toContain("kept for ever");
  });
});

test("limits are those of the month with the greatest load", async () => {
  const { architectures } = await runText(returns());
  const limit = architectures["functions"]?.limits.find(({ quota }) => quota.endsWith("concurrent_executions"));
  // 6 million in the fullest month, 3 s each
  expect(limit?.demand).toBeCloseTo((6e6 / 2_628_000) * 3, 9);
  expect(limit?.binds_at?.units).toBeCloseTo((20e6 * 1000) / ((6e6 / 2_628_000) * 3), 3);
  const tasks = architectures["resized"]?.limits.find(({ quota }) => quota.endsWith("ondemand_vcpu"));
  expect(tasks?.demand).toBe(10);
});

test("what searches for the limit over many cases looks at the same month", async () => {
  const { architectures } = await runText(returns());
  await withFile(returns(), async (file) => {
    const { stdout } = await archcost(["sensitivity", file, "--format", "json"]);
    const found = JSON.parse(stdout).base.functions.binding_load;
    expect(found).toBeCloseTo(architectures["functions"]?.capacity.granted?.units ?? Number.NaN, 2);
    const sweep = ["sweep", file, "--vary", "returns_per_year=10e6,20e6", "--result", "cost.year", "--format", "json"];
    const { rows } = JSON.parse((await archcost(sweep)).stdout);
    expect(rows.map((row: { functions: number }) => row.functions)).toEqual([502.001, 1004.002]);
  });
});

test("weights are relative to their mean, and months that are alike change nothing", async () => {
  const scaled = await runText(returns().replace(MONTHS.join(), MONTHS.map((weight) => weight / 7).join()));
  expect(scaled.architectures["resized"]?.cost.year).toBeCloseTo(1441.604, 6);
  const alike = await runText(returns().replace(MONTHS.join(), MONTHS.map(() => 3).join()));
  expect(alike.architectures["functions"]?.cost).not.toHaveProperty("months");
  const flat = await runText(returns().replace(/ {2}curve: .*\n/, ""));
  expect(alike.architectures["resized"]?.cost).toEqual(flat.architectures["resized"]?.cost);
});

test("hours of the day and months of the year multiply", async () => {
  const hours = Array.from({ length: 24 }, (_, hour) => (hour < 12 ? 0 : 2));
  const { architectures } = await runText(returns({ curve: `, hours: [${hours}]` }));
  const limit = architectures["functions"]?.limits.find(({ quota }) => quota.endsWith("concurrent_executions"));
  expect(limit?.demand).toBeCloseTo((6e6 / 2_628_000) * 3 * 2, 9);
  expect(architectures["functions"]?.cost.year).toBeCloseTo(1004.002, 9);
});

test("a Savings Plan commits to a share of the least hour of the year, in every month", async () => {
  const plan =
    "savings_plans: [{ cover: 100%, term: 1y, payment: no_upfront, assumed_discounts: { aws/ecs-fargate: 20% }, architectures: [resized] }]";
  const { architectures } = await runText(returns({ more: plan }));
  const lines = architectures["resized"]?.line_items ?? [];
  const covered = lines.filter(({ ChargeCategory, x_Kind }) => x_Kind === "commitment" && ChargeCategory === "Usage");
  const effective = covered.reduce((total, { EffectiveCost }) => total + EffectiveCost, 0);
  expect(effective).toBeCloseTo(36.0401 * 0.8, 6);
});

test("tiers begin anew each month", async () => {
  // 4 to 6 million requests at 1 USD a million up to 300 million: HTTP API, 6e9 a year in the same season
  const text = returns()
    .replace("returns_per_year: 20e6", "returns_per_year: 2e9")
    .replace("aws/lambda, duration: 3 s, memory: 1 GB", "aws/api-gateway-http");
  const { architectures } = await runText(text);
  const bill = (millions: number): number => Math.min(millions, 300) + 0.9 * Math.max(0, millions - 300);
  const year = MONTHS.reduce((total, weight) => total + bill(weight * 10), 0);
  expect(architectures["functions"]?.cost.year).toBeCloseTo(year, 6);
});

test.each([
  { text: returns().replace(MONTHS.join(), "1, 2, 3"), says: "12" },
  {
    text: returns().replace(MONTHS.join(), MONTHS.map(() => 0).join()),
    says: "the months of the curve are to add up to a number above 0",
  },
  {
    text: returns().replace("aws/lambda, duration: 3 s, memory: 1 GB", "aws/s3, puts: 1, stored: 1 MB, kept: forever"),
    says: "the months of workload.curve differ",
  },
])("a season that cannot be: $says", async ({ text, says }) => {
  await withFile(text, async (file) => {
    const ran = await archcost(["run", file]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(says);
  });
});

test("economics: what follows the load has no fixed share, in a season neither", async () => {
  await withFile(returns(), async (file) => {
    const { stdout } = await archcost(["economics", file, "--format", "json"]);
    const shares = JSON.parse(stdout).architectures.functions.map((row: { fixed_share: number }) => row.fixed_share);
    expect(new Set(shares)).toEqual(new Set([0]));
  });
});
