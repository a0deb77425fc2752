import { expect, test } from "vitest";
import { archcost, withFile } from "../run.ts";

const SCENARIO = `scenario: x
region: us-east-1
as_of: 2026-11-23
workload: { unit: order, driver: orders, throughput: orders / 1 month }
variables:
  orders: 1000000
  split: { typical: 2, low: 0, high: 3, distribution: uniform }
  batch: { value: 2, low: 1, high: 3 }
current: pole
architectures:
  pole: { components: { queue: { service: aws/sqs, messages: "orders * batch / max(0, split - 1)" } } }
  plain: { components: { queue: { service: aws/sqs, messages: orders * batch } } }
`;

test("a figure that divides by 0 in some samples has no variance, with its reason; no NaN is written", async () => {
  await withFile(SCENARIO, async (file) => {
    const ran = await archcost(["uncertainty", file, "--samples", "4096", "--format", "json"]);
    expect([ran.code, ran.stderr.match(/error.*/)]).toEqual([0, null]);
    expect(ran.stdout).not.toMatch(/NaN|Infinity/);
    const { variance } = JSON.parse(ran.stdout);
    expect(variance.map((one: { of: string; architecture: string }) => `${one.of} ${one.architecture}`)).toContain(
      "cost plain",
    );
    expect(JSON.stringify(variance)).not.toContain("null");
    expect(ran.stderr).toMatch(/warning: in 33.3 % of the samples a figure is no finite number/);
    expect(ran.stderr).toContain("warning: what the cost of pole depends on is left out");
  });
});
