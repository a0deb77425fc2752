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
  ["--attempts", "0"],
  ["--replicas", "many"],
  ["--cold-starts", "1,2"],
])("%s %s is told with exit code 2", async (option, value) => {
  const ran = await archcost(["simulate", FILE, option, value]);
  expect([ran.code, ran.stdout]).toEqual([2, ""]);
  expect(ran.stderr).toContain(option);
});
