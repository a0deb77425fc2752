// Capacities that the network sets: addresses, interfaces, what runs at the edge.
import { expect, test } from "vitest";
import { archcost, runText, withFile } from "../run.ts";

const scenario = (component: string, quotas = ""): string => `
scenario: a network
region: us-east-1
as_of: 2026-11-28
workload: { unit: job, driver: jobs, throughput: jobs / 1 s }
variables: { jobs: 10 }
${quotas}
architectures: { a: { components: { ${component} } } }
`;

async function limits(component: string, quotas?: string) {
  const { architectures } = await runText(scenario(component, quotas));
  return architectures["a"]?.limits ?? [];
}

async function limit(quota: string, component: string, quotas?: string) {
  return (await limits(component, quotas)).find((each) => each.quota === quota);
}

const EDGE =
  "cdn: { service: aws/cloudfront, viewers: united_states, data: 50 KB, edge_calls: 1, edge_duration: 400 ms }";

test("500 requests a second of 400 ms at the edge are 200 of 1,000 executions: the first limit, at five times the load", async () => {
  const text = scenario(EDGE).replace("jobs: 10", "jobs: 500");
  const { architectures } = await runText(text);
  const first = architectures["a"]?.limits.find(({ quota }) => quota === architectures["a"]?.first_hit);
  expect(first?.quota).toBe("aws/cloudfront/edge_executions");
  expect(first?.demand).toBeCloseTo(200, 9);
  expect(first?.binds_at_granted).toMatchObject({ share: 5 });
  const rate = architectures["a"]?.limits.find(({ quota }) => quota === "aws/cloudfront/edge_requests");
  expect(rate).toMatchObject({ demand: 500, granted: 10000 });
});

const OWN = "quotas: { aws/ec2: { vpc_addresses: { granted: 2 * (64 - 5), reason: two subnets of /26 } } }";
const ADDRESSES = "aws/ec2/vpc_addresses";

test.each([
  // An address a task, pod, instance or interface, over all components of the network.
  ["work: { service: aws/ecs-fargate, tasks: 4 * jobs, cpu: 1 vCPU, memory: 2 GB }", 40],
  ["box: { service: aws/ec2, instance: m6i.large, instances: 7 }", 7],
  ["f: { service: aws/lambda, duration: 1 s, vpc_interfaces: 4 }", 4],
  ["w: { service: aws/ecs-ec2, instance: m6i.xlarge, tasks: 12, task_cpu: 0.25 vCPU, task_memory: 0.5 GB }", 1],
  // three tasks on each of four instances, which have an address too
  [
    "w: { service: aws/ecs-ec2, instance: m6i.xlarge, tasks: 12, task_cpu: 0.25 vCPU, task_memory: 0.5 GB, network_mode: awsvpc }",
    16,
  ],
  // 40 pods, four of the cluster itself, on one node
  ["k: { service: aws/eks, instance: m6i.xlarge, pods: 20, pod_cpu: 0.125 vCPU, pod_memory: 0.25 GB }", 25],
])("%s takes %d addresses of the subnets", async (component, demand) => {
  expect(await limit(ADDRESSES, component, OWN)).toMatchObject({ demand, granted: 118 });
});

test("the addresses of all components add up, and bind where the subnets are full", async () => {
  const both =
    "work: { service: aws/ecs-fargate, tasks: 4 * throughput * 1 s, cpu: 1 vCPU, memory: 2 GB }, box: { service: aws/ec2, instance: m6i.large, instances: 7 }";
  const found = await limit(ADDRESSES, both, OWN);
  expect(found?.demand).toBe(47);
  // 118 - 7 addresses are left for tasks, of which the load has 40.
  expect(found?.binds_at_granted?.share).toBeCloseTo(111 / 40, 2);
});

test("functions share interfaces, until they hold more connections than these carry", async () => {
  const f = (more: string): string => `f: { service: aws/lambda, duration: 2 s, vpc_interfaces: 4${more} }`;
  const own = "aws/lambda/vpc_interfaces";
  expect(await limit(own, f(""))).toMatchObject({ demand: 4, granted: 500 });
  // 20 executions at a time with 26,000 connections each are eight times 65,000.
  expect(await limit(own, f(", vpc_connections: 26000"))).toMatchObject({ demand: 8 });
  expect((await limit(own, "f: { service: aws/lambda, duration: 2 s }"))?.demand ?? 0).toBe(0);
});

const TASKS = "tasks: 40, task_cpu: 0.125 vCPU, task_memory: 0.25 GB";

test.each([
  // three interfaces for tasks on an m6i.xlarge, 20 with trunking
  ["awsvpc", 14],
  ["awsvpc_trunking", 2],
  // by memory and vCPUs alone
  ["bridge", 2],
])("with %s 40 small tasks stand on %d instances", async (mode, instances) => {
  const { architectures } = await runText(
    scenario(`w: { service: aws/ecs-ec2, instance: m6i.xlarge, ${TASKS}, network_mode: ${mode} }`),
  );
  const hours = architectures["a"]?.line_items.find(({ x_Meter }) => x_Meter === "hours");
  expect(hours?.PricingQuantity).toBeCloseTo(instances * 730, 6);
});

test("a type without trunked interfaces is said to have none; one that the list does not have is not known", async () => {
  const on = (instance: string): string =>
    scenario(`w: { service: aws/ecs-ec2, instance: ${instance}, ${TASKS}, network_mode: awsvpc_trunking }`);
  await withFile(on("t3.large"), async (file) => {
    expect((await archcost(["run", file])).stdout).toContain("it has no trunked interfaces");
  });
  await withFile(on("m7g.large"), async (file) => {
    const ran = await archcost(["run", file]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('"trunked" of "m7g.large" is not known');
  });
});

test("flow logs delivered to S3 cost half of those in CloudWatch", async () => {
  const logs = (kind: string): string =>
    `logs: { service: aws/cloudwatch-logs, class: ${kind}, ingested: 1 GB, kept: 0 days }`;
  // 60 GB a day, as many times 365 / 12
  const text = (kind: string) =>
    scenario(logs(kind)).replace("jobs / 1 s", "jobs / 1 day").replace("jobs: 10", "jobs: 60");
  expect((await runText(text("vended"))).architectures["a"]?.cost.month).toBeCloseTo(912.5, 6);
  expect((await runText(text("vended_s3"))).architectures["a"]?.cost.month).toBeCloseTo(456.25, 6);
});
