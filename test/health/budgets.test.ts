// The project's own scenarios keep their budgets: what CI asks of a user's repository it asks of this one.
import { expect, test } from "vitest";
import { checkSchema } from "../../src/result/check.ts";
import { archcost } from "../run.ts";

test("archcost check scenarios/*.yaml", async () => {
  const ran = await archcost(["check", "scenarios/*.yaml", "--fail-on", "warn", "--format", "json"]);
  expect(ran.stderr).toBe("");
  const report = checkSchema.parse(JSON.parse(ran.stdout));
  const broken = report.scenarios.flatMap(({ outcomes }) => outcomes.filter(({ fails }) => fails !== "no"));
  expect(broken.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
  // A scenario without budgets is one that nothing watches.
  expect(report.scenarios.filter(({ outcomes }) => outcomes.length === 0).map(({ file }) => file)).toEqual([]);
  expect(ran.code).toBe(0);
});
