// What the page samples and judges for other settings is what the command samples and judges with `--set`.
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { withDecisions } from "../../src/analysis/decide.ts";
import { loadScenario } from "../../src/cli/load.ts";
import { budgetOutcomes } from "../../src/cli/run-budgets.ts";
import { runModel } from "../../src/figures/result.ts";
import { budgetsAt } from "../../src/page/budgets.ts";
import { type PagePayload, pagePayload } from "../../src/page/payload.ts";
import { type Overrides, pageModel, recompute } from "../../src/page/recompute.ts";
import { overridesOf } from "../../src/page/settings.ts";
import { PAGE_SAMPLES, spreadAt } from "../../src/page/spread.ts";
import type { BudgetOutcome } from "../../src/result/check.ts";
import type { Result } from "../../src/result/schema.ts";

const today = "2026-11-23";
const io = {
  stdout: { write: () => true },
  stderr: { write: () => true },
  env: { ARCHCOST_TODAY: today },
  cwd: () => process.cwd(),
};

type Ran = { readonly result: Result; readonly payload: PagePayload; readonly budgets: readonly BudgetOutcome[] };

function run(file: string, set: readonly string[]): Ran {
  const { model, catalog, problems, scenario } = loadScenario(file, { set }, io);
  const base = runModel(model, { version: "0", catalog }, problems);
  const result = base === undefined ? undefined : withDecisions(model, base, false, problems);
  if (result === undefined) throw new Error(`${file} does not run`);
  const budgets = budgetOutcomes([{ scenario, result }], io);
  const payload: PagePayload = JSON.parse(JSON.stringify(pagePayload(model, result, { budgets, today })));
  return { result, payload, budgets };
}

/** Every other input at a third of its range: as the page sets it, and as the command line does. */
function third({ controls, load, driver }: PagePayload): { set: readonly string[]; overrides: Overrides } {
  const chosen = controls.filter((_, i) => i % 2 === 0);
  const values = new Map(
    chosen.map(({ name, low, high, whole }) => {
      const value = Number((low + (high - low) / 3).toPrecision(3));
      return [name, whole ? Math.round(value) : value] as const;
    }),
  );
  const set = chosen.map(({ name, unit }) => `${name}=${values.get(name)} ${unit}`);
  return { set, overrides: overridesOf({ values, off: new Set() }, controls, load, driver) };
}

function recomputed(payload: PagePayload, overrides: Overrides): Result {
  const found = recompute(pageModel(payload), overrides, new Set());
  if ("problem" in found) throw new Error(found.problem);
  return found.result;
}

const files = readdirSync("scenarios").filter((name) => name.endsWith(".yaml"));
const sampled = files.filter((name) => run(`scenarios/${name}`, []).payload.spread !== null);

test("most shipped scenarios can be sampled in the page", () => {
  expect(sampled.length).toBeGreaterThan(files.length / 2);
});

test.each(sampled)("%s: the same samples, to the bit", (name) => {
  const { payload } = run(`scenarios/${name}`, []);
  const { set, overrides } = third(payload);
  const expected = run(`scenarios/${name}`, set).result.uncertainty;
  const found = spreadAt(pageModel(payload), overrides, recomputed(payload, overrides), payload.spread?.samples);
  expect(found?.architectures).toEqual(expected?.architectures);
  const fewer = spreadAt(pageModel(payload), overrides, recomputed(payload, overrides));
  expect(fewer?.samples ?? PAGE_SAMPLES).toBe(PAGE_SAMPLES);
});

test("with every range set nothing is left to sample", () => {
  const { payload } = run("scenarios/thumbnails.yaml", []);
  const values = new Map(payload.controls.map(({ name, low }) => [name, low]));
  const overrides = overridesOf({ values, off: new Set() }, payload.controls, payload.load, payload.driver);
  expect(spreadAt(pageModel(payload), overrides, recomputed(payload, overrides))).toBeNull();
});

const budgeted = files.filter((name) => run(`scenarios/${name}`, []).budgets.length > 0);

test.each(budgeted)("%s: budgets as the command judges them", (name) => {
  const { payload } = run(`scenarios/${name}`, []);
  const { set, overrides } = third(payload);
  const expected = run(`scenarios/${name}`, set).budgets;
  const found = budgetsAt(payload, recomputed(payload, overrides));
  expect(found.length).toBe(payload.budgets.length);
  found.forEach((outcome, i) => {
    if (outcome.message.endsWith("; for the scenario as it is written")) {
      expect(outcome.assert).toContain("carbon");
      expect(outcome.status).toBe(payload.budgets[i]?.status);
    } else expect(outcome).toEqual(expected[i]);
  });
  expect(found.filter(({ assert }) => !assert.includes("carbon")).length).toBeGreaterThan(0);
});

test("a budget is broken by a setting that breaks it", () => {
  const { payload } = run("scenarios/prime-video.yaml", []);
  const before = budgetsAt(payload, recomputed(payload, new Map())).filter(({ fails }) => fails !== "no");
  const driver = payload.controls.find(({ name }) => name === payload.driver);
  const overrides = new Map([[payload.driver, (driver?.value ?? 1) * (driver?.factor ?? 1) * 10]]);
  const after = budgetsAt(payload, recomputed(payload, overrides)).filter(({ fails }) => fails !== "no");
  expect(after.length).toBeGreaterThan(before.length);
});
