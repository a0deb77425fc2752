// The deciding commands on scenarios whose answers can be worked out by hand.
import { expect, test } from "vitest";
import { manyCases } from "../../src/analysis/many-cases.ts";
import { loadScenario } from "../../src/cli/load.ts";
import { valuesOf } from "../../src/figures/values.ts";
import {
  breakEvenSchema,
  type SensitivityResult,
  sensitivitySchema,
  uncertaintySchema,
  unitEconomicsSchema,
} from "../../src/result/decision-schema.ts";
import { archcost, runText, withFile } from "../run.ts";

/** `serverless` costs 0.1 USD for each of `tokens` a call, `fleet` 100 USD for each 1,000 calls begun and 50 USD at any rate. */
const line = "service: custom/line, role: work, source: test, reason: test";
const SCENARIO = `
scenario: Two ways
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 month }
variables:
  calls: { value: 2000, low: 1000, high: 3000, distribution: uniform, reason: guess, status: assumed }
  tokens: { value: 2, low: 1, high: 3, distribution: uniform, reason: guess, status: assumed }
current: serverless
architectures:
  serverless: { components: { f: { ${line}, quantity: calls * tokens, price: 0.1 USD } } }
  fleet:
    components:
      base: { ${line}, quantity: 1, price: 50 USD }
      box: { ${line}, quantity: ceil(calls / 1000), price: 100 USD }
`;

async function json(command: string, text: string, ...argv: string[]): Promise<unknown> {
  return withFile(text, async (file) => {
    const ran = await archcost([command, file, "--format", "json", ...argv]);
    if (ran.code !== 0) throw new Error(`exit ${ran.code}\n${ran.stderr}`);
    return JSON.parse(ran.stdout);
  });
}

const io = { stdout: { write: () => true }, stderr: { write: () => true }, env: {}, cwd: () => process.cwd() };
const primeVideo = () =>
  loadScenario("scenarios/prime-video.yaml", {}, { ...io, env: { ARCHCOST_TODAY: "2026-11-23" } });

test("run tells the break-even over the driver and the spread, as data and in the verdict", async () => {
  const result = await runText(SCENARIO);
  const { break_even: found, uncertainty: spread, comparison } = result;
  // 0.2 a call: below 750 calls 150 USD of fleet are dearer, above always cheaper up to where 1,000 more begin.
  expect(found?.crossings).toEqual([
    { at: expect.closeTo(750, 6), kind: "crossing", below: "serverless", above: "fleet" },
    { at: expect.closeTo(1000, 6), kind: "jump", below: "fleet", above: "serverless" },
    { at: expect.closeTo(1250, 6), kind: "crossing", below: "serverless", above: "fleet" },
  ]);
  expect(found?.nearest).toEqual({
    at: expect.closeTo(1250, 6),
    factor: expect.closeTo(0.625, 6),
    cheapest: "serverless",
  });
  expect(spread?.samples).toBe(2048);
  expect(comparison.verdict.join("\n")).toContain(
    "Break-even: below 1,250 calls (62.5 % of today) serverless is the cheapest.",
  );
  expect(comparison.verdict.join("\n")).toMatch(
    /No clear winner: over the assumed ranges the cheapest is fleet in \d+ %/,
  );
});

test("a scenario without ranges and with one architecture has neither", async () => {
  const text = SCENARIO.replace(/current: .*\n/, "")
    .replace(/ {2}fleet:[\s\S]*/, "")
    .replace(/low: .*, distribution: uniform, /g, "");
  const result = await runText(text);
  expect(result.break_even).toBeNull();
  expect(result.uncertainty).toBeNull();
});

test("breakeven over another variable runs over its range, or the one asked for, in its unit", async () => {
  const found = breakEvenSchema.parse(await json("breakeven", SCENARIO, "--over", "tokens"));
  expect([found.from, found.to, found.unit]).toEqual([1, 3, ""]);
  expect(found.crossings).toEqual([
    { at: expect.closeTo(1.25, 9), kind: "crossing", below: "serverless", above: "fleet" },
  ]);
  const narrow = breakEvenSchema.parse(
    await json("breakeven", SCENARIO, "--over", "tokens", "--from", "2", "--to", "10"),
  );
  expect([narrow.from, narrow.to, narrow.crossings]).toEqual([2, 10, []]);
});

test.each([
  { argv: ["breakeven", "--over", "token"], says: 'did you mean "tokens"' },
  { argv: ["breakeven", "--from", "0"], says: "lies above 0" },
  { argv: ["breakeven", "--from", "3 GB"], says: "wants" },
  { argv: ["uncertainty", "--samples", "3"], says: "--samples 3" },
  { argv: ["uncertainty", "--given", "fleet.cost.month"], says: "is no condition" },
  { argv: ["uncertainty", "--given", "fleet.cost.moth <= 3 USD"], says: 'did you mean "fleet.cost.month"' },
  { argv: ["uncertainty", "--saving", "120%"], says: "--saving 120%" },
])("$argv is refused with what is allowed", async ({ argv: [command = "", ...rest], says }) => {
  await withFile(SCENARIO, async (file) => {
    const ran = await archcost([command, file, ...rest]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(says);
    expect(ran.stdout).toBe("");
  });
});

test.each([
  { change: ["low: 1000", "low: 4000"], says: "above the high end" },
  { change: ["value: 2000", "value: 5000"], says: "outside its range" },
  {
    change: ["low: 1000, high: 3000, distribution: uniform", "low: 0, high: 3000, distribution: loguniform"],
    says: "lies above 0",
  },
] as const)("a range that is wrong is told: $says", async ({ change: [from, to], says }) => {
  await withFile(SCENARIO.replace(from, to), async (file) => {
    const ran = await archcost(["run", file]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(says);
  });
});

test("percentiles, shares of the cheapest and of savings are those of the integral", async () => {
  const found = uncertaintySchema.parse(await json("uncertainty", SCENARIO, "--saving", "50%"));
  expect(found.kept).toBe(100_000);
  const { serverless, fleet } = found.architectures;
  // fleet: 250 USD up to 2,000 calls, 350 above
  expect(fleet?.cost).toEqual({ p10: 250, p50: expect.any(Number), p90: 350 });
  expect((serverless?.cheapest ?? 0) + (fleet?.cheapest ?? 0)).toBeCloseTo(1, 12);
  const brute = bruteShare();
  expect(fleet?.cheapest).toBeCloseTo(brute.cheapest, 3);
  expect(fleet?.saves_over).toBeCloseTo(brute.half, 3);
});

function bruteShare(): { cheapest: number; half: number } {
  let cheapest = 0;
  let half = 0;
  const steps = 1000;
  for (let i = 0; i < steps; i += 1) {
    for (let j = 0; j < steps; j += 1) {
      const calls = 1000 + (2000 * (i + 0.5)) / steps;
      const tokens = 1 + (2 * (j + 0.5)) / steps;
      const fleet = 50 + Math.ceil(calls / 1000) * 100;
      if (fleet < calls * tokens * 0.1) cheapest += 1;
      if (1 - fleet / (calls * tokens * 0.1) > 0.5) half += 1;
    }
  }
  return { cheapest: cheapest / steps ** 2, half: half / steps ** 2 };
}

test("the same seed gives the same bytes, another seed others", async () => {
  const run = (seed: string) => json("uncertainty", SCENARIO, "--samples", "1000", "--seed", seed);
  expect(await run("5")).toEqual(await run("5"));
  expect(await run("5")).not.toEqual(await run("6"));
});

test("what is given keeps the samples that fulfil it, and says how many", async () => {
  const text = `${SCENARIO}given: ["fleet.cost.month between 200 USD and 300 USD"]\n`;
  const found = uncertaintySchema.parse(await json("uncertainty", text, "--given", "tokens >= 2"));
  expect(found.given.map(({ share }) => share)).toEqual([expect.closeTo(0.5, 3), expect.closeTo(0.5, 3)]);
  expect(found.kept).toBeGreaterThan(24_000);
  expect(found.kept).toBeLessThan(26_000);
  expect(found.architectures["fleet"]?.cost).toEqual({ p10: 250, p50: 250, p90: 250 });
});

test("a budget over figures of a sample tells in what share it holds; a value that is set is certain", async () => {
  const text = `${SCENARIO}budgets: [{ id: cap, assert: fleet.cost.month <= 300 USD }]\n`;
  const found = uncertaintySchema.parse(await json("uncertainty", text));
  expect(found.budgets).toEqual([{ id: "cap", share: expect.closeTo(0.5, 3) }]);
  const set = uncertaintySchema.parse(await json("uncertainty", text, "--set", "calls=1500"));
  expect(set.inputs.map(({ address }) => address)).toEqual(["tokens"]);
  expect(set.budgets).toEqual([{ id: "cap", share: 1 }]);
});

test("correlated ranges move together, and their variance is told together", async () => {
  const text = `${SCENARIO}correlations: [{ between: [calls, tokens], coefficient: -1 }]\n`;
  const free = uncertaintySchema.parse(await json("uncertainty", SCENARIO, "--samples", "4096"));
  const tied = uncertaintySchema.parse(await json("uncertainty", text, "--samples", "4096"));
  const width = ({ architectures }: typeof free): number => {
    const cost = architectures["serverless"]?.cost;
    return cost === undefined ? Number.NaN : cost.p90 - cost.p10;
  };
  expect(width(tied)).toBeLessThan(width(free) / 2);
  expect(tied.variance.find(({ of }) => of === "cost")?.inputs[0]?.address).toBe("calls+tokens");
});

test("correlations of unknown variables or that contradict are told", async () => {
  for (const [written, says] of [
    ["[calls, token]", 'did you mean "tokens"'],
    ["[calls, calls]", "does not correlate with itself"],
  ]) {
    await withFile(`${SCENARIO}correlations: [{ between: ${written}, coefficient: 0.5 }]\n`, async (file) => {
      const ran = await archcost(["uncertainty", file]);
      expect(ran.code).toBe(2);
      expect(ran.stderr).toContain(says);
    });
  }
});

test("elasticities: proportional is 1, a fixed part takes its share, whole instances count as divisible", async () => {
  const found = sensitivitySchema.parse(await json("sensitivity", SCENARIO));
  const of = (address: string) => found.elasticities.find((each) => each.address === address);
  expect(of("calls")?.cost).toEqual({ serverless: 1, fleet: expect.closeTo(200 / 250, 9) });
  expect(of("tokens")?.cost).toEqual({ serverless: 1, fleet: 0 });
  // saving 400 - 250 = 150: 400 / 150 by tokens, (400 - 200) / 150 by calls
  expect(of("tokens")?.saving["fleet"]).toBeCloseTo(400 / 150, 9);
  expect(of("calls")?.saving["fleet"]).toBeCloseTo(200 / 150, 9);
  const calls = found.tornado.find(({ address }) => address === "calls");
  expect(calls?.cost["fleet"]).toEqual({ low: 150, high: 350 });
  expect(calls?.saving_share["fleet"]?.high).toBeCloseTo(1 - 350 / 600, 9);
});

test("elasticities of Prime Video are its chords over many steps, costs and binding loads alike", async () => {
  const ran = await archcost(["sensitivity", "scenarios/prime-video.yaml", "--format", "json"]);
  const found: SensitivityResult = sensitivitySchema.parse(JSON.parse(ran.stdout));
  const { model } = primeVideo();
  const nodes = model.architectures.map(({ cost }) => cost);
  for (const { address, cost } of found.elasticities) {
    const value = model.graph.inputs.find((input) => input.address === address)?.value ?? Number.NaN;
    const columns = [Float64Array.from([0.95, 1, 1.05], (factor) => factor * value)];
    const costs = manyCases(model, nodes, [address])(columns, 3);
    model.architectures.forEach(({ name }, k) => {
      const [low, base, high] = costs[k] ?? [];
      // ceil has some 200 steps here: its chord is off by one of them at most
      const chord = ((high ?? 0) - (low ?? 0)) / (0.1 * (base ?? 1));
      expect(Math.abs(chord - (cost[name] ?? 0)), `${name} by ${address}`).toBeLessThan(0.06);
    });
  }
  const detectors = found.elasticities.find(({ address }) => address === "detectors");
  // 5,000 / (15 x streams): transitions per second bind, detectors + 5 of them
  expect(detectors?.binding_load["microservices"]).toBeCloseTo(-10 / 15, 6);
});

test("unit economics: the cost of a unit falls to that of one more, the fixed part shrinks", async () => {
  const found = unitEconomicsSchema.parse(await json("economics", SCENARIO));
  const today = found.architectures["fleet"]?.find(({ driver }) => driver === 2000);
  // a box begun at any load is fixed too
  expect(today).toEqual({
    driver: 2000,
    work: expect.closeTo(2000, 6),
    month: 250,
    per_unit: expect.closeTo(0.125, 9),
    marginal: expect.closeTo(0.1, 9),
    fixed_share: expect.closeTo(150 / 250, 9),
  });
  expect(found.architectures["serverless"]?.every(({ per_unit: each }) => Math.abs((each ?? 0) - 0.2) < 1e-9)).toBe(
    true,
  );
});

test("costs over many cases are those of the base case, bit by bit, where data is kept for ever too", () => {
  const { model } = primeVideo();
  const nodes = model.architectures.map(({ cost }) => cost);
  const { mean } = valuesOf(model, nodes);
  const found = manyCases(model, nodes, ["streams", "detectors"])([Float64Array.of(2000), Float64Array.of(10)], 1);
  expect(found.map((column) => column[0])).toEqual(nodes.map((node) => mean(node)));
  const growing = {
    ...model,
    grows: true,
    graph: { ...model.graph, inputs: [...model.graph.inputs, { address: "elapsed", value: 0 }] },
  };
  const months = manyCases(growing, nodes, ["streams"])([Float64Array.of(2000)], 1);
  months.forEach((column, k) => {
    expect(column[0]).toBeCloseTo(found[k]?.[0] ?? Number.NaN, 4);
  });
});

test("Prime Video: the share of the assumed range that saves over 90 %, and what it hangs on", async () => {
  const observed = "microservices.limits.first_hit.share between 4% and 6%";
  const ran = await archcost([
    "uncertainty",
    "scenarios/prime-video.yaml",
    "--format",
    "json",
    "--samples",
    "20000",
    "--given",
    observed,
  ]);
  const found = uncertaintySchema.parse(JSON.parse(ran.stdout));
  const { monolith } = found.architectures;
  expect(monolith?.saves_over).toBeGreaterThan(0.7);
  expect(monolith?.saves_over).toBeLessThan(0.82);
  expect(found.hangs_on.find(({ architecture }) => architecture === "monolith")?.address).toBe("utilisation");
  expect(found.given[0]?.share).toBeGreaterThan(0.3);
  expect(found.given[0]?.share).toBeLessThan(0.42);
  const text = await archcost(["uncertainty", "scenarios/prime-video.yaml", "--samples", "1000"]);
  expect(text.stdout).toContain("share of the assumed range, not a probability");
});

test.each(["breakeven", "sensitivity", "uncertainty", "economics"])(
  "%s writes table, Markdown and CSV",
  async (command) => {
    await withFile(SCENARIO, async (file) => {
      const table = await archcost([command, file]);
      expect(table.code).toBe(0);
      expect(Math.max(...table.stdout.split("\n").map((text) => text.length))).toBeLessThanOrEqual(80);
      expect((await archcost([command, file, "-f", "markdown"])).stdout).toMatch(/^## Two ways/);
      const rows = (await archcost([command, file, "-f", "csv"])).stdout.trim().split("\n");
      expect(new Set(rows.map((row) => row.split(",").length)).size).toBe(1);
      expect(rows.length).toBeGreaterThan(2);
    });
  },
);
