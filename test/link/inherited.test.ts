import { expect, test } from "vitest";
import { archcost, runText, withFile } from "../run.ts";

const SCENARIO = `
scenario: inheritance
region: us-east-1
as_of: 2026-11-23
workload: { unit: order, driver: orders, throughput: orders / 1 s }
variables: { orders: 10, slow: 100 ms }
architectures:
  a:
    components:
      front: { service: aws/lambda, duration: slow, memory: 512 MB }
      back: { service: aws/lambda, called_by: front, duration: 50 ms, memory: 256 MB }
    omit: { logs: left out, metrics: left out, tracing: left out, data-transfer: left out, keys: left out }
  d: { extends: a }
  b:
    extends: a
    components: { front: { attempts: 2 } }
  c: { extends: a, region: eu-central-1 }
`;

const lines = (result: Awaited<ReturnType<typeof runText>>, name: string, component: string) =>
  (result.architectures[name]?.line_items ?? []).filter((line) => line.x_Component === component);
const cost = (result: Awaited<ReturnType<typeof runText>>, name: string, component: string): number =>
  lines(result, name, component).reduce((sum, line) => sum + line.EffectiveCost, 0);

test("an inherited component sees the callers and the region of the architecture that inherits it", async () => {
  const result = await runText(SCENARIO);
  expect(lines(result, "d", "back").map(({ x_Architecture: _, ...line }) => line)).toEqual(
    lines(result, "a", "back").map(({ x_Architecture: _, ...line }) => line),
  );
  expect(cost(result, "b", "back")).toBeCloseTo(2 * cost(result, "a", "back"), 6);
  expect(lines(result, "c", "back")[0]?.RegionId).toBe("eu-central-1");
});

test("an inherited component is explained under the name of the architecture that inherits it", async () => {
  await withFile(SCENARIO, async (file) => {
    const [a, d] = await Promise.all(["a.front", "d.front"].map((address) => archcost(["explain", file, address])));
    expect(d?.code).toBe(0);
    expect(d?.stdout).toContain("d.front");
    expect(d?.stdout).not.toContain("a.front");
    expect(d?.stdout.replaceAll("d.front", "a.front")).toBe(a?.stdout);
  });
});
