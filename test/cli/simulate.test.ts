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
  { argv: ["--for", "1000d"], told: "up to 31d" },
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
      stderr: expect.stringContaining("it lasts 1000000000 s, the limit is 31 days"),
    });
    expect((await run("--trace", "long.csv", "--for", "2h")).code).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
