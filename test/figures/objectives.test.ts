// Metrics and objectives as a user writes them: a missed objective rules an architecture out everywhere.
import { expect, test } from "vitest";
import { breakEvenSchema, uncertaintySchema } from "../../src/result/decision-schema.ts";
import { archcost, runText, withFile } from "../run.ts";

const line = "service: custom/line, role: work, source: test, reason: test";
/** Batching n calls makes a call n times as cheap and answers up to n seconds later. */
const SCENARIO = `
scenario: Batching
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 month }
variables:
  calls: { value: 1000, low: 500, high: 2000, distribution: uniform, reason: guess }
  batch: { value: 20, low: 1, high: 40, distribution: uniform, reason: guess }
metrics:
  delay: { unit: s, title: Delay, reason: from the event to the answer }
  teams: { value: components, title: Teams }
objectives:
  - { id: in-time, assert: delay <= 10 s, reason: people wait for it }
current: single
architectures:
  single:
    metrics: { delay: 1 s }
    components: { f: { ${line}, quantity: calls, price: 0.1 USD } }
  batched:
    metrics: { delay: { value: batch * 1 s, reason: the last one waits for none } }
    components:
      f: { ${line}, quantity: calls / batch, price: 0.1 USD }
      queue: { ${line}, quantity: 1, price: 1 USD }
  batched-alike:
    extends: batched
    metrics: { teams: 7 }
`;

test("a missed objective rules an architecture out of being the cheapest, and says which", async () => {
  const { comparison, architectures, objectives } = await runText(SCENARIO);
  expect(architectures["batched"]?.cost.month).toBeCloseTo(6, 9);
  expect(architectures["batched"]?.feasible).toBe(false);
  expect(architectures["batched"]?.disqualified).toEqual(['it misses the objective "in-time" (delay <= 10 s)']);
  expect(comparison.cheapest).toBe("single");
  expect(comparison.verdict[0]).toContain("serves the load and meets every objective");
  expect(objectives?.architectures["batched"]).toEqual({
    metrics: {
      delay: expect.objectContaining({ value: 20, reason: "the last one waits for none" }),
      teams: expect.objectContaining({ value: 2 }),
    },
    missed: ["in-time"],
  });
  expect(objectives?.architectures["batched-alike"]?.metrics["teams"]?.value).toBe(7);
  expect(objectives?.architectures["single"]?.missed).toEqual([]);
});

test("met with another value, it is the cheapest", async () => {
  const { comparison } = await runText(SCENARIO, ["--set", "batch=10"]);
  expect(comparison.cheapest).toMatch(/^batched/);
});

test("break-even over the variable ends where the objective is missed, to neighbouring numbers", async () => {
  await withFile(SCENARIO, async (file) => {
    const ran = await archcost(["breakeven", file, "--over", "batch", "-f", "json", "-a", "single", "-a", "batched"]);
    const found = breakEvenSchema.parse(JSON.parse(ran.stdout));
    expect(found.intervals).toEqual([
      // 100 USD against 1 + 100 / batch: below 100 / 99 the queue does not pay
      { from: 1, to: expect.closeTo(100 / 99, 9), cheapest: "single", begins: "range" },
      { from: expect.closeTo(100 / 99, 9), to: expect.closeTo(10, 12), cheapest: "batched", begins: "cost" },
      { from: expect.closeTo(10, 12), to: 40, cheapest: "single", begins: "objective" },
    ]);
    const text = await archcost(["breakeven", file, "--over", "batch", "--from", "2", "--set", "batch=5"]);
    expect(text.stdout.replace(/\s+/g, " ")).toContain("batched misses an objective, and single is the cheapest");
  });
});

test("samples count an architecture where it meets the objectives", async () => {
  await withFile(`${SCENARIO}budgets: [{ id: b, assert: cheapest == single }]\n`, async (file) => {
    const ran = await archcost(["uncertainty", file, "-f", "json", "-a", "single", "-a", "batched"]);
    const found = uncertaintySchema.parse(JSON.parse(ran.stdout));
    // batch is uniform from 1 to 40: nine of 39 parts are met
    expect(found.architectures["batched"]?.feasible).toBeCloseTo(9 / 39, 3);
    expect(found.architectures["single"]?.feasible).toBe(1);
    const { batched, single } = found.architectures;
    expect(batched?.cheapest).toBeLessThan(9 / 39);
    expect(batched?.cheapest).toBeGreaterThan(8.5 / 39);
    expect((batched?.cheapest ?? 0) + (single?.cheapest ?? 0)).toBeCloseTo(1, 12);
    expect((await archcost(["check", file])).code).toBe(0);
  });
});

test("where none meets it, the verdict says so and they are compared all the same", async () => {
  const { comparison } = await runText(SCENARIO.replace("delay <= 10 s", "delay <= 10 ms"));
  expect(comparison.verdict[0]).toContain("No architecture can serve the load and meet every objective");
});

test.each([
  { from: "assert: delay <= 10 s", to: "assert: delai <= 10 s", says: 'did you mean "delay"' },
  { from: "assert: delay <= 10 s", to: "assert: delay <= 10 GB", says: "wants like on both sides" },
  { from: "assert: delay <= 10 s", to: "assert: delay", says: "an objective is a condition" },
  { from: "metrics: { delay: 1 s }", to: "metrics: { delay: 1 GB }", says: "wants time" },
  { from: "metrics: { delay: 1 s }", to: "note: none", says: '"single" has no metric "delay"' },
  { from: "id: in-time,", to: "id: in-time, architectures: [singel],", says: 'did you mean "single"' },
  { from: "delay: { unit: s,", to: "delay: { unit: sek,", says: 'no unit "sek"' },
  { from: "teams: { value: components", to: "calls: { value: 3", says: "needs a name of its own" },
  { from: "batch * 1 s", to: "bach * 1 s", says: 'did you mean "batch"' },
])("$to is told at its place", async ({ from, to, says }) => {
  await withFile(SCENARIO.replace(from, to), async (file) => {
    const ran = await archcost(["run", file]);
    expect(ran.stderr).toContain(says);
    expect(ran.stderr).toMatch(/scenario\.yaml:\d+:\d+: error/);
    expect(ran.code).toBe(2);
  });
});

test("an objective for some architectures asks nothing of the others", async () => {
  const text = SCENARIO.replace("id: in-time,", "id: in-time, architectures: [single],");
  const { comparison } = await runText(
    text.replace("metrics: { delay: { value: batch * 1 s", "metrics: { other: { value: batch * 1 s"),
  );
  expect(comparison.cheapest).toMatch(/^batched/);
});

test("table, Markdown, CSV and page tell metrics and what is missed", async () => {
  await withFile(SCENARIO, async (file) => {
    const table = await archcost(["run", file]);
    expect(table.stdout).toMatch(/batched +misses in-time +20 s +2/);
    expect(table.stdout).toContain("✗ cannot serve the load, or misses an objective");
    expect((await archcost(["run", file, "-f", "markdown"])).stdout).toMatch(
      /\| batched \| misses in-time \| 20 s \| 2 \|/,
    );
    const csv = (await archcost(["run", file, "-f", "decisions-csv"])).stdout;
    expect(csv).toContain("batched,metric,delay,,20,,s,");
    expect(csv).toContain("batched,objective,in-time,,0,,1: met,");
  });
});
