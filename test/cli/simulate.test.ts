import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { simulatedSchema } from "../../src/result/simulation.ts";
import { archcost } from "../run.ts";

const FILE = "scenarios/prime-video.yaml";

test("a ramp of ten minutes hits transitions first, at 7.4 % of the load", async () => {
  const { code, stdout } = await archcost([
    "simulate",
    FILE,
    "--ramp",
    "0..100% over 10m",
    "-a",
    "microservices",
    "--format",
    "json",
  ]);
  expect(code).toBe(0);
  const [only] = (
    JSON.parse(stdout) as {
      architectures: {
        single: { stage: { id: string }; outcome: { stages: { firstHit?: { time: number; load: number } }[] } }[];
      }[];
    }
  ).architectures;
  expect(simulatedSchema.safeParse(only).error).toBeUndefined();
  const hit = (id: string) => only?.single.find(({ stage }) => stage.id === id)?.outcome.stages[0]?.firstHit;
  expect(hit("aws/step-functions-standard/state_transition")?.time).toBe(44);
  expect(hit("aws/step-functions-standard/state_transition")?.load).toBeCloseTo(0.074, 3);
  expect(hit("aws/s3/write_rate")).toBeUndefined();
});

test("the table tells what is served, waits and is lost, and what it costs", async () => {
  const { stdout } = await archcost([
    "simulate",
    FILE,
    "-a",
    "microservices",
    "--replicas",
    "per=50,start=60s,cooldown=5m,min=1,max=100,launch=1",
    "--cold-starts",
    "0.9,1.991,2.244,600",
  ]);
  expect(stdout).toMatch(/microservices: 5 % of what arrives is served/);
  expect(stdout).toMatch(/waiting \(2 h\)/);
  expect(stdout).toMatch(/for what is served, \$2,430,000 for what is wanted/);
  expect(stdout).toMatch(/replica hours; mean wait/);
  expect(stdout).toMatch(/Cold starts: 0\.1\d/);
});

test.each([
  ["--ramp", "up"],
  ["--step", "all"],
  ["--for", "long"],
  ["--trace", "../../etc/passwd"],
  ["--trace", "/etc/passwd"],
  ["--attempts", "0"],
  ["--replicas", "many"],
  ["--cold-starts", "1,2"],
])("%s %s is told with exit code 2", async (option, value) => {
  const ran = await archcost(["simulate", FILE, option, value]);
  expect([ran.code, ran.stdout]).toEqual([2, ""]);
  expect(ran.stderr).toContain(option);
});

test.each([
  { argv: ["--ramp", "0..100% over 999999999h"], told: "the limit is a ramp of 24 hours" },
  { argv: ["--cold-starts", "1e9,2,2.2,600"], told: /600000000000 requests .* the limit is 3000000/ },
  { argv: ["--for", "37 months"], told: "up to 36 months" },
])("$argv is an error that names its limit", async ({ argv, told }) => {
  const ran = await archcost(["simulate", FILE, ...argv]);
  expect(ran).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(told) });
});

test("a trace that is too large or lasts too long is an error that names its limit; its first days can be asked for", async () => {
  const folder = mkdtempSync(join(tmpdir(), "archcost-trace-"));
  try {
    const scenario = join(folder, "scenario.yaml");
    writeFileSync(scenario, readFileSync(FILE));
    writeFileSync(join(folder, "large.csv"), Array.from({ length: 150_000 }, (_, i) => `${i},50%\n`).join(""));
    writeFileSync(join(folder, "long.csv"), "0,1\n1000000000,2\n");
    const run = (...argv: readonly string[]) => archcost(["simulate", scenario, ...argv]);
    expect(await run("--trace", "large.csv")).toMatchObject({ code: 2, stderr: expect.stringContaining("1 MB") });
    expect(await run("--trace", "long.csv")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("it lasts 1000000000 s, the limit is 36 months"),
    });
    expect((await run("--trace", "long.csv", "--for", "2h")).code).toBe(0);
    expect((await run("--trace", join(folder, "long.csv"), "--for", "2h")).code).toBe(0);
    expect((await run("--trace", join(folder, "..", "other.csv"))).code).toBe(2);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

type Simulated = {
  together: { arrived: number; served: number; waiting: number; lost: number };
  single: {
    stage: { id: string };
    outcome: { stages: { firstHit?: { time: number }; longestWait: number }[] };
  }[];
};

/** Simulates the only architecture of a scenario text over a trace. */
async function simulated(text: string, trace: string): Promise<{ found: Simulated | undefined; table: string }> {
  const folder = mkdtempSync(join(tmpdir(), "archcost-burst-"));
  try {
    const scenario = join(folder, "scenario.yaml");
    writeFileSync(scenario, text);
    writeFileSync(join(folder, "trace.csv"), trace);
    const argv = ["simulate", scenario, "--trace", "trace.csv"];
    const { architectures } = JSON.parse((await archcost([...argv, "--format", "json"])).stdout) as {
      architectures: Simulated[];
    };
    return { found: architectures[0], table: (await archcost(argv)).stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const stageOf = (found: Simulated | undefined, id: string) =>
  found?.single.find(({ stage }) => stage.id === id)?.outcome.stages[0];

const scenarioOf = (unit: string, components: string, quotas = ""): string => `
scenario: a burst
region: us-east-1
as_of: 2026-11-23
workload: { unit: ${unit}, driver: rate, throughput: rate / 1 h }
variables: { rate: 3600 }
${quotas}
architectures:
  one:
    components: { it: { ${components} } }
    omit: { logs: left out, load-balancer: none, data-transfer: none, container-registry: none, public-ipv4: none }
`;
const SCALING = "aws/lambda/scaling_rate";

test("a burst of long calls needs the environments that it starts: 40 a second for 20 s are 800 of 1,000 at once", async () => {
  const jobs = scenarioOf("job", "service: aws/lambda, duration: 2 min, memory: 1 GB");
  const { found } = await simulated(jobs, "seconds,share\n0,40\n20,0\n600,0\n");
  expect(found?.together).toMatchObject({ arrived: 800, served: 800, lost: 0 });
  expect(stageOf(found, SCALING)?.firstHit).toBeUndefined();
});

test("more environments at once than may be added are turned away: 2,000 calls of 2 min within a second", async () => {
  const jobs = scenarioOf("job", "service: aws/lambda, duration: 2 min, memory: 1 GB");
  const { found } = await simulated(jobs, "seconds,share\n0,2000\n1,0\n600,0\n");
  expect(stageOf(found, SCALING)?.firstHit?.time).toBe(0);
});

test("tasks fill free vCPUs first, and the table says how long the last one waits to start: (600 - 100) / 20 = 25 s", async () => {
  const tasks = scenarioOf(
    "task",
    "service: aws/ecs-fargate, starts: 1, task_duration: 10 min, cpu: 2 vCPU, memory: 4 GB",
    "quotas: { aws/ecs-fargate: { ondemand_vcpu: { granted: 1500, reason: raised } } }",
  );
  const { found, table } = await simulated(tasks, "seconds,share\n0,600\n1,0\n1800,0\n");
  expect(stageOf(found, "aws/ecs-fargate/ondemand_vcpu")?.firstHit).toBeUndefined();
  expect(stageOf(found, "aws/ecs-fargate/launch_rate")?.longestWait).toBeCloseTo(25, 9);
  expect(table).toMatch(/longest wait/);
  expect(table).toMatch(/Task launches, token buck… +0 s, 60,000 % +100 % +25 s +0 s/);
});

test.each([
  { tasks: "max(7, ceil(throughput / (1 / 1 s)))", granted: 6, hit: 0 },
  { tasks: "max(7, ceil(throughput / (1 / 1 s)))", granted: 7, hit: undefined },
  // at 5 a second and more: a ramp of 10 a second in 100 s is there after 50 s
  { tasks: "4 + throughput / (1 / 1 s)", granted: 9, hit: 50 },
])("what does not grow with the load stays: $tasks of $granted", async ({ tasks, granted, hit }) => {
  const fleet = scenarioOf(
    "task",
    `service: aws/ecs-fargate, tasks: "${tasks}", cpu: 1 vCPU, memory: 4 GB`,
    `quotas: { aws/ecs-fargate: { ondemand_vcpu: { granted: ${granted}, reason: so } } }`,
  );
  const slope = Array.from({ length: 100 }, (_, t) => `${t},${hit === 50 ? t / 10 : 0.5}\n`).join("");
  const { found } = await simulated(fleet, slope);
  const at = stageOf(found, "aws/ecs-fargate/ondemand_vcpu")?.firstHit?.time;
  if (hit === 50) expect(Math.abs(Number(at) - 50)).toBeLessThanOrEqual(2);
  else expect(at).toBe(hit);
});

test("three years in one call", async () => {
  const table = scenarioOf("write", "service: aws/dynamodb-on-demand, reads: 0, writes: 1, storage: 0 GB");
  const folder = mkdtempSync(join(tmpdir(), "archcost-long-"));
  try {
    writeFileSync(join(folder, "scenario.yaml"), table);
    const argv = ["simulate", join(folder, "scenario.yaml"), "--for", "36 months", "--format", "json"];
    const { architectures } = JSON.parse((await archcost(argv)).stdout) as { architectures: Simulated[] };
    expect(architectures[0]?.together.served).toBe(36 * 730 * 3600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
