// The evolution that a report carries is that of the scenario, however its growth is written.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseDocument } from "yaml";
import { evolutionPlan } from "../../src/analysis/plan/plan.ts";
import { loadScenario } from "../../src/cli/load.ts";
import { Problems } from "../../src/diagnostic/diagnostic.ts";
import { runModel } from "../../src/figures/result.ts";
import { unpackEvolution } from "../../src/page/packed-plan.ts";
import { type PagePayload, pagePayload } from "../../src/page/payload.ts";
import { planAt } from "../../src/page/plan.ts";
import { pageModel, recompute } from "../../src/page/recompute.ts";
import { withFile } from "../run.ts";

const io = {
  stdout: { write: () => true },
  stderr: { write: () => true },
  env: { ARCHCOST_TODAY: "2026-11-23" },
  cwd: () => process.cwd(),
};

/** Prime Video with other lines in its evolution; growth says where it begins, or the driver does. */
function evolving(changes: Readonly<Record<string, unknown>>): string {
  const document = parseDocument(readFileSync("scenarios/prime-video.yaml", "utf8"));
  if ("growth" in changes) document.deleteIn(["evolution", "start_load"]);
  for (const [key, value] of Object.entries(changes)) document.setIn(["evolution", key], value);
  return String(document);
}

async function loaded(text: string, argv: { set?: readonly string[]; architecture?: readonly string[] } = {}) {
  return withFile(text, async (file) => {
    const { model, catalog, problems } = loadScenario(file, argv, io);
    const result = runModel(model, { version: "0", catalog }, problems);
    if (result === undefined) throw new Error("does not run");
    const payload: PagePayload = JSON.parse(
      JSON.stringify(pagePayload(model, result, { budgets: [], today: "2026-11-23" })),
    );
    return { model, page: pageModel(payload), payload };
  });
}

const GROWTHS = [
  { growth: "3%/month", why: "compounded" },
  { growth: "0%/month", why: "none at all" },
  { growth: [1, 2.5, 7, 30], why: "factors, the last one holds on" },
  { growth: { logistic: { limit: 5000, midpoint: "12 month", rate: "0.3/month" } }, why: "not relative to today" },
  { growth: { typical: 0.1, low: 0.02, high: 0.3, reason: "a guess" }, why: "a range, with a policy" },
];

test.each(GROWTHS)("growth is the scenario's to the bit: $why", async ({ growth }) => {
  const { model, page, payload } = await loaded(evolving({ growth, horizon: "18 month" }));
  const { evolution } = model;
  if (evolution === undefined || payload.plan === null) throw new Error("no evolution");
  const back = unpackEvolution(payload.plan);
  for (const today of [0.1, 3, 1234.5]) {
    for (let month = 0; month < evolution.months; month += 1) {
      expect(back.at(month, today)).toBe(evolution.at(month, today));
    }
  }
  const found = recompute(page, new Map(), new Set());
  if ("problem" in found) throw new Error(found.problem);
  expect(planAt(page, new Map(), found.result)).toEqual({ plan: evolutionPlan(model, new Problems()) });
});

test("an architecture that is switched off is in no plan", async () => {
  const text = evolving({});
  const { page, payload } = await loaded(text);
  const on = payload.architectures.map(({ name }) => name).filter((name) => name !== "monolith");
  const found = recompute(page, new Map(), new Set(["monolith"]));
  if ("problem" in found) throw new Error(found.problem);
  const planned = planAt(page, new Map(), found.result);
  if (planned === undefined || "problem" in planned) throw new Error("no plan");
  expect(Object.keys(planned.plan.months[0]?.cost ?? {})).not.toContain("monolith");
  const { model } = await loaded(text, { architecture: on });
  expect(planned.plan).toEqual(evolutionPlan(model, new Problems()));
});
