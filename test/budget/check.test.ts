import fc from "fast-check";
import { expect, test } from "vitest";
import { result } from "../report/fixture.ts";
import { check, withCosts } from "./assertions.ts";

const month = result.architectures["monolith"]?.cost.month ?? Number.NaN;

test.each([
  { assert: `monolith.cost.month <= ${month} USD`, passed: true, why: "exactly at the limit is kept" },
  { assert: `monolith.cost.month < ${month} USD`, passed: false, why: "less than itself it is not" },
  { assert: `monolith.cost.month < ${month * (1 + 1e-12)} USD`, passed: false, why: "nor less within rounding" },
  { assert: `monolith.cost.month > ${month * (1 - 1e-12)} USD`, passed: false, why: "nor more within rounding" },
  { assert: `monolith.cost.month >= ${month} USD`, passed: true, why: "at least itself" },
  { assert: `monolith.cost.month <= ${month * (1 - 1e-8)} USD`, passed: false, why: "a real difference counts" },
  { assert: `monolith.cost.month <= ${month * (1 - 1e-12)} USD`, passed: true, why: "rounding does not" },
  { assert: "monolith.cost.month <= 1 MUSD", passed: true, why: "another unit of money" },
  { assert: "1 MUSD >= monolith.cost.month", passed: true, why: "the bound may stand in front" },
  { assert: "monolith.cost.month <= 1 kUSD and cheapest == monolith", passed: false, why: "both have to hold" },
  { assert: "monolith.cost.month <= 1 kUSD or cheapest == monolith", passed: true, why: "one is enough" },
  { assert: "not (monolith.cost.month <= 1 kUSD)", passed: true, why: "turned round" },
  { assert: "cheapest == monolith", passed: true, why: "the ranking" },
  { assert: 'cheapest == "monolith"', passed: true, why: "the ranking, quoted" },
  { assert: "cheapest != microservices", passed: true, why: "anything but" },
  { assert: "cheapest in [microservices, monolith]", passed: true, why: "one of some" },
  { assert: "microservices.roles.coordination.share <= 85%", passed: true, why: "a share of the cost" },
  { assert: "monolith.roles.coordination.month <= 0 USD", passed: true, why: "a role without money has none" },
  { assert: "microservices.components.orchestrator.cost.share <= 50%", passed: false, why: "a component's share" },
  {
    assert: "microservices.components.orchestrator.cost.month / microservices.cost.month > 50%",
    passed: true,
    why: "a quotient of money is a plain number",
  },
  { assert: "monolith.cost.year <= monolith.cost.month * 13", passed: true, why: "both sides of the result" },
  {
    assert: "if(monolith.feasible, monolith.cost.month > 0, cheapest == microservices)",
    passed: true,
    why: "a choice",
  },
])("$assert is $passed: $why", ({ assert, passed }) => {
  const { outcome, problems } = check(assert);
  expect(problems.list).toEqual([]);
  expect(outcome?.passed).toBe(passed);
  expect(outcome?.fails).toBe(passed ? "no" : "error");
});

test.each([
  { assert: "monolit.cost.month <= 5 USD", code: "unknown-name", hint: 'did you mean "monolith.cost.month"?' },
  { assert: "monolith.cost.mnth <= 5 USD", code: "unknown-name", hint: 'did you mean "monolith.cost.month"?' },
  { assert: "monolith .cost.month <= 5 USD", code: "unknown-character", hint: undefined },
  { assert: "cheapest == monolit", code: "unknown-word", hint: 'did you mean "monolith"?' },
  { assert: "cheapest == 'monolit'", code: "unknown-architecture", hint: 'did you mean "monolith"?' },
  { assert: "app-runner.cost.month <= 5 USD", code: "hyphen", hint: "write app_runner" },
  { assert: "monolith.cost.month <= 5 kg", code: "unit-mismatch", hint: undefined },
  { assert: "monolith.cost.month <= 5", code: "unit-mismatch", hint: undefined },
  { assert: "monolith.cost.month", code: "wants-condition", hint: undefined },
  { assert: "1 <= 2", code: "no-figure", hint: expect.stringContaining(".cost.month") },
  { assert: "not (70% > 80%) and 1 USD < 2 USD", code: "no-figure", hint: expect.any(String) },
  { assert: "share(1 <= 2) >= 50%", code: "no-figure", hint: expect.any(String) },
  { assert: "monolith.cost.month <=", code: "missing-value", hint: undefined },
  { assert: "basline(monolith.cost.month) > 0 USD", code: "unknown-function", hint: 'did you mean "baseline"?' },
  { assert: "total(monolith.cost.month) > 0 USD", code: "no-instants", hint: undefined },
  { assert: "share(monolith.cost.month <= 5 USD) >= 90%", code: "no-samples", hint: expect.any(String) },
  { assert: "share(monolit.cost.month <= 5 USD) >= 90%", code: "unknown-name", hint: expect.any(String) },
  { assert: "instances[monolith].cost > 0", code: "no-table", hint: undefined },
  { assert: "", code: "empty-formula", hint: undefined },
])("$assert is no pass but an error: $code", ({ assert, code, hint }) => {
  const { outcome, problems } = check(assert);
  const [first] = problems.list;
  expect(outcome).toBeUndefined();
  expect(first?.code).toBe(code);
  expect(first?.severity).toBe("error");
  if (hint !== undefined) expect(first?.hint).toEqual(hint);
  expect(first?.place?.file).toBe("budgets.yaml");
});

test("a figure that does not exist here is undetermined, never a pass", () => {
  const idle = { ...result };
  const monolith = result.architectures["monolith"];
  if (monolith === undefined) throw new Error("no monolith");
  idle.architectures = {
    ...result.architectures,
    monolith: { ...monolith, cost: { ...monolith.cost, per_unit: null } },
  };
  for (const assert of ["monolith.cost.per_unit <= 1 USD", "monolith.cost.per_unit > 1 USD"]) {
    const { outcome } = check(assert, { of: idle });
    expect(outcome?.passed).toBe("undetermined");
    expect(outcome?.status).toBe("undetermined");
    expect(outcome?.fails).toBe("error");
  }
  expect(check("monolith.cost.per_unit <= 1 USD and cheapest == microservices", { of: idle }).outcome?.passed).toBe(
    false,
  );
});

test("division by a figure that is 0 is undetermined", () => {
  const free = withCosts({ monolith: 0 });
  expect(check("microservices.cost.month / monolith.cost.month >= 2", { of: free }).outcome?.passed).toBe(
    "undetermined",
  );
});

test("against a baseline", () => {
  const before = withCosts({ monolith: month / 2 });
  expect(
    check("monolith.cost.month <= baseline(monolith.cost.month) * 1.05", { baseline: before }).outcome,
  ).toMatchObject({ passed: false, status: "broken", margin: expect.closeTo(-0.905, 3) });
  expect(check("monolith.cost.month <= baseline(monolith.cost.month)", { baseline: result }).outcome?.passed).toBe(
    true,
  );
  const bound = `${month * 0.75} USD`;
  expect(check(`not crosses(monolith.cost.month, ${bound})`, { baseline: before }).outcome?.passed).toBe(false);
  expect(check(`not crosses(monolith.cost.month, ${bound})`, { baseline: result }).outcome?.passed).toBe(true);
  expect(check("cheapest == baseline(cheapest)", { baseline: before }).outcome?.passed).toBe(true);
});

test.each([
  { name: "monolith.cost.mnth", hint: 'did you mean "monolith.cost.month"?' },
  { name: "monolit.cost.month", hint: 'did you mean "monolith.cost.month"?' },
  { name: "monolit", hint: expect.stringContaining("monolith") },
])("the unknown name $name in a baseline is an error with a suggestion, with or without one", ({ name, hint }) => {
  for (const baseline of [undefined, "new" as const, result]) {
    const { outcome, problems } = check(
      `monolith.cost.month <= baseline(${name})`,
      baseline === undefined ? {} : { baseline },
    );
    expect(outcome).toBeUndefined();
    expect(problems.list.find(({ code }) => code === "unknown-name")).toMatchObject({ severity: "error", hint });
  }
});

test("where there is no baseline, a budget that needs one is skipped", () => {
  for (const assert of [
    "monolith.cost.month <= baseline(monolith.cost.month) * 1.05",
    "not crosses(monolith.cost.month, 1 USD)",
    "cheapest == baseline(cheapest)",
  ]) {
    const { outcome, problems } = check(assert);
    expect(problems.list).toEqual([]);
    expect(outcome).toMatchObject({
      status: "skipped",
      fails: "no",
      message: "there is no baseline: nothing to compare with",
    });
  }
});

test("what is new has nothing to be compared with", () => {
  const { monolith: _, ...others } = result.architectures;
  const before = { ...result, architectures: others };
  const assert = "monolith.cost.month <= baseline(monolith.cost.month) * 1.05";
  for (const baseline of ["new" as const, before]) {
    expect(check(assert, { baseline }).outcome).toMatchObject({ status: "skipped", fails: "no" });
  }
  expect(check("monolith.cost.month <= 1 USD", { baseline: "new" }).outcome?.status).toBe("broken");
  expect(check("monolith.cost.month <= baseline(monolith.cost.mnth)", { baseline: "new" }).problems.hasErrors).toBe(
    true,
  );
});

test("a share of samples", () => {
  expect(check("share(monolith.cost.month <= 160 kUSD) >= 90%", { share: 0.95 }).outcome?.passed).toBe(true);
  const { outcome } = check("share(monolith.cost.month <= 160 kUSD) >= 90%", { share: 0.5 });
  expect(outcome?.passed).toBe(false);
  expect(outcome?.message).toContain("share(monolith.cost.month <= 160 kUSD) is 50 %");
});

test.each([
  { until: "2026-11-23", status: "waived", fails: "no", why: "its last day" },
  { until: "2026-11-22", status: "expired", fails: "error", why: "the day after" },
])("a waiver until $until is $status: $why", ({ until, status, fails }) => {
  const waiver = { until, reason: "asked for" };
  const { outcome } = check("monolith.cost.month <= 1 USD", { budget: { waiver, owner: "payments", level: "warn" } });
  expect(outcome).toMatchObject({ status, fails });
  if (status === "expired") expect(outcome?.message).toContain("payments");
});

test("an expired waiver is an error although the budget holds", () => {
  const waiver = { until: "2025-01-01", reason: "asked for" };
  const { outcome } = check("monolith.cost.month <= 1 MUSD", { budget: { waiver } });
  expect(outcome).toMatchObject({ passed: true, status: "expired", fails: "error" });
});

test.each([
  { level: "none" as const, fails: "no" },
  { level: "warn" as const, fails: "warn" },
  { level: "error" as const, fails: "error" },
])("level $level", ({ level, fails }) => {
  expect(check("monolith.cost.month <= 1 USD", { budget: { level } }).outcome?.fails).toBe(fails);
});

test("two figures that look alike are told with as many digits as tell them apart", () => {
  const { outcome } = check(`monolith.cost.month <= ${month - 4} USD`);
  expect(outcome?.actual).not.toBe(outcome?.expected?.replace("at most ", ""));
});

test("<= and > exclude each other, whatever the bound", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (bound) => {
      const at = `${bound.toFixed(6)} USD`;
      const passed = (op: string): unknown => check(`monolith.cost.month ${op} ${at}`).outcome?.passed;
      return passed("<=") !== passed(">") && passed("<") !== passed(">=");
    }),
    { numRuns: 30 },
  );
});

test("any text as an assertion gives an outcome or a problem", () => {
  const words = fc.constantFrom(
    "monolith.cost.month",
    "cheapest",
    "<=",
    "==",
    "(",
    ")",
    "5 USD",
    "baseline(",
    ",",
    "and",
    "%",
    "'",
    "share(",
    "-",
    "in [",
    "]",
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 12 }).map((parts) => parts.join(" ")),
  );
  fc.assert(
    fc.property(text, (assert) => {
      const { outcome, problems } = check(assert, { baseline: result, share: 0.5 });
      return (outcome === undefined) === problems.hasErrors;
    }),
    { numRuns: 300 },
  );
});

test("the margin of a negative bound is a share of its size", () => {
  const deficit = `0 USD - monolith.cost.month`;
  expect(check(`${deficit} >= 0 USD - ${month * 2} USD`).outcome).toMatchObject({ passed: true, margin: 0.5 });
  expect(check(`${deficit} <= 0 USD - ${month * 2} USD`).outcome).toMatchObject({ passed: false, margin: -0.5 });
});
