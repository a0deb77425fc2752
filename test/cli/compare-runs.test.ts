// How often a scenario is run for a comparison: what is known already is not run again.
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { archcost } from "../run.ts";
import { repository, scenario } from "./repository.ts";

const runs = vi.hoisted(() => ({ count: 0 }));
vi.mock("../../src/figures/result.ts", async (original) => {
  const real = await original<typeof import("../../src/figures/result.ts")>();
  return {
    ...real,
    resultOf: (...args: Parameters<typeof real.resultOf>) => {
      runs.count += 1;
      return real.resultOf(...args);
    },
  };
});

const repo = repository();
repo.write("s.yaml", scenario());
repo.commit("before");
afterAll(() => repo.remove());
beforeEach(() => {
  runs.count = 0;
});

test.each([
  ["nothing", scenario(), 1],
  ["the workload", scenario("", { orders: "2e6" }), 2],
  ["the design", scenario("", { transitions: "8" }), 2],
  ["both", scenario("", { orders: "2e6", transitions: "8" }), 3],
])("%s has changed", async (_, text, count) => {
  repo.write("s.yaml", text);
  const ran = await archcost(["check", repo.path("s.yaml"), "--baseline", "HEAD", "--exit-zero"]);
  expect([ran.code, runs.count]).toEqual([0, count]);
});
