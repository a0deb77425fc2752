import { expect, test } from "vitest";
import { namesOf } from "../../src/budget/names.ts";
import { result } from "../report/fixture.ts";
import { check } from "./assertions.ts";

const monolith = result.architectures["monolith"];
const months = (hits: readonly number[]) => ({
  months: [],
  year: null,
  first_hits: { monolith: hits.map((month) => ({ quota: "q", title: "q", month })), microservices: [] },
});

test("the time of the first hit", () => {
  const grown = { ...result, growth: months([18, 24]) };
  expect(check("monolith.limits.first_hit >= 12 months", { of: grown }).outcome?.passed).toBe(true);
  const late = check("monolith.limits.first_hit >= 24 months", { of: grown }).outcome;
  expect(late).toMatchObject({ passed: false, actual: "18 months", expected: "at least 24 months" });
});

test("never is later than any month", () => {
  const never = { ...result, growth: months([]) };
  const { outcome } = check("monolith.limits.first_hit >= 1200 months", { of: never });
  expect(outcome).toMatchObject({ passed: true, actual: "never" });
});

test("without growth there is no such time: an error, no pass", () => {
  const { outcome, problems } = check("monolith.limits.first_hit >= 12 months", { of: { ...result, growth: null } });
  expect(outcome).toBeUndefined();
  expect(problems.list[0]).toMatchObject({ code: "no-figure" });
});

test("headroom is how many times the load fits, without end where nothing binds", () => {
  if (monolith === undefined) throw new Error("no monolith");
  const at = (granted: typeof monolith.capacity.granted) => ({
    ...result,
    architectures: { ...result.architectures, monolith: { ...monolith, capacity: { ...monolith.capacity, granted } } },
  });
  const twice = at({ units: 4000, share: 2, quota: "q" });
  expect(check("monolith.limits.headroom >= 2", { of: twice }).outcome?.passed).toBe(true);
  expect(check("monolith.limits.headroom > 2", { of: twice }).outcome?.passed).toBe(false);
  expect(check("monolith.limits.headroom >= 1e6", { of: at(null) }).outcome?.passed).toBe(true);
  expect(check("monolith.limits.headroom - monolith.limits.headroom <= 1", { of: at(null) }).outcome?.passed).toBe(
    "undetermined",
  );
});

test("the distance to the break-even counts the same to both sides", () => {
  const at = (factor: number) =>
    ({ ...result, break_even: { nearest: { at: 1, factor, cheapest: "x" } } }) as unknown as typeof result;
  expect(check("break_even.distance >= 4", { of: at(4) }).outcome?.passed).toBe(true);
  expect(check("break_even.distance >= 4", { of: at(0.25) }).outcome?.passed).toBe(true);
  expect(check("break_even.distance >= 4", { of: at(2) }).outcome?.passed).toBe(false);
});

test("every name is one that a formula can hold", () => {
  for (const name of namesOf(result).keys()) expect(name).toMatch(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/);
});
