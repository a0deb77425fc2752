import { expect, test } from "vitest";
import { figureAt, parseVary } from "../../src/analysis/sweep.ts";
import { archcost } from "../run.ts";

test.each([
  ["detectors=1..4", ["1", "2", "3", "4"]],
  ["u=0..1:0.25", ["0", "0.25", "0.5", "0.75", "1"]],
  ["d=100 ms..300 ms:100 ms", ["100 ms", "200 ms", "300 ms"]],
  ["s=1..1000:x4", ["1", "10", "100", "1000"]],
  ["region=us-east-1,eu-west-1", ["us-east-1", "eu-west-1"]],
])("%s", (text, values) => expect(parseVary(text)).toEqual({ name: text.split("=")[0], values }));

test("a tenth, eleven times, ends at one", () => {
  const vary = parseVary("x=0..1:0.1");
  expect("values" in vary && vary.values.at(-1)).toBe("1");
  expect("values" in vary && vary.values.length).toBe(11);
});

test.each(["x", "x=", "=1..2", "x=a..b", "x=5..1", "x=1..9:0", "x=1..1e9:1", "x=1..10:x1", "x=a,,b"])(
  "%s is told",
  (text) => {
    expect(parseVary(text)).toHaveProperty("problem");
  },
);

test.each([
  { text: "streams=1..1e9:1", count: 1_000_000_000 },
  { text: "streams=0..1000:1", count: 1001 },
  { text: "streams=1..10:x1000000000", count: 1_000_000_000 },
  { text: `region=${"a,".repeat(1000)}a`, count: 1001 },
])("a sweep of $count points names how many there are and the limit", ({ text, count }) => {
  expect(parseVary(text)).toEqual({ problem: expect.stringContaining(`: ${count} values, the limit is 1000`) });
});

test("figures by path; what is not a number, or not there, is none", () => {
  expect(figureAt({ a: { b: 1 } }, ["a", "b"])).toBe(1);
  expect(figureAt({ a: { b: "1" } }, ["a", "b"])).toBeUndefined();
  expect(figureAt({ a: 1 }, ["constructor", "name"])).toBeUndefined();
});

test("detectors scale by clones that repeat the conversion: the cost steps where an instance is full", async () => {
  const file = "scenarios/prime-video-scaling.yaml";
  const column = async (result: string) => {
    const ran = await archcost(["sweep", file, "--vary", "detectors=5..8", "--result", result, "--format", "json"]);
    return (JSON.parse(ran.stdout) as { rows: { clones: number }[] }).rows.map((row) => row.clones);
  };
  expect(await column("clones")).toEqual([1, 1, 2, 2]);
  const machine = 730 * 0.68;
  expect(await column("cost.month")).toEqual(
    [167, 167, 334, 334].map((machines) => expect.closeTo(machines * machine, 6)),
  );
});

test("over regions, and what is wrong is told with exit code 2", async () => {
  const ran = await archcost([
    "sweep",
    "scenarios/internal-tool.yaml",
    "--vary",
    "region=us-east-1,us-west-2",
    "--format",
    "csv",
  ]);
  expect(ran.stdout.split(/\r?\n/)[0]).toBe("region,containers,functions");
  const wrong = await archcost(["sweep", "scenarios/internal-tool.yaml", "--vary", "call_tme=1 ms,2 ms"]);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('did you mean "call_time"')]);
  const nothing = await archcost([
    "sweep",
    "scenarios/internal-tool.yaml",
    "--vary",
    "call_time=1 ms,2 ms",
    "--result",
    "cost.mnth",
  ]);
  expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('no figure "cost.mnth"')]);
});
