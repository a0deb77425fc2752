// The page computes what the command computes, to the bit: on every shipped scenario, for random settings.
import { readdirSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { breakEvenOver } from "../../src/analysis/over-driver.ts";
import { evolutionPlan } from "../../src/analysis/plan/plan.ts";
import { sensitivity } from "../../src/analysis/sensitivity.ts";
import { costSwings } from "../../src/analysis/tornado.ts";
import { hardLimits, RUN_POINTS } from "../../src/analysis/turns.ts";
import { uncertainInputs } from "../../src/analysis/uncertain-inputs.ts";
import { loadScenario } from "../../src/cli/load.ts";
import { Problems } from "../../src/diagnostic/diagnostic.ts";
import { resultOf } from "../../src/figures/result.ts";
import { compile } from "../../src/formula/generate.ts";
import { interpreted } from "../../src/formula/interpreted.ts";
import type { Model } from "../../src/model/model.ts";
import { type PagePayload, pageModel, pagePayload, payloadText } from "../../src/page/payload.ts";
import { recompute } from "../../src/page/recompute.ts";
import { overridesOf, type Settings } from "../../src/page/settings.ts";
import { type Swings, tornadoSection } from "../../src/report/html/uncertainty.ts";
import type { Result } from "../../src/result/schema.ts";
import { withFile } from "../run.ts";

const io = {
  stdout: { write: () => true },
  stderr: { write: () => true },
  env: { ARCHCOST_TODAY: "2026-11-23" },
  cwd: () => process.cwd(),
};

type Ran = { readonly model: Model; readonly result: Result; readonly payload: PagePayload };

function run(file: string, set: readonly string[], load: string): Ran | undefined {
  const { model, problems } = loadScenario(file, { set, load }, io);
  const result = resultOf(model, { version: "0.0.0-source" }, problems);
  return result === undefined
    ? undefined
    : { model, result, payload: pagePayload(model, result, { budgets: [], today: "2026-11-23" }) };
}

/** What follows the inputs. Comparisons with bills are told of the scenario as it is written. */
function figuresOf({ architectures, comparison, combine, growth, curve, workload }: Result) {
  const shown = Object.entries(architectures).map(([name, rest]) => {
    const components = Object.entries(rest.components).map(([each, { actual: _, ...component }]) => [each, component]);
    return [name, { ...rest, components }] as const;
  });
  return { architectures: Object.fromEntries(shown), comparison, combine, growth, curve, workload };
}

/** The tornado as it is shown: where only carbon moves, nothing is. */
function tornadoOf(result: Result, found: Swings) {
  return tornadoSection({ result, order: Object.keys(result.architectures) }, found);
}

/** What the command tells of the same model, beyond its result. */
function furtherOf({ model, result }: Ran) {
  const plan = planOf(model);
  const ranged = uncertainInputs(model, new Problems());
  const task = { over: model.workload.driver, hard: hardLimits(result), points: RUN_POINTS };
  const turns = model.architectures.length < 2 ? null : breakEvenOver(model, task, compile);
  const tornado = ranged.length === 0 ? undefined : tornadoOf(result, sensitivity(model, ranged));
  return { plan, turns, tornado };
}

/** A plan, or what is wrong. */
function planOf(model: Model, problems = new Problems()) {
  return evolutionPlan(model, problems) ?? problems.list[0]?.message;
}

const files = readdirSync("scenarios").filter((name) => name.endsWith(".yaml"));

test.each(files)("%s", (name) => {
  const file = `scenarios/${name}`;
  fc.assert(
    fc.property(
      fc.noBias(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 40, maxLength: 40 })),
      fc.constantFrom("100%", "5%"),
      (shares, load) => {
        const base = run(file, [], load);
        if (base === undefined) throw new Error(`${file} does not run`);
        const payload: PagePayload = JSON.parse(payloadText(base.payload));
        const values = new Map(
          payload.controls.flatMap(({ name: input, low, high, whole }, i) => {
            const share = (shares[i] ?? 0) / 1000;
            const value = Number((low + (high - low) * share).toPrecision(7));
            return share < 0.2 ? [] : [[input, whole ? Math.round(value) : value] as const];
          }),
        );
        const settings: Settings = { values, off: new Set() };
        const set = payload.controls.flatMap(({ name: input, unit }) => {
          const value = values.get(input);
          return value === undefined ? [] : [`${input}=${value} ${unit}`];
        });
        const overrides = overridesOf(settings, payload.controls, payload.model.load, payload.model.workload.driver);
        const page = pageModel(payload);
        const found = recompute(page, overrides, settings.off);
        const expected = run(file, set, load);
        if ("problem" in found || expected === undefined) expect("problem" in found).toBe(expected === undefined);
        else {
          const { model, result } = found;
          expect(figuresOf(result)).toEqual(figuresOf(expected.result));
          const tornado = tornadoOf(result, costSwings(model, interpreted));
          const task = { over: model.workload.driver, hard: hardLimits(result), points: RUN_POINTS };
          const turns = model.architectures.length < 2 ? null : breakEvenOver(model, task, interpreted);
          expect({ plan: planOf(model), turns, tornado }).toEqual(furtherOf(expected));
        }
      },
    ),
    { numRuns: 2, seed: 6, endOnFailure: true },
  );
});

test("an architecture that is switched off is in no comparison", () => {
  const base = run("scenarios/prime-video.yaml", [], "100%");
  if (base === undefined) throw new Error("does not run");
  const found = recompute(pageModel(base.payload), new Map(), new Set(["monolith", "microservices"]));
  if ("problem" in found) throw new Error(found.problem);
  const names = found.result.comparison.rows.map(({ architecture }) => architecture);
  expect(names).not.toContain("monolith");
  expect(found.result.current).toBeNull();
  expect(found.result.comparison.cheapest).toBe(names[0]);
});

const COMBINED = `
scenario: Parts
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 month }
variables: { calls: 1 }
architectures:
  parts:
    components:
      convert: { service: custom/line, source: test, reason: test, quantity: calls, role: work, price: 10 USD, team: media, scales_with: calls, security: internal, writes_to: [store, queue] }
      detect: { service: custom/line, source: test, reason: test, quantity: calls, role: work, price: 10 USD, team: media, scales_with: calls, security: internal, reads_from: [store, queue] }
      bill: { service: custom/line, source: test, reason: test, quantity: calls, role: work, price: 10 USD, reads_from: store }
      store: { service: custom/line, source: test, reason: test, quantity: calls, role: data-passing, price: 7 USD }
      queue: { service: custom/line, source: test, reason: test, quantity: calls, role: data-passing, price: 5 USD }
  alone:
    components:
      all: { service: custom/line, source: test, reason: test, quantity: calls, role: work, price: 10 USD }
`;

test("what stands between components that could be one follows, and what others use too stays apart", async () => {
  await withFile(COMBINED, async (file) => {
    const base = run(file, [], "100%");
    if (base === undefined) throw new Error("does not run");
    const at = (off: string) => recompute(pageModel(base.payload), new Map([["calls", 3]]), new Set([off]));
    const found = at("alone");
    if ("problem" in found) throw new Error(found.problem);
    const [candidate] = found.result.combine?.["parts"]?.candidates ?? [];
    expect(candidate?.boundary.data_passing).toBe(3 * 5);
    expect(candidate?.shared.data_passing).toBe(3 * 7);
    const without = at("parts");
    expect("problem" in without ? without.problem : without.result.combine).toBeNull();
  });
});
