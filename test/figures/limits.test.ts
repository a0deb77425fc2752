import fc from "fast-check";
import { expect, test } from "vitest";
import type { ArchitectureResult, Result } from "../../src/result/schema.ts";
import { type Parts, runWithQuotas, scenario } from "./quota-catalog.ts";

const ONE = "{ w: { service: acme/worker } }";

async function run(parts: Partial<Parts>, argv: readonly string[] = []): Promise<Result> {
  return runWithQuotas(scenario({ architectures: { a: ONE }, ...parts }), argv);
}

function only(result: Result, name = "a"): ArchitectureResult {
  const architecture = result.architectures[name];
  if (architecture === undefined) throw new Error(`no architecture ${name}`);
  return architecture;
}

function limit(result: Result, quota: string, name = "a") {
  const found = only(result, name).limits.find((each) => each.quota === `acme/worker/${quota}`);
  if (found === undefined) throw new Error(`no limit ${quota}`);
  return found;
}

test.each([
  {
    region: "west",
    quotaDay: "2024-06-01",
    value: 1000,
    as_of: "2022-01-01",
    assumed: false,
    why: "group of the region",
  },
  { region: "east", quotaDay: "2024-06-01", value: 100, as_of: "2022-01-01", assumed: false, why: "no group" },
  {
    region: "west",
    quotaDay: "2025-01-01",
    value: 2000,
    as_of: "2025-01-01",
    assumed: false,
    why: "on the day of change",
  },
  {
    region: "west",
    quotaDay: "2024-12-31",
    value: 1000,
    as_of: "2022-01-01",
    assumed: false,
    why: "on the day before",
  },
  {
    region: "west",
    quotaDay: "2019-01-01",
    value: 1000,
    as_of: "2022-01-01",
    assumed: true,
    why: "before any known: the earliest",
  },
])("$value a second in $region on $quotaDay: $why", async ({ region, quotaDay, value, as_of, assumed }) => {
  const found = limit(await run({ region, quotaDay }), "rate");
  expect(found).toMatchObject({
    value,
    granted: value,
    as_of,
    assumed,
    code: "Q-RATE",
    unit: "request/s",
    demand: 500,
  });
  expect(found.source_url).toBe("https://example.org/quotas");
});

test("a quota of the account adds up over components and copies, one of a copy does not", async () => {
  const components = "{ w: { service: acme/worker }, v: { service: acme/worker, calls: 3, count: 2 } }";
  const result = await run({ architectures: { a: components } });
  expect(limit(result, "rate")).toMatchObject({ demand: 500 + 3 * 500, components: ["w", "v"] });
  expect(limit(result, "per_copy")).toMatchObject({ demand: (3 * 500) / 2, components: ["v"] });
});

test("accounts and regions have quotas of their own; a quota of the account alone spans regions", async () => {
  const components =
    "{ w: { service: acme/worker }, v: { service: acme/worker, region: east }, u: { service: acme/worker, account: other } }";
  const { limits } = only(await run({ architectures: { a: components } }));
  const rates = limits.filter(({ quota }) => quota === "acme/worker/rate");
  expect(rates.map(({ region, account, value, demand }) => [region, account, value, demand])).toEqual([
    ["east", null, 200, 500],
    ["west", null, 2000, 500],
    ["west", "other", 2000, 500],
  ]);
  const machines = limits.filter(({ quota }) => quota === "acme/worker/machines");
  expect(machines.map(({ demand }) => demand)).toEqual([1000, 500]);
});

test("the peak counts, burst included", async () => {
  const hours = [...Array(12).fill(1), ...Array(12).fill(3)].join(", ");
  const result = await run({ curve: `{ hours: [${hours}], burst: 2 }` });
  expect(limit(result, "rate").demand).toBeCloseTo(500 * 1.5 * 2, 9);
});

test("attempts add to the demand; what does not apply or stops nothing is left out", async () => {
  const plain = await run({ architectures: { a: "{ w: { service: acme/worker, attempts: 1.5 } }" } });
  expect(limit(plain, "rate").demand).toBe(750);
  expect(only(plain).limits.map(({ quota }) => quota)).not.toContain("acme/worker/follower");
  const turbo = await run({ architectures: { a: "{ w: { service: acme/worker, mode: turbo } }" } });
  expect(only(turbo).limits.map(({ quota }) => quota)).toContain("acme/worker/follower");
  expect(only(turbo).limits.map(({ quota }) => quota)).not.toContain("acme/worker/drains");
});

test("what is granted moves the load at which it binds, what is in use takes room", async () => {
  const top = [
    "quotas: { acme/worker: { rate: { granted: 6000, reason: asked } } }",
    "existing: { quotas: { acme/worker: { rate: 1000 } } }",
  ].join("\n");
  const found = limit(await run({ top }), "rate");
  expect(found).toMatchObject({ value: 2000, granted: 6000, existing: 1000, demand: 1500 });
  expect(found.binds_at?.units).toBeCloseTo(1000, 6);
  expect(found.binds_at_granted?.units).toBeCloseTo(5000, 6);
  expect(found.headroom).toBeCloseTo(0.75, 12);
});

test("a quota that follows another moves with what is granted of that one, and is raised by raising it", async () => {
  const turbo = { architectures: { a: "{ w: { service: acme/worker, mode: turbo } }" } };
  const plain = await run(turbo);
  expect(limit(plain, "follower")).toMatchObject({
    value: 400,
    adjustable: true,
    raised_through: ["acme/worker/concurrency"],
  });
  expect(only(plain).raises).toMatchObject([{ quota: "acme/worker/concurrency", from: 4000, to: 5000, through: [] }]);
  expect(only(plain).feasible).toBe(true);
  const top = "quotas: { acme/worker: { concurrency: { granted: 8000, reason: asked } } }";
  const granted = await run({ ...turbo, top });
  expect(limit(granted, "follower")).toMatchObject({ value: 400, granted: 800 });
  expect(only(granted).raises).toEqual([]);
});

const RAISE = { quota: "acme/worker/rate", title: "Calls a second", code: "Q-RATE", region: "west", unit: "request/s" };
test.each([
  { users: 2000, raises: [], why: "at the value it still fits" },
  { users: 2001, raises: [{ ...RAISE, from: 2000, to: 2100, through: [] }], why: "two digits, rounded up" },
  { users: 2100, raises: [{ ...RAISE, from: 2000, to: 2100, through: [] }], why: "two digits already" },
])("$users users and their raises: $why", async ({ users, raises }) => {
  expect(only(await run({ users })).raises).toEqual(raises);
});

test("what is slowed down until the service has scaled is no quota to raise, and no hard limit either", async () => {
  const result = await run({
    users: 60_000,
    top: "quotas: { acme/worker: { rate: { granted: 1e6, reason: asked } } }",
  });
  expect(limit(result, "per_copy")).toMatchObject({ demand: 60_000, granted: 50_000, effect: "slow" });
  expect(only(result).raises.map(({ quota }) => quota)).toEqual(["acme/worker/concurrency"]);
  expect(only(result).feasible).toBe(true);
});

test("what binds first stands first, with the load in units and as a share of the expected load", async () => {
  const result = await run({});
  expect(only(result).limits.map(({ quota, binds_at: at }) => [quota, at?.units])).toEqual([
    ["acme/worker/rate", 2000],
    ["acme/worker/concurrency", 4000],
    ["acme/worker/per_copy", 50_000],
    ["acme/worker/machines", expect.closeTo(100_000, 4)],
    ["acme/worker/message", undefined],
  ]);
  expect(only(result)).toMatchObject({ first_hit: "acme/worker/rate", capacity: { hard: null } });
  expect(only(result).capacity.default).toEqual({ units: 2000, share: 4, quota: "acme/worker/rate" });
  const partly = await run({}, ["--load", "5%"]);
  expect(limit(partly, "rate")).toMatchObject({ demand: 25, binds_at: { units: 2000, share: 4 } });
});

test("a demand in steps binds at the last load before the step, whatever the size of a step", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 5000 }), async (size, granted) => {
      const result = await run({
        architectures: { a: `{ w: { service: acme/worker, machine_size: ${size} } }` },
        top: `quotas: { acme/worker: { machines: { granted: ${granted}, reason: asked } } }`,
      });
      const units = limit(result, "machines").binds_at_granted?.units;
      expect(Math.abs((units ?? 0.5) - size * granted)).toBeLessThanOrEqual(1e-11 * size * granted);
    }),
    { numRuns: 12 },
  );
});

test("a first step that does not fit binds at any load", async () => {
  const result = await run({ top: "quotas: { acme/worker: { machines: { granted: 0.5, reason: asked } } }" });
  expect(limit(result, "machines").binds_at_granted).toEqual({ units: 0, share: 0 });
});

test("a hard limit rules out: the verdict recommends the cheapest that can serve and prints the reason", async () => {
  const cheap = "{ w: { service: acme/worker, size: 300 MB } }";
  const result = await run({ architectures: { cheap, dear: "{ w: { service: acme/worker, fee: 5 } }" } });
  const out = only(result, "cheap");
  expect(out).toMatchObject({
    feasible: false,
    capacity: { hard: { units: 0, share: 0, quota: "acme/worker/message" } },
  });
  expect(out.disqualified[0]).toContain("Size of a message is at most 256 MB and cannot be raised; w needs 300 MB");
  expect(out.disqualified[0]).toContain("start anew every 0.853 s");
  expect(only(result, "dear").feasible).toBe(true);
  expect(result.comparison.cheapest).toBe("dear");
  expect(result.comparison.verdict[0]).toContain("dear is the only one that can serve the load");
  expect(result.comparison.verdict.join(" ")).toContain("cheap is ruled out: Size of a message is at most 256 MB");
});

test("where nothing can serve the load the verdict says so first", async () => {
  const big = "{ w: { service: acme/worker, size: 300 MB } }";
  const { comparison } = await run({ architectures: { a: big, b: big } });
  expect(comparison.verdict[0]).toMatch(/^No architecture can serve the load/);
});

test("a recommendation names its raises, the data's doubts and that others are stopped by what can be raised", async () => {
  const dear = "{ w: { service: acme/worker, fee: 5, calls: 2 } }";
  const result = await run({ users: 3000, architectures: { cheap: ONE, dear } });
  const verdict = result.comparison.verdict.join("\n");
  expect(verdict).toContain("it needs one quota raised: Calls a second (Q-RATE) from 2,000 to 3,000 requests/s.");
  expect(verdict).toContain("By published values cheap would stop at 66.7 % of the load; value from memory.");
  expect(verdict).toContain("dear is stopped at 33.3 % of the load by Calls a second (Q-RATE): work is rejected");
  expect(verdict).toContain("adjustable, so no hard limit, 2 raises needed");
});

test("what is granted carries the recommendation: said, with what the published value would do", async () => {
  const top = "quotas: { acme/worker: { rate: { granted: 6000, reason: asked } } }";
  const verdict = (await run({ users: 3000, top })).comparison.verdict.join("\n");
  expect(verdict).toContain("By published values a would stop at 66.7 % of the load, by Calls a second (Q-RATE)");
  expect(verdict).toContain("the load rests on 6,000 requests/s granted");
});

test.each([
  [
    "quotas: { acme/worker: { rat: { granted: 1, reason: r } } }",
    'acme/worker has no quota "rat"',
    'did you mean "rate"?',
  ],
  [
    "quotas: { acme/worke: { rate: { granted: 1, reason: r } } }",
    'no service "acme/worke"',
    'did you mean "acme/worker"?',
  ],
  [
    "existing: { quotas: { acme/worker: { per_copi: 1 } } }",
    'acme/worker has no quota "per_copi"',
    'did you mean "per_copy"?',
  ],
  ["existing: { quotas: { acme/worker: { per_copy: 1 } } }", 'each component has "per_copy" of its own', "per_copy: 1"],
  ["quotas: { acme/worker: { message: { granted: 3 s, reason: r } } }", "its unit MB wants data", "granted: 3 s"],
])("%s is refused", async (top, message, hint) => {
  await expect(run({ top })).rejects.toThrow(message);
  await expect(run({ top })).rejects.toThrow(hint);
});

test("a grant of what the data calls hard is taken, with a warning", async () => {
  const result = await run({ top: "quotas: { acme/worker: { message: { granted: 512, reason: r } } }" });
  expect(limit(result, "message").granted).toBe(512);
  expect(result.warnings.join(" ")).toContain('"message" is not adjustable as far as is known');
});
