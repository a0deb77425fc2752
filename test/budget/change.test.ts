import { expect, test } from "vitest";
import { changeOf, type Step } from "../../src/budget/change.ts";
import { editsOfResults } from "../../src/budget/edits-of-results.ts";
import type { Result } from "../../src/result/schema.ts";
import { result } from "../report/fixture.ts";

/** The result with each line item of an architecture changed. */
function changed(name: string, by: (line: Result["architectures"][string]["line_items"][number]) => object): Result {
  const architecture = result.architectures[name];
  if (architecture === undefined) throw new Error(`no ${name}`);
  const lines = architecture.line_items.map((line) => ({ ...line, ...by(line) }));
  const month = lines.reduce((sum, line) => sum + line.EffectiveCost, 0);
  const now = { ...architecture, line_items: lines, cost: { ...architecture.cost, month } };
  return { ...result, architectures: { ...result.architectures, [name]: now } };
}

const dearer = changed("monolith", (line) => ({
  EffectiveCost: line.EffectiveCost * 1.1,
  ContractedUnitPrice: line.ContractedUnitPrice * 1.1,
}));
const more = changed("monolith", (line) => ({
  EffectiveCost: line.EffectiveCost * 2,
  PricingQuantity: line.PricingQuantity * 2,
}));

const figures = (before: Result, after: Result) =>
  changeOf({ before, after, steps: [], edits: editsOfResults(before, after) });

test("nothing changed, nothing told", () => expect(figures(result, result).architectures).toEqual([]));

test("another price is the prices', another quantity of the same work the design's", () => {
  const [prices] = figures(result, dearer).architectures;
  expect(prices?.architecture).toBe("monolith");
  expect(prices?.by.prices).toBeCloseTo(prices?.change ?? Number.NaN, 6);
  const [design] = figures(result, more).architectures;
  expect(design?.by.design).toBeCloseTo(design?.change ?? Number.NaN, 6);
});

test("a price that moves with the quantity is the prices' at the new quantity; the rest is the quantity's", () => {
  const both = changed("monolith", (line) => ({
    EffectiveCost: line.EffectiveCost * 2.2,
    PricingQuantity: line.PricingQuantity * 2,
    ContractedUnitPrice: line.ContractedUnitPrice * 1.1,
  }));
  const before = result.architectures["monolith"]?.cost.month ?? Number.NaN;
  const [found] = figures(result, both).architectures;
  expect(found?.by.prices).toBeCloseTo(before * 0.2, 6);
  expect(found?.by.design).toBeCloseTo(before, 6);
});

test("another quantity of other work is the workload's; by another version alone the program's", () => {
  const work = { ...more, workload: { ...more.workload, work_month: more.workload.work_month * 2 } };
  const [workload] = figures(result, work).architectures;
  expect(workload?.by.workload).toBeCloseTo(workload?.change ?? Number.NaN, 6);
  const version = { ...more, program: { ...more.program, version: "9.9.9" } };
  const [program] = figures(result, version).architectures;
  expect(program?.by.program).toBeCloseTo(program?.change ?? Number.NaN, 6);
});

test("steps share the change out, and the causes sum to it", () => {
  const both = changed("monolith", (line) => ({ EffectiveCost: line.EffectiveCost * 2.2 }));
  const steps: Step[] = [
    { cause: "workload", result: more },
    { cause: "prices", result: both },
    { cause: "design", result: both },
  ];
  const [change] = changeOf({ before: result, after: both, steps, edits: [] }).architectures;
  const month = result.architectures["monolith"]?.cost.month ?? Number.NaN;
  expect(change?.by.workload).toBeCloseTo(month, 4);
  expect(change?.by.prices).toBeCloseTo(month * 0.2, 4);
  expect(change?.by.design).toBeCloseTo(0, 6);
  for (const line of change?.lines ?? []) {
    expect(Object.values(line.by).reduce((a, b) => a + b, 0)).toBeCloseTo(line.change, 6);
  }
});

test("lines stand largest first, and an architecture that comes or goes is told", () => {
  const { monolith, ...others } = result.architectures;
  if (monolith === undefined) throw new Error("no monolith");
  const without = { ...result, architectures: others };
  const come = figures(without, result).architectures[0];
  expect(come).toMatchObject({ architecture: "monolith", before: null, after: monolith.cost.month });
  expect(figures(result, without).architectures[0]).toMatchObject({ architecture: "monolith", after: null });
  const lines = figures(
    result,
    changed("microservices", (line) => ({ EffectiveCost: line.EffectiveCost * 3 })),
  ).architectures[0]?.lines;
  const sizes = (lines ?? []).map(({ change }) => Math.abs(change));
  expect(sizes.length).toBeGreaterThan(2);
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
});

test("a changed variable is told with its line", () => {
  const [first, ...rest] = result.assumptions;
  if (first === undefined) throw new Error("no assumptions");
  const after = { ...result, assumptions: [{ ...first, value: 4242, place: "scenarios/a.yaml:7" }, ...rest] };
  const edits = editsOfResults(result, after);
  expect(edits).toEqual([
    expect.objectContaining({
      after: expect.stringContaining("4242"),
      place: { file: "scenarios/a.yaml", line: 7, column: 1 },
    }),
  ]);
});
