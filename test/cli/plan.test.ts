import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type PlanResult, planSchema } from "../../src/result/plan.ts";
import { archcost, runText, withFile } from "../run.ts";

/** Two stated lines: `small` costs 10 USD a user, `large` 1,000 USD and 1 USD a user. */
function scenario(evolution: string): string {
  const line = (quantity: string, price: string) =>
    `{ service: custom/line, quantity: ${quantity}, price: ${price}, role: work, source: a test, reason: a test }`;
  return `scenario: growing
region: us-east-1
workload: { unit: request, driver: users, throughput: users / 1 h }
variables: { users: 50, effort_price: 1 }
architectures:
  small: { components: { it: ${line("users", "10 USD")} } }
  large: { components: { base: ${line("1", "1000 USD")}, it: ${line("users", "1 USD")} } }
evolution:
${evolution
  .trim()
  .split("\n")
  .map((row) => `  ${row}`)
  .join("\n")}
`;
}

const BASE = `
horizon: 12 months
growth: 20%/month
running: small
moves: [{ from: small, to: large, cost: 500 USD, lead_time: 1 month, parallel_run: 1 month }]
`;

async function planOf(evolution: string, ...argv: string[]): Promise<PlanResult> {
  return withFile(scenario(evolution), async (file) => {
    const ran = await archcost(["plan", file, "--format", "json", ...argv]);
    if (ran.code !== 0) throw new Error(ran.stderr);
    return planSchema.parse(JSON.parse(ran.stdout));
  });
}

/** Written out by hand: users in a month, the bills, and the cost of deciding the move in a month. */
const users = (month: number): number => 50 * 1.2 ** month;
const small = (month: number): number => 10 * users(month);
const large = (month: number): number => 1000 + users(month);
function costOf(decided: number | undefined): number {
  let cost = 0;
  for (let month = 0; month < 12; month += 1) {
    if (decided === undefined || month < decided + 2) cost += small(month);
    if (decided !== undefined && month >= decided + 1) cost += large(month);
    if (month === decided) cost += 500;
  }
  return cost;
}

describe("a scenario computed by hand", () => {
  test("moves in the month that costs least, and tells the regret of staying and of moving at once", async () => {
    const plan = await planOf(BASE);
    const months = Array.from({ length: 10 }, (_, month) => month);
    const best = months.reduce((least, month) => (costOf(month) < costOf(least) ? month : least));
    expect(plan.best?.moves.map(({ decided }) => decided)).toEqual([best]);
    expect(plan.best?.cost).toBeCloseTo(costOf(best), 6);
    expect(plan.stay?.regret).toBeCloseTo(costOf(undefined) - costOf(best), 6);
    expect(plan.move_now?.regret).toBeCloseTo(costOf(0) - costOf(best), 6);
    expect(plan.next?.sequence).toEqual(["small"]);
    expect(plan.next?.cost).toBeCloseTo(costOf(undefined), 6);
    expect(plan.best?.moves[0]?.driver).toBeCloseTo(users(best), 9);
  });

  test("a month is worth less by the yearly rate, and the bills are those of a run at that load", async () => {
    const plan = await planOf(
      BASE.replace("moves", "discount: 12%/year\nmoves").replace("cost: 500 USD", "cost: 1 MUSD"),
    );
    const expected = Array.from({ length: 12 }, (_, month) => small(month) * 1.12 ** (-month / 12));
    expect(plan.best?.cost).toBeCloseTo(
      expected.reduce((a, b) => a + b),
      6,
    );
    expect(plan.discount).toBeCloseTo(0.12, 12);
    const run = await runText(scenario(BASE), ["--set", `users=${users(7)}`]);
    expect(plan.months[7]?.cost["large"]).toBeCloseTo(run.architectures["large"]?.cost.month ?? -1, 6);
    expect(run.plan?.best).not.toBeNull();
  });

  test("delay and effort decide the start", async () => {
    const built = (delay: string) => `
horizon: 12 months
growth: 20%/month
person_rate: 1000 USD/month
cost_of_delay: ${delay}
architectures: { small: { effort: 1, time_to_release: 1 month }, large: { effort: 2, time_to_release: 3 months } }
moves: [{ to: large, effort: 100, lead_time: 2 months }]`;
    const [hurry, leisure] = [await planOf(built("5000 USD/month")), await planOf(built("users * 0.01 USD/month"))];
    expect(hurry.best?.sequence).toEqual(["small"]);
    expect(hurry.best?.delay).toBeCloseTo(5000, 9);
    expect(leisure.best?.sequence).toEqual(["large"]);
    expect(leisure.best?.delay).toBeCloseTo(0.01 * (users(0) + users(1) + users(2)), 9);
    expect(leisure.best?.one_off).toBe(2000);
  });

  test("the load of month 0 turns the answer, and the turn is a load at which both starts cost the same", async () => {
    const plan = await planOf(`
horizon: 1 month
growth: 0
architectures: { small: {}, large: {} }`);
    expect(plan.loads.map(({ best }) => best?.sequence[0])).toContain("large");
    expect(plan.turns).toHaveLength(1);
    expect(plan.turns[0]?.at).toBeCloseTo(1000 / 9, 3);
    expect(plan.turns[0]?.by).toBe("cost");
  });

  test("uncertain growth gives a trigger between today's load and where the bills meet at the latest", async () => {
    const plan = await planOf(
      BASE.replace("growth: 20%/month", "growth: { typical: 20%/month, low: 5%/month, high: 35%/month }"),
    );
    const [trigger] = plan.policy?.triggers ?? [];
    expect(trigger).toMatchObject({ from: "small", to: "large" });
    expect(trigger?.above ?? 0).toBeGreaterThan(30);
    expect(trigger?.above ?? 999).toBeLessThan(1000 / 9);
    expect(plan.policy?.starts[0]?.unserved).toBe(0);
  });
});

describe("what is printed and written", () => {
  test("all formats, and files with a chart", async () => {
    const folder = mkdtempSync(join(tmpdir(), "archcost-plan-"));
    try {
      await withFile(scenario(BASE), async (file) => {
        const table = await archcost(["plan", file, "--output", folder]);
        expect(table.stdout).toContain("Decide the move from small to large in month");
        expect((await archcost(["plan", file, "--format", "csv"])).stdout.split("\n")).toHaveLength(12 + 2);
        expect((await archcost(["plan", file, "--format", "markdown"])).stdout).toContain(
          "## growing: plan over 12 months",
        );
        const run = await archcost(["run", file, "--output", folder, "--quiet", "--charts", "plan"]);
        expect(run.code).toBe(0);
        expect(readFileSync(join(folder, "report.html"), "utf8")).toContain("Growth and evolution plan");
      });
      expect(existsSync(join(folder, "plan.png"))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test.each([
  ["a horizon below 0", BASE.replace("12 months", "-3 months"), '"horizon" is from 1 to 600 months'],
  ["no growth", BASE.replace("growth: 20%/month", ""), "how the load grows"],
  ["an unknown target", BASE.replace("to: large", "to: lorge"), 'no architecture "lorge"'],
  ["what does not run", BASE.replace("running: small", "running: smal"), 'did you mean "small"?'],
  ["nothing to start with", BASE.replace("running: small", ""), "something to start with"],
  ["a move to itself", BASE.replace("to: large", "to: small"), "to itself"],
  ["a range the wrong way round", BASE.replace("500 USD", "{ value: 5, low: 9, high: 10 }"), "the low end is above"],
  ["half a range", BASE.replace("500 USD", "{ value: 5, low: 1 }"), "lacks an end"],
  [
    "growth the wrong way round",
    BASE.replace("20%/month", "{ typical: 2%/month, low: 3%/month, high: 4%/month }"),
    "the low end is above",
  ],
  ["effort without a price", BASE.replace("cost: 500 USD", "effort: 3"), "what a person-month costs is missing"],
  ["time as money", BASE.replace("lead_time: 1 month", "lead_time: 3 USD"), '"lead_time" wants'],
  ["a negative lead time", BASE.replace("lead_time: 1 month", "lead_time: -1 month"), '"lead_time" is 0 or more'],
  ["a negative formula", BASE.replace("500 USD", '"(effort_price - 9) * 1 USD"'), "is 0 or more"],
])("%s is told", async (_, evolution, message) => {
  await withFile(scenario(evolution), async (file) => {
    const ran = await archcost(["plan", file]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(message);
  });
});

test("a scenario without evolution is told what is missing", async () => {
  await withFile(scenario(BASE).split("evolution:")[0] ?? "", async (file) => {
    const ran = await archcost(["plan", file]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("docs/plan.md");
  });
});

test("Prime Video: serverless first, then the monolith", async () => {
  const ran = await archcost(["plan", "scenarios/prime-video.yaml", "--format", "json"]);
  const plan = planSchema.parse(JSON.parse(ran.stdout));
  expect(plan.best?.sequence[0]).toBe("microservices");
  expect(plan.best?.sequence.at(-1)).toBe("monolith");
  expect(plan.figures.every(({ status, reason }) => status === "assumed" && reason !== null)).toBe(true);
});
