// Published worked examples that stand beside each service (cases.yaml), run as scenario files by the program itself.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { casesSchema } from "../../src/catalog/schema.ts";
import { runText } from "../run.ts";

type Case = ReturnType<typeof casesSchema.parse>["cases"][number];

const files = readdirSync("pricing", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith("cases.yaml"))
  .map((name) => `pricing/${name}`)
  .sort();

function scenarioOf(service: string, example: Case): string {
  const work = example.work ?? 1;
  return stringify({
    scenario: example.name,
    region: example.region,
    as_of: example.as_of ?? "2026-11-23",
    ...(example.month === undefined ? {} : { month: example.month }),
    ...(example.free_tier === true ? { existing: { free_tier: "unused" } } : {}),
    workload: { unit: "unit", driver: "units", throughput: "units / 1 month" },
    variables: { units: work },
    architectures: { only: { components: { subject: { service, ...example.parameters } } } },
  });
}

/** Equal at the rounding the source printed: half a unit of its last place, and a hair for doubles. */
function expectPrinted(actual: number, printed: string, what: string): void {
  const places = printed.split(".")[1]?.length ?? 0;
  const tolerance = 0.5 * 10 ** -places + 1e-9 * Math.abs(actual);
  expect(Math.abs(actual - Number(printed)), `${what}: ${actual} against ${printed}`).toBeLessThanOrEqual(tolerance);
}

test("there are cases", () => expect(files.length).toBeGreaterThan(20));

describe.each(files)("%s", (file) => {
  const { service, cases } = casesSchema.parse(parse(readFileSync(file, "utf8")));
  test.each(cases.map((example) => [example.name, example] as const))("%s", async (_, example) => {
    const result = await runText(scenarioOf(service, example));
    const only = result.architectures["only"];
    if (only === undefined) throw new Error("no result");
    const { total, meters, quantities } = example.expect;
    if (total !== undefined) expectPrinted(only.cost.month, total, "total");
    for (const [meter, printed] of Object.entries(meters ?? {})) {
      const lines = only.line_items.filter((line) => line.x_Meter === meter);
      expectPrinted(
        lines.reduce((sum, line) => sum + line.EffectiveCost, 0),
        printed,
        meter,
      );
    }
    for (const [meter, quantity] of Object.entries(quantities ?? {})) {
      const lines = only.line_items.filter((line) => line.x_Meter === meter);
      const found = lines.reduce((sum, line) => sum + line.PricingQuantity, 0);
      expect(Math.abs(found - quantity), `${meter}: ${found} against ${quantity}`).toBeLessThanOrEqual(
        1e-4 * Math.abs(quantity),
      );
    }
    expect(total !== undefined || meters !== undefined || quantities !== undefined).toBe(true);
  });
});
