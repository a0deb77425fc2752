import { describe, expect, test } from "vitest";
import { leverReach } from "../../src/report/charts/lever-reach.ts";
import { waterfallChart } from "../../src/report/charts/waterfall.ts";
import { alonePart, leverSection, waterfallPart } from "../../src/report/html/levers.ts";
import { sectionMarkup } from "../../src/report/html/section.ts";
import { leversCsv, leversSheet } from "../../src/report/levers-sheet.ts";
import { renderSheet } from "../../src/report/sheet.ts";
import { type LeverOutcome, type LeversResult, leversResultSchema } from "../../src/result/levers.ts";

function outcome(cost: number): LeverOutcome {
  return {
    cost,
    saving: 1000 - cost,
    saving_share: 1 - cost / 1000,
    carbon: cost / 10,
    carbon_change: cost / 1000 - 1,
    binds_at: { quota: "aws/lambda/concurrent_executions", units: 50, share: 0.5 },
    hard: null,
    feasible: true,
    reasons: [],
  };
}

const lever = (name: string, of: LeversResult["levers"][number]["class"], cost: number) => ({
  name,
  title: name === "plan" ? "<b>a plan</b>" : name,
  class: of,
  built_in: false,
  measured_on: "now",
  applies_to: ["now"],
  excludes: [],
  changes: [],
  effort: null,
  once: name === "tuned" ? 1200 : null,
  payback_months: name === "tuned" ? 1200 / (1000 - cost) : null,
  reason: null,
  source: null,
  assumes: [],
  alone: outcome(cost),
  range: name === "plan" ? { low: 80, high: 120 } : null,
});

const FOUND: LeversResult = leversResultSchema.parse({
  architecture: "now",
  base: outcome(1000),
  levers: [lever("plan", "rate", 900), lever("tuned", "configuration", 400), lever("worse", "configuration", 1100)],
  left_out: [{ lever: "spot", title: "Spot", reason: "it would save nothing here" }],
  stages: [
    { upto: "rate", available: 1, levers: ["plan"], architecture: "now", outcome: outcome(900), once: null },
    { upto: "usage", available: 0, levers: ["plan"], architecture: "now", outcome: outcome(900), once: null },
    {
      upto: "configuration",
      available: 2,
      levers: ["plan", "tuned"],
      architecture: "now",
      outcome: outcome(350),
      once: 1200,
    },
    {
      upto: "re-architecture",
      available: 0,
      levers: ["plan", "tuned"],
      architecture: "now",
      outcome: outcome(350),
      once: 1200,
    },
  ],
  combinations: [{ levers: ["plan", "tuned"], architecture: "now", outcome: outcome(350), once: 1200 }],
  not_feasible: [{ levers: ["worse"], reason: "a quota stands against it" }],
  search: { combinations: 8, exhaustive: true },
  waterfall: {
    from: 1000,
    to: 350,
    steps: [
      { lever: "plan", title: "<b>a plan</b>", share: -25, standard_error: null, from: 1000, to: 1025 },
      { lever: "tuned", title: "tuned", share: 675, standard_error: null, from: 1025, to: 350 },
    ],
    method: "exact",
    orders: null,
    infeasible: 1,
  },
  sentences: ["With plan and tuned it is 65 % less."],
  notes: ["No one-off cost is stated for plan."],
});

describe("charts", () => {
  test("bars of the waterfall begin where the last one ended", () => {
    const { data } = waterfallChart({
      title: "t",
      architecture: "now",
      ...FOUND.waterfall,
      from: 1000,
      to: 350,
      steps: FOUND.waterfall?.steps ?? [],
    });
    expect(data.labels).toEqual(["now today", "<b>a plan</b>", "tuned", "with all of them"]);
    expect(data.datasets[0]?.data).toEqual([
      [0, 1000],
      [1000, 1025],
      [350, 1025],
      [0, 350],
    ]);
    const colors = data.datasets[0]?.backgroundColor;
    expect(Array.isArray(colors) && colors[1] !== colors[2]).toBe(true);
  });
  test("the reach has a bar for each class that has levers", () => {
    const { data } = leverReach({ title: "t", ...FOUND });
    expect(data.labels).toEqual(["now today", "rate levers", "these and configuration"]);
    expect(data.datasets[0]?.data).toEqual([
      [0, 1000],
      [0, 900],
      [0, 350],
    ]);
  });
});

test("the section of the report: figures, the waterfall in words, and names as text", () => {
  const parts = [waterfallPart(FOUND), alonePart(FOUND)].filter((part) => part !== undefined);
  const markup = sectionMarkup({ ...leverSection(FOUND), parts }).markup.replaceAll("\u00a0", " ");
  expect(markup).toContain('<section id="levers"');
  expect(markup).toContain("With plan and tuned it is 65 % less.");
  expect(markup).toContain("From $1,000 to $350 a month");
  expect(markup).toContain("adds $25");
  expect(markup).not.toContain("<b>a plan");
  expect(markup).toContain("spot (it would save nothing here)");
  expect(markup).toContain("worse (a quota stands against it)");
});

test("the table: one-off costs only where some are stated", () => {
  const text = renderSheet(leversSheet("Test", FOUND), { width: 120 });
  expect(text).toContain("pays back after");
  expect(text).toContain("2 months");
  expect(text).toContain("$80 to $120");
  const without = { ...FOUND, levers: FOUND.levers.map((one) => ({ ...one, once: null, payback_months: null })) };
  expect(renderSheet(leversSheet("Test", without), { width: 120 })).not.toContain("pays back after");
});

test("CSV carries all digits and every kind of row", () => {
  const rows = leversCsv(FOUND).trim().split(/\r?\n/);
  expect(rows.filter((row) => row.startsWith("alone,")).length).toBe(3);
  expect(rows).toContain("share,tuned,,,350,675,,,,,,,,,");
});
