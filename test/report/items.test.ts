import { expect, test } from "vitest";
import { costsByItem, REST } from "../../src/report/items.ts";
import { resultSchema } from "../../src/result/schema.ts";
import { archcost } from "../run.ts";

test("items of every architecture add up to its cost, and each shows its own largest line", async () => {
  const ran = await archcost(["run", "scenarios/prime-video.yaml", "--format", "json", "--quiet"]);
  const result = resultSchema.parse(JSON.parse(ran.stdout));
  const { items, of } = costsByItem(result);
  expect(items.at(-1)).toBe(REST);
  expect(new Set(items).size).toBe(items.length);
  for (const [name, { cost, line_items: lines }] of Object.entries(result.architectures)) {
    const values = of(name);
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(cost.month, 4);
    const largest = [...lines].sort((a, b) => b.EffectiveCost - a.EffectiveCost)[0];
    expect(items, name).toContain(`${largest?.x_Component}.${largest?.x_Meter}`);
  }
});
