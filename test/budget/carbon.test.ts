import { expect, test } from "vitest";
import { corners } from "../../src/budget/bands.ts";
import type { Figure } from "../../src/budget/figure.ts";
import { CARBON } from "../../src/formula/unit.ts";
import { result } from "../report/fixture.ts";
import { check } from "./assertions.ts";

type Band = { readonly low: number; readonly central: number; readonly high: number };

/** The result with bands of monthly carbon in kg, and what `comparison` says of them. */
function withCarbon(bands: Readonly<Record<string, Band>>, change?: Band): typeof result {
  const architectures = Object.fromEntries(
    Object.entries(result.architectures).map(([name, architecture]) => [
      name,
      { ...architecture, carbon: bands[name] === undefined ? null : { month: bands[name] } },
    ]),
  );
  const rows = change === undefined ? [] : [{ architecture: "monolith", change }];
  const comparison = { ...result.comparison, carbon: { base: "microservices", rows } };
  // Only what budgets read of carbon is written here.
  return { ...result, architectures, comparison } as unknown as typeof result;
}

const open = withCarbon({
  monolith: { low: 1000, central: 4000, high: 20_000 },
  microservices: { low: 2000, central: 12_000, high: 90_000 },
});

test.each([
  { assert: "monolith.carbon.month <= 30 t", passed: true, why: "the whole band is below" },
  { assert: "monolith.carbon.month <= 500 kg", passed: false, why: "the whole band is above" },
  { assert: "monolith.carbon.month <= 12 t", passed: "undetermined", why: "the band is on both sides" },
  { assert: "monolith.carbon.month.central <= 12 t", passed: true, why: "a bound is named" },
  { assert: "monolith.carbon.month.high <= 12 t", passed: false, why: "a bound is named" },
  { assert: "monolith.carbon.month < microservices.carbon.month", passed: "undetermined", why: "the bands overlap" },
  { assert: "monolith.carbon.month.high < microservices.carbon.month.low", passed: false, why: "bounds on both sides" },
  { assert: "monolith.carbon.month == monolith.carbon.month", passed: true, why: "a figure moves with itself" },
])("$assert is $passed: $why", ({ assert, passed }) => {
  const { outcome, problems } = check(assert, { of: open });
  expect(problems.list).toEqual([]);
  expect(outcome?.passed).toBe(passed);
  expect(outcome?.fails).toBe(passed === true ? "no" : "error");
});

test("what two architectures share moves together: their ratio decides where it is known", () => {
  const bands = {
    monolith: { low: 1000, central: 4000, high: 20_000 },
    microservices: { low: 2000, central: 12_000, high: 90_000 },
  };
  const less = withCarbon(bands, { low: -0.8, central: -0.67, high: -0.4 });
  const both = withCarbon(bands, { low: -0.8, central: -0.67, high: 1.2 });
  const assert = "monolith.carbon.month < microservices.carbon.month";
  expect(check(assert, { of: less }).outcome?.passed).toBe(true);
  expect(check("microservices.carbon.month > monolith.carbon.month", { of: less }).outcome?.passed).toBe(true);
  expect(check("monolith.carbon.month < microservices.carbon.month * 50%", { of: less }).outcome?.passed).toBe(
    "undetermined",
  );
  expect(check(assert, { of: both }).outcome?.passed).toBe("undetermined");
});

test("the same figure before and after takes the same end of its band", () => {
  expect(
    check("monolith.carbon.month <= baseline(monolith.carbon.month)", { of: open, baseline: open }).outcome?.passed,
  ).toBe(true);
});

test("more bands than can be tried leave a comparison open", () => {
  const band: Figure = { kind: "band", low: 1, central: 2, high: 3, dimension: CARBON, architecture: "a" };
  const names = Array.from({ length: 11 }, (_, i) => `a.carbon.x${i}`);
  const found = corners(names, { figure: () => band, ratio: () => undefined });
  expect(found.some((corner) => [...corner.values()].some(Number.isNaN))).toBe(true);
});

test("without carbon in the result its names are unknown", () => {
  expect(check("monolith.carbon.month <= 5 t").problems.list[0]?.code).toBe("unknown-name");
});
