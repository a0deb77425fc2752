// What the page samples and judges for other settings is what the command samples and judges with `--set`.
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { withDecisions } from "../../src/analysis/decide.ts";
import { costSpread } from "../../src/analysis/sampled.ts";
import { loadScenario } from "../../src/cli/load.ts";
import { budgetOutcomes } from "../../src/cli/run-budgets.ts";
import { modelAt, type Overrides, resultOf } from "../../src/figures/result.ts";
import { interpreted } from "../../src/formula/interpreted.ts";
import { budgetsAt } from "../../src/page/budgets.ts";
import { type PageModel, pageModel, pagePayload, payloadText } from "../../src/page/payload.ts";
import { recompute } from "../../src/page/recompute.ts";
import { overridesOf } from "../../src/page/settings.ts";
import type { BudgetOutcome } from "../../src/result/check.ts";
import type { Result } from "../../src/result/schema.ts";

const today = "2026-11-23";
const io = {
  stdout: { write: () => true },
  stderr: { write: () => true },
  env: { ARCHCOST_TODAY: today },
  cwd: () => process.cwd(),
};

type Ran = { readonly result: Result; readonly page: PageModel; readonly budgets: readonly BudgetOutcome[] };

function run(file: string, set: readonly string[]): Ran {
  const { model, problems, scenario } = loadScenario(file, { set }, io);
  const base = resultOf(model, { version: "0" }, problems);
  const result = base === undefined ? undefined : withDecisions(model, base, false, problems);
  if (result === undefined) throw new Error(`${file} does not run`);
  const budgets = budgetOutcomes([{ scenario, result }], io);
  const page = pageModel(JSON.parse(payloadText(pagePayload(model, result, { budgets, today }))));
  return { result, page, budgets };
}

/** Every other input at a third of its range: as the page sets it, and as the command line does. */
function third({ controls, model: { load, workload } }: PageModel): { set: readonly string[]; overrides: Overrides } {
  const chosen = controls.filter((_, i) => i % 2 === 0);
  const values = new Map(
    chosen.map(({ name, low, high, whole }) => {
      const value = Number((low + (high - low) / 3).toPrecision(3));
      return [name, whole ? Math.round(value) : value] as const;
    }),
  );
  const set = chosen.map(({ name, unit }) => `${name}=${values.get(name)} ${unit}`);
  return { set, overrides: overridesOf({ values, off: new Set() }, controls, load, workload.driver) };
}

function recomputed(page: PageModel, overrides: Overrides): Result {
  const found = recompute(page, overrides, new Set());
  if ("problem" in found) throw new Error(found.problem);
  return found.result;
}

const files = readdirSync("scenarios").filter((name) => name.endsWith(".yaml"));
const sampled = files.filter((name) => run(`scenarios/${name}`, []).page.written.spread !== null);

test("most shipped scenarios can be sampled in the page", () => {
  expect(sampled.length).toBeGreaterThan(files.length / 2);
});

test.each(sampled)("%s: the same samples, to the bit", (name) => {
  const { page } = run(`scenarios/${name}`, []);
  const { set, overrides } = third(page);
  const expected = run(`scenarios/${name}`, set).result.uncertainty;
  const { spread } = page.written;
  if (spread === null) throw new Error("nothing is sampled");
  const model = modelAt(page.model, overrides);
  const found = costSpread(model, { ...spread, compileWith: interpreted });
  expect(found?.architectures).toEqual(expected?.architectures);
});

test("with every range set nothing is left to sample", () => {
  const { page } = run("scenarios/thumbnails.yaml", []);
  const values = new Map(page.controls.map(({ name, low }) => [name, low]));
  const overrides = overridesOf({ values, off: new Set() }, page.controls, page.model.load, page.model.workload.driver);
  const task = { seed: 1, samples: 8, savingOver: 0.9, compileWith: interpreted };
  expect(costSpread(modelAt(page.model, overrides), task)).toBeNull();
});

const budgeted = files.filter((name) => run(`scenarios/${name}`, []).budgets.length > 0);

test.each(budgeted)("%s: budgets as the command judges them", (name) => {
  const { page } = run(`scenarios/${name}`, []);
  const { set, overrides } = third(page);
  const expected = run(`scenarios/${name}`, set).budgets;
  const found = budgetsAt(page, recomputed(page, overrides));
  expect(found.length).toBe(page.budgets.length);
  found.forEach((outcome, i) => {
    if (outcome.message.endsWith("; for the scenario as it is written")) {
      expect(outcome.assert).toContain("carbon");
      expect(outcome.status).toBe(page.budgets[i]?.status);
    } else expect(outcome).toEqual(expected[i]);
  });
  expect(found.filter(({ assert }) => !assert.includes("carbon")).length).toBeGreaterThan(0);
});

test("a budget is broken by a setting that breaks it", () => {
  const { page } = run("scenarios/prime-video.yaml", []);
  const before = budgetsAt(page, recomputed(page, new Map())).filter(({ fails }) => fails !== "no");
  const driver = page.controls.find(({ name }) => name === page.model.workload.driver);
  const overrides = new Map([[page.model.workload.driver, (driver?.value ?? 1) * (driver?.factor ?? 1) * 10]]);
  const after = budgetsAt(page, recomputed(page, overrides)).filter(({ fails }) => fails !== "no");
  expect(after.length).toBeGreaterThan(before.length);
});
