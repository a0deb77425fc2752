// Parts of a design in several regions: each has the prices and the quotas of its own.
import { expect, test } from "vitest";
import type { Result } from "../../src/result/schema.ts";
import { archcost, runText, withFile } from "../run.ts";

const HEAD = `
scenario: Two regions
region: us-east-1
as_of: 2026-11-23
workload: { unit: request, driver: rps, throughput: rps / 1 s }
variables: { rps: 100 }
`;
const APP = `
architectures:
  a:
    components:
      app: { service: aws/ecs-fargate, tasks: 4, cpu: 1 vCPU, memory: 2 GB }
      nat: { service: aws/nat-gateway, zones: 2, data: 2 KB }
`;

const componentOf = (result: Result, name: string) => result.architectures["a"]?.components[name];
const linesOf = (result: Result, name: string) =>
  (result.architectures["a"]?.line_items ?? []).filter((line) => line.x_Component === name);

test("an environment of its own region has the prices of that region, and the output says where it is", async () => {
  const text = `${HEAD}environments: { primary: {}, standby: { region: eu-central-1, load: 0%, components: { app: null } } }\n${APP}`;
  const result = await runText(text);
  expect(componentOf(result, "nat")).toMatchObject({
    region: "us-east-1",
    cost: { month: expect.closeTo(1460 * 0.045 + ((100 * 3600 * 730 * 2) / 1024 / 1024) * 0.045, 6) },
  });
  // 0.052 USD an hour in eu-central-1, and no data at no load
  expect(componentOf(result, "nat@standby")).toMatchObject({
    region: "eu-central-1",
    cost: { month: expect.closeTo(1460 * 0.052, 6) },
  });
  expect(componentOf(result, "app@standby")).toBeUndefined();
  expect(result.architectures["a"]?.environments?.["standby"]?.regions).toEqual(["eu-central-1"]);
  await withFile(text, async (file) => {
    const { stdout } = await archcost(["run", file]);
    expect(stdout).toContain("standby: 0 % of the load, in eu-central-1");
    expect(stdout).toContain("Prices of 2026-11-23 in us-east-1 and eu-central-1");
  });
});

test("a component's own region goes before that of its environment, which goes before the architecture's", async () => {
  const components =
    "{ here: { service: aws/nat-gateway, data: 0 KB }, there: { service: aws/nat-gateway, data: 0 KB, region: us-west-2 } }";
  const result = await runText(
    `${HEAD}environments: { one: {}, two: { region: eu-west-1 } }\narchitectures: { a: { region: eu-central-1, components: ${components} } }`,
  );
  const regions = Object.entries(result.architectures["a"]?.components ?? {}).map(([name, { region }]) => [
    name,
    region,
  ]);
  expect(Object.fromEntries(regions)).toEqual({
    here: "eu-central-1",
    there: "us-west-2",
    "here@two": "eu-west-1",
    "there@two": "us-west-2",
  });
});

test("quotas count by account and region", async () => {
  const demands = async (environments: string) => {
    const result = await runText(
      `${HEAD}environments: ${environments}\narchitectures: { a: { components: { fn: { service: aws/lambda, duration: 100 ms, memory: 1 GB } } } }`,
    );
    const { limits } = result.architectures["a"] ?? { limits: [] };
    const all = limits.filter(({ quota }) => quota === "aws/lambda/concurrent_executions");
    return all.map(({ region, demand }) => [region, demand]);
  };
  // 100 calls a second of 100 ms
  expect(await demands("{ one: {}, two: {} }")).toEqual([["us-east-1", 20]]);
  expect(await demands("{ one: {}, two: { region: us-west-2 } }")).toEqual([
    ["us-east-1", 10],
    ["us-west-2", 10],
  ]);
});

test("a region that nobody knows is an error at its place", async () => {
  await withFile(`${HEAD}environments: { one: {}, two: { region: us-wset-2 } }\n${APP}`, async (file) => {
    const { code, stderr } = await archcost(["run", file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/:7:41: error: no region "us-wset-2"/);
    expect(stderr).toContain('did you mean "us-west-2"?');
  });
});

test("writes to a global table are billed in each of its regions, and the data between them", async () => {
  const write = "reads: 0, writes: 0, replicated_writes: 1, storage: 0 GB";
  const result = await runText(`${HEAD}
architectures:
  a:
    components:
      table: { service: aws/dynamodb-on-demand, ${write} }
      replica: { service: aws/dynamodb-on-demand, region: eu-central-1, ${write} }
      provisioned: { service: aws/dynamodb-provisioned, region: eu-central-1, ${write} }
      between: { service: aws/data-transfer-regions, data: 1 KB }
`);
  const writes = 100 * 3600 * 730;
  const replicated = (name: string) =>
    linesOf(result, name).find((line) => line.x_Meter?.startsWith("replicated"))?.EffectiveCost;
  // AWS's price list of 2025-08-28
  expect(replicated("table")).toBeCloseTo(writes * 0.000_000_625, 6);
  expect(replicated("replica")).toBeCloseTo(writes * 0.000_000_762_5, 6);
  // 100 units at 70 % of the capacity
  expect(replicated("provisioned")).toBeCloseTo(143 * 730 * 0.000_793, 6);
  expect(componentOf(result, "between")?.cost.month).toBeCloseTo((writes / 1024 / 1024) * 0.02, 6);
});
