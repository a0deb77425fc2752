import { expect, test } from "vitest";
import { type Raisable, raisesOf } from "../../src/figures/limits.ts";

const leader: Raisable = {
  quota: "acme/worker/executions",
  title: "Executions",
  code: "L-1",
  region: "us-east-1",
  account: null,
  unit: "execution",
  adjustable: true,
  raised_through: [],
  effect: "reject",
  demand: 1,
  granted: 1000,
};

const follower = (granted: number): Raisable => ({
  ...leader,
  quota: "acme/worker/requests",
  code: null,
  raised_through: [leader.quota],
  demand: 20_000,
  granted,
});

test("a quota that follows another is raised by raising that one", () => {
  expect(raisesOf([leader, follower(10_000)])).toMatchObject([{ quota: leader.quota, from: 1000, to: 2000 }]);
});

// Found by npm run fuzz, seed 78032006: the value of a quota was 0 times another.
test("a quota of 0 is raised itself, to a figure", () => {
  expect(raisesOf([leader, follower(0)])).toMatchObject([{ quota: "acme/worker/requests", from: 0, to: 20_000 }]);
});
