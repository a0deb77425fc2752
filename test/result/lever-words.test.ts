import { expect, test } from "vitest";
import { archcost, withFile } from "../run.ts";

const FREE = `
scenario: A design that costs nothing
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 month }
variables: { calls: 1000 }
current: paid
architectures:
  paid: { components: { line: { service: custom/line, quantity: calls, price: 1 USD, role: work, source: a test, reason: a test } } }
  free: { components: { line: { service: custom/line, quantity: calls, price: 0 USD, role: work, source: a test, reason: a test } } }
levers:
  cheaper: { title: cheaper, class: usage, reason: a test, components: { line: { price: 0.5 USD } } }
`;

test("what is left against a design that costs nothing is no multiple of it", async () => {
  await withFile(FREE, async (file) => {
    const { stdout } = await archcost(["levers", file]);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("$0 with another architecture. $500 after configuration too.");
    expect(stdout).not.toContain("Infinity");
  });
});
