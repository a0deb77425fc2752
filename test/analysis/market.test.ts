// The price of Spot moves: its range counts in samples, percentiles and the tornado, without a variable that says so.
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { sensitivitySchema, uncertaintySchema } from "../../src/result/decision-schema.ts";
import { archcost, runText, withFile } from "../run.ts";

type Spec = Readonly<Record<string, unknown>>;

const ON_SPOT: Readonly<Record<string, Spec>> = {
  ec2: { service: "aws/ec2", instance: "c7g.large", instances: 10, spot: 1, spot_fallback: 0 },
  ecs: {
    ...{ service: "aws/ecs-ec2", instance: "c7g.large", spot: 1, spot_fallback: 0 },
    ...{ tasks: 20, task_cpu: "1 vCPU", task_memory: "1.5 GB" },
  },
  eks: {
    ...{ service: "aws/eks", instance: "c7g.large", spot: 1, spot_fallback: 0, clusters: 0, root_volume: "0 GB" },
    ...{ min_nodes: 10, pods: 0, pod_cpu: "1 vCPU", pod_memory: "1.5 GB" },
  },
  fargate: { service: "aws/ecs-fargate", tasks: 20, cpu: "1 vCPU", memory: "2 GB", spot: 1 },
};

function scenario(fleets: Readonly<Record<string, Spec>>, more: Spec = {}): string {
  return stringify({
    scenario: "Spot",
    region: "us-east-1",
    as_of: "2026-11-23",
    workload: { unit: "request", driver: "rps", throughput: "rps / 1 s" },
    variables: { rps: 100 },
    architectures: Object.fromEntries(Object.entries(fleets).map(([name, fleet]) => [name, { components: { fleet } }])),
    ...more,
  });
}

async function json(command: string, text: string): Promise<unknown> {
  return withFile(text, async (file) => {
    const ran = await archcost([command, file, "--format", "json"]);
    if (ran.code !== 0) throw new Error(ran.stderr);
    return JSON.parse(ran.stdout);
  });
}
const uncertainty = async (text: string) => uncertaintySchema.parse(await json("uncertainty", text));
const tornado = async (text: string) => sensitivitySchema.parse(await json("sensitivity", text)).tornado;

// USD a month on demand, and the quantiles of triangular (0.25, 0.35, 0.6) and (0.3, 0.33, 0.36)
const INSTANCES = 7300 * 0.0725;
const TASKS = 14_600 * 0.04048 + 29_200 * 0.004445;
const EC2 = { low: 0.25, high: 0.6, p10: 0.25 + Math.sqrt(0.0035), p90: 0.6 - Math.sqrt(0.00875) };
const FARGATE = { low: 0.3, high: 0.36, p10: 0.3 + Math.sqrt(0.00018), p90: 0.36 - Math.sqrt(0.00018) };

test.each([
  ["ec2", INSTANCES, EC2],
  ["ecs", INSTANCES, EC2],
  ["eks", INSTANCES, EC2],
  ["fargate", TASKS, FARGATE],
])("%s: percentiles and the tornado see the range of the ratio", async (name, onDemand, ratio) => {
  const text = scenario({ [name]: ON_SPOT[name] ?? {} });
  const found = await uncertainty(text);
  expect(found.inputs.map(({ address }) => address)).toEqual([`${name}.fleet.spot_ratio`]);
  expect((found.architectures[name]?.cost.p10 ?? 0) / onDemand).toBeCloseTo(ratio.p10, 3);
  expect((found.architectures[name]?.cost.p90 ?? 0) / onDemand).toBeCloseTo(ratio.p90, 3);
  expect((await runText(text)).uncertainty?.inputs).toHaveLength(1);
  const row = (await tornado(text)).find(({ address }) => address === `${name}.fleet.spot_ratio`);
  expect(row).toMatchObject({ low: ratio.low, high: ratio.high });
  expect(row?.cost[name]?.low).toBeCloseTo(onDemand * ratio.low, 6);
  expect(row?.cost[name]?.high).toBeCloseTo(onDemand * ratio.high, 6);
});

test("without Spot, or with a ratio of one's own, there is nothing to sample", async () => {
  const { ec2 = {} } = ON_SPOT;
  expect((await runText(scenario({ a: { ...ec2, spot: 0 } }))).uncertainty).toBeNull();
  expect((await runText(scenario({ a: { ...ec2, spot_ratio: 0.3 } }))).uncertainty).toBeNull();
});

test("one market has one price: what runs on the same instances moves together, Fargate by itself", async () => {
  const { ec2 = {}, ecs = {}, fargate = {} } = ON_SPOT;
  const half = { ...ec2, instances: 5 };
  const text = scenario({ ec2, ecs, half, fargate }, { current: "ec2" });
  const found = await uncertainty(text);
  // half of the instances costs half in every sample, whatever the price
  expect(found.architectures["half"]?.saving_share).toEqual({
    p10: expect.closeTo(0.5, 9),
    p50: expect.closeTo(0.5, 9),
    p90: expect.closeTo(0.5, 9),
  });
  expect(found.architectures["ecs"]?.saving_share?.p90).toBeCloseTo(0, 9);
  expect(found.architectures["fargate"]?.saving_share?.p90).toBeGreaterThan(
    found.architectures["fargate"]?.saving_share?.p10 ?? 0,
  );
  const rows = await tornado(text);
  const row = rows.find(({ address }) => address === "ec2.fleet.spot_ratio");
  for (const name of ["ec2", "ecs"]) expect(row?.cost[name]?.high).toBeCloseTo(INSTANCES * 0.6, 6);
  expect(row?.cost["fargate"]?.high).toBeCloseTo(TASKS * 0.33, 6);
});

test("other instances and other regions are other markets", async () => {
  const { ec2 = {} } = ON_SPOT;
  const found = await uncertainty(
    scenario({ a: ec2, b: { ...ec2, instance: "m7g.large" }, c: { ...ec2, region: "eu-west-1" } }, { current: "a" }),
  );
  for (const name of ["b", "c"]) {
    const saving = found.architectures[name]?.saving_share;
    expect((saving?.p90 ?? 0) - (saving?.p10 ?? 0)).toBeGreaterThan(0.1);
  }
});

test("variables correlate beside a market", async () => {
  const { ec2 = {}, ecs = {} } = ON_SPOT;
  const variables = {
    rps: 100,
    a: { value: 2, low: 1, high: 3, reason: "x" },
    b: { value: 2, low: 1, high: 3, reason: "x" },
  };
  const between = (other: string) => ({
    variables,
    current: "ec2",
    correlations: [{ between: ["a", other], coefficient: 1 }],
  });
  expect((await uncertainty(scenario({ ec2, ecs }, between("b")))).architectures["ecs"]?.saving_share?.p90).toBeCloseTo(
    0,
    9,
  );
  await withFile(scenario({ ec2, ecs }, between("elsewhere")), async (file) => {
    const ran = await archcost(["uncertainty", file]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("variables with a range: a, b\n");
  });
});
