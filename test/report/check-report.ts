// A check written by hand, with names that try to be something else.
import { type BudgetOutcome, type CheckReport, checkSchema } from "../../src/result/check.ts";

const place = { file: "scenarios/api.yaml", line: 12, column: 5 };

export function outcome(more: Partial<BudgetOutcome> = {}): BudgetOutcome {
  return {
    id: "monolith-cost",
    assert: "monolith.cost.month <= 140 kUSD",
    level: "error",
    passed: false,
    status: "broken",
    fails: "error",
    actual: "$149,000",
    expected: "at most $140,000",
    margin: -0.064,
    message: "monolith.cost.month is $149,000; wanted: at most $140,000, 6.4 % over",
    advice: null,
    owner: null,
    waiver: null,
    place,
    causes: [
      {
        text: "monolith.fleet, Instance hours: $120,000 to $149,000 a month",
        change: 29_000,
        place: { ...place, line: 40 },
      },
    ],
    ...more,
  };
}

export const kept = outcome({ id: "ranking", passed: true, status: "passed", fails: "no", margin: null, causes: [] });

export function report(outcomes: readonly BudgetOutcome[], name = "Order API", file = place.file): CheckReport {
  const errors = outcomes.filter(({ fails }) => fails === "error").length;
  const warnings = outcomes.filter(({ fails }) => fails === "warn").length;
  return checkSchema.parse({
    schema_version: "1.0",
    program: { name: "archcost", version: "0.1.0" },
    verdict: errors > 0 ? "failed" : warnings > 0 ? "warned" : "passed",
    counts: { budgets: outcomes.length, errors, warnings, waived: 0, skipped: 0 },
    baseline: { name: "origin/main", commit: "0123456789abcdef0123456789abcdef01234567" },
    gone: [],
    scenarios: [
      {
        name,
        file,
        cheapest: "monolith",
        verdict: "monolith is the cheapest",
        cost: [{ architecture: "monolith", month: 149_000, before: 120_000 }],
        is_new: false,
        outcomes,
        change: null,
      },
    ],
  });
}

/** What a stranger may put into a name, a message, an owner or a file name. */
const HOSTILE =
  "::error file=x::boo\n::set-output name=a::b\r\n##[error]x <!-- archcost:x --> --> `code` @octocat #12 </details><script>alert(1)</script> | a | \u001b[31mred\u202e %0A <![CDATA[ ]]> & \"quotes\" 'too'";

/** Every text of a check hostile. */
export function hostile(): CheckReport {
  const bad = outcome({
    assert: HOSTILE,
    actual: HOSTILE,
    expected: HOSTILE,
    message: HOSTILE,
    advice: HOSTILE,
    owner: HOSTILE,
    waiver: { until: "2026-01-01", reason: HOSTILE },
    status: "expired",
    place: { file: HOSTILE, line: 1, column: 1 },
    causes: [{ text: HOSTILE, change: null, place: { file: HOSTILE, line: 1, column: 1 } }],
  });
  const whole = report([bad, { ...bad, id: "w", fails: "warn", level: "warn" }], HOSTILE, HOSTILE);
  const edit = { cause: "design" as const, path: HOSTILE, before: HOSTILE, after: HOSTILE, place: { ...bad.place } };
  const by = { workload: 0, prices: 0, design: 5, program: 0 };
  const line = {
    component: HOSTILE,
    meter: HOSTILE,
    description: HOSTILE,
    before: 1,
    after: 6,
    change: 5,
    by,
    places: [bad.place],
  };
  const change = {
    method: "run again" as const,
    price_book: { before: "a", after: "b" },
    program: { before: HOSTILE, after: "0.1.0" },
    edits: [edit],
    architectures: [{ architecture: HOSTILE, before: 1, after: 6, change: 5, by, lines: [line] }],
  };
  return checkSchema.parse({
    ...whole,
    baseline: { name: HOSTILE, commit: null },
    gone: [{ file: HOSTILE, name: HOSTILE, budgets: 2 }],
    scenarios: whole.scenarios.map((scenario) => ({
      ...scenario,
      change,
      cheapest: HOSTILE,
      cost: [{ architecture: HOSTILE, month: 6, before: 1 }],
    })),
  });
}
