// Limits of the Prime Video case, by facts that stand outside this project: AWS's quota tables of 2022 and 2026 and the
// arithmetic on them (1,500 transitions a second / 15 = 100 streams of 2,000).
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import type { Result } from "../../src/result/schema.ts";
import { runText } from "../run.ts";

const TEXT = readFileSync("scenarios/prime-video.yaml", "utf8");

/** The scenario with a parameter of the microservices' component changed. */
function changed(component: string, parameter: string, value: string | number): string {
  const scenario = parse(TEXT);
  scenario.architectures.microservices.components[component][parameter] = value;
  return stringify(scenario);
}

/** Quota -> share of the expected load at which it binds by published values, in percent, in the order of the hits. */
function hits(result: Result, architecture = "microservices"): [string, number][] {
  const { limits = [] } = result.architectures[architecture] ?? {};
  return limits.flatMap(({ quota, binds_at: at }) =>
    at === null || at.share > 1 ? [] : [[quota.split("/").slice(1).join("/"), at.share * 100]],
  );
}

function expectHits(found: [string, number][], expected: readonly (readonly [string, number])[]): void {
  expect(found.map(([quota]) => quota)).toEqual(expected.map(([quota]) => quota));
  for (const [i, [quota, share]] of expected.entries()) expect(found[i]?.[1], quota).toBeCloseTo(share, 1);
}

const [TRANSITIONS, STARTS] = ["step-functions-standard/state_transition", "step-functions-standard/start_execution"];
const [CONCURRENCY, CALLS] = ["lambda/concurrent_executions", "lambda/requests_per_second"];

test("set A on the quotas of 2022: StateTransition at 5.0 %, then StartExecution, Lambda concurrency, ten calls each", async () => {
  const result = await runText(TEXT);
  expectHits(hits(result), [
    [TRANSITIONS, 5],
    [STARTS, 15],
    [CONCURRENCY, 25.6],
    [CALLS, 41.7],
  ]);
  const first = result.architectures["microservices"]?.limits[0];
  expect(first).toMatchObject({ demand: 30_000, value: 1500, adjustable: true, effect: "delay", assumed: false });
  expect(first?.binds_at).toEqual({ units: 100, share: 0.05 });
});

test("set A with one S3 prefix: reads at 7.2 %, writes at 25 %", async () => {
  const found = hits(await runText(changed("frames", "prefixes", 1)));
  expectHits(found, [
    [TRANSITIONS, 5],
    ["s3/read_rate", 7.2],
    [STARTS, 15],
    ["s3/write_rate", 25],
    [CONCURRENCY, 25.6],
    [CALLS, 41.7],
  ]);
});

test("set A on the quotas of today: StartExecution first, at 15 %, StateTransition at 16.7 %", async () => {
  const result = await runText(TEXT, ["--as-of", "2026-11-23"]);
  expectHits(hits(result).slice(0, 2), [
    [STARTS, 15],
    [TRANSITIONS, 16.7],
  ]);
});

test("set B: two limits within one point of load, one S3 prefix before both", async () => {
  const scenario = parse(readFileSync("scenarios/prime-video-2026.yaml", "utf8"));
  const result = await runText(stringify(scenario));
  expectHits(hits(result).slice(0, 3), [
    [TRANSITIONS, 5],
    [STARTS, 6],
    [CONCURRENCY, 7.8],
  ]);
  scenario.architectures.microservices.components.frames.prefixes = 1;
  expectHits(hits(await runText(stringify(scenario))).slice(0, 1), [["s3/read_rate", 2]]);
});

test("Express: StartExecution holds to 6,000 streams, Lambda concurrency binds at 513", async () => {
  const { limits = [] } = (await runText(TEXT)).architectures["express"] ?? {};
  const units = (quota: string) => limits.find((limit) => limit.quota === quota)?.binds_at?.units;
  expect(units("aws/lambda/concurrent_executions")).toBeCloseTo(512.82, 2);
  expect(units("aws/step-functions-express/start_execution")).toBeCloseTo(6000, 6);
});

test("neither side is free of quotas: the monolith needs 4,800 vCPU of a published 5, and both are adjustable", async () => {
  const result = await runText(TEXT);
  const { monolith, microservices } = result.architectures;
  expect(monolith?.limits[0]).toMatchObject({
    quota: "aws/ec2/standard_vcpu",
    demand: 4800,
    value: 5,
    code: "L-1216C47A",
  });
  expect(monolith?.capacity.default?.share).toBeLessThan(0.002);
  expect(monolith?.raises).toMatchObject([{ code: "L-1216C47A", from: 5, to: 4800 }]);
  expect(microservices?.raises.map(({ quota, to }) => [quota, to])).toEqual([
    ["aws/step-functions-standard/state_transition", 30_000],
    ["aws/step-functions-standard/start_execution", 2000],
    ["aws/lambda/concurrent_executions", 3900],
  ]);
  expect(microservices?.capacity.hard).toBeNull();
  expect(microservices?.feasible).toBe(true);
  const verdict = result.comparison.verdict.join("\n");
  expect(verdict).toMatch(/By published values monolith would be (the|among the) first to stop/);
  expect(verdict).toMatch(/stopped at 5 % of the load by .*adjustable, so no hard limit/);
});

test("granted vCPUs carry the monolith", async () => {
  const granted = parse(TEXT);
  granted.quotas = { "aws/ec2": { standard_vcpu: { granted: 6000, reason: "assumed: raised on request" } } };
  const { monolith } = (await runText(stringify(granted))).architectures;
  expect(monolith?.raises).toEqual([]);
  // 375 machines of 16 vCPU, used to 70 %, against 1.6755 vCPU a stream (facts of the reconstruction)
  const each = 2 * 0.4 + (10 * 0.15 * 1024 + 0.05 * 256) / 1769;
  expect(monolith?.capacity.granted?.units).toBeCloseTo((375 * 16 * 0.7) / each, 6);
});
