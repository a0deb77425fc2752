// The evolution that a report carries is that of the scenario, however its growth is written.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseDocument } from "yaml";
import { evolutionPlan } from "../../src/analysis/plan/plan.ts";
import { loadScenario } from "../../src/cli/load.ts";
import { Problems } from "../../src/diagnostic/diagnostic.ts";
import { grown } from "../../src/figures/growth-law.ts";
import { modelAt, resultOf } from "../../src/figures/result.ts";
import { pageModel, pagePayload, payloadText } from "../../src/page/payload.ts";
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
    const { model, problems } = loadScenario(file, argv, io);
    const result = resultOf(model, { version: "0" }, problems);
    if (result === undefined) throw new Error("does not run");
    const page = pageModel(JSON.parse(payloadText(pagePayload(model, result, { budgets: [], today: "2026-11-23" }))));
    return { model, page };
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
  const { model, page } = await loaded(evolving({ growth, horizon: "18 month" }));
  const { evolution } = model;
  const back = page.model.evolution;
  if (evolution === undefined || back === undefined) throw new Error("no evolution");
  for (const today of [0.1, 3, 1234.5]) {
    // Between months and beyond the horizon too.
    for (let month = 0; month < 2 * evolution.months; month += 0.5) {
      expect(grown(back.law, month, today)).toBe(grown(evolution.law, month, today));
    }
  }
  expect(evolutionPlan(page.model, new Problems())).toEqual(evolutionPlan(model, new Problems()));
});

test("an architecture that is switched off is in no plan", async () => {
  const text = evolving({});
  const { page } = await loaded(text);
  const on = page.model.architectures.map(({ name }) => name).filter((name) => name !== "monolith");
  const planned = evolutionPlan(modelAt(page.model, new Map(), new Set(["monolith"])), new Problems());
  expect(Object.keys(planned?.months[0]?.cost ?? {})).not.toContain("monolith");
  const { model } = await loaded(text, { architecture: on });
  expect(planned).toEqual(evolutionPlan(model, new Problems()));
});
