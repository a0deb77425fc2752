import { expect, test } from "vitest";
import { GraphBuilder } from "../../src/formula/builder.ts";
import { weeklyCurve, wholeOf } from "../../src/formula/curve.ts";
import { evaluate } from "../../src/formula/evaluate.ts";
import { mergeSlots } from "../../src/formula/merge-slots.ts";

const HOURS = Array.from({ length: 24 }, (_, hour) => (hour < 8 ? 1 : 3));

function built() {
  const weights = Array.from({ length: 168 }, (_, i) => (HOURS[i % 24] ?? 1) * (i < 120 ? 1 : 2));
  const curve = weeklyCurve({ weights, burst: 2, hours: true });
  if ("problem" in curve) throw new Error(curve.problem);
  const builder = new GraphBuilder(curve);
  const [x, fixed] = [builder.input("x", 1), builder.input("fixed", 2)];
  const load = builder.op("mul", x, builder.slot("weight"));
  const open = builder.op("le", builder.constant(8), builder.slot("hour"));
  const staff = builder.op("mul", builder.op("ceil", load), open);
  // not looked at by anything that differs from case to case: found over all hours
  const hours = builder.op("mul", fixed, builder.slot("hour"));
  const mean = builder.op("mean", staff);
  const outputs = [
    builder.op("peak", staff),
    builder.op("mul", x, builder.op("mean", hours)),
    builder.op("add", x, builder.op("peak", hours)),
  ];
  return { graph: builder.graph(), outputs, mean };
}

test("hours that nothing tells apart are one; what is told stays", () => {
  const { graph, outputs } = built();
  const merged = mergeSlots(graph, outputs, ["x"]);
  // two loads on two kinds of day, and their bursts, of which some are loads of other days
  expect(graph.curve.share).toHaveLength(336);
  expect(merged.curve.share.length).toBeLessThanOrEqual(8);
  expect(wholeOf(merged.curve)).toBe(168);
  const columns = new Map([["x", Float64Array.of(0.3, 1, 17.5, -2, 1e6)]]);
  const before = evaluate(graph, outputs, columns, 5);
  const after = evaluate(merged, outputs, columns, 5);
  expect(after).toEqual(before);
});

test("where a mean would be summed in another order the graph stays as it is", () => {
  const { graph, outputs, mean } = built();
  expect(mergeSlots(graph, [...outputs, mean], ["x"])).toBe(graph);
});

test("a graph of one slot stays as it is", () => {
  const builder = new GraphBuilder({ share: [1], weight: [1], hour: [0], weekday: [0] });
  const graph = builder.graph();
  expect(mergeSlots(graph, [], [])).toBe(graph);
});
