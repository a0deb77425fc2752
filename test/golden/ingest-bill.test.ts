// The public bill that scenarios/ingest-bill.yaml answers for (docs/reconciliation.md).
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runText } from "../run.ts";

/** USD of the bill, tax apart: sums of its lines. */
const BILLED = { upload: 0.229245, buffer: 0.019827, moves: 0.97755, archive: 0.139571, queue: 0, key: 0.230556 };
const TOTAL = 1.602308;
const WITH_TAX = 1.682309;

test("the estimate is what the bill comes to, but for what the archive has yet to charge", async () => {
  const result = await runText(readFileSync("scenarios/ingest-bill.yaml", "utf8"));
  const pipeline = result.architectures["pipeline"];
  if (pipeline === undefined) throw new Error("no pipeline");
  for (const [name, billed] of Object.entries(BILLED)) {
    const found = pipeline.components[name]?.actual;
    expect(found?.actual, name).toBe(billed);
    expect(found?.variance, name).toBeCloseTo(billed - (found?.estimate ?? Number.NaN), 9);
    if (name === "archive") continue;
    expect(Math.abs((found?.estimate ?? Number.NaN) - billed), name).toBeLessThanOrEqual(0.015 * billed);
  }
  const archive = pipeline.components["archive"]?.cost.month ?? Number.NaN;
  expect(pipeline.cost.month - archive + BILLED.archive).toBeCloseTo(TOTAL, 2);
  expect(pipeline.cost.month / TOTAL).toBeCloseTo(1.047, 2);
  expect(pipeline.overheads?.month).toBeCloseTo(pipeline.cost.month * 1.05, 9);
  expect((pipeline.overheads?.month ?? Number.NaN) / WITH_TAX).toBeCloseTo(1.047, 2);
});
