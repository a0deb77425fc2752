import { expect, test } from "vitest";
import { GraphBuilder } from "../../src/formula/builder.ts";
import { evaluate } from "../../src/formula/evaluate.ts";
import { evaluateOne } from "../../src/formula/evaluate-one.ts";
import type { Curve } from "../../src/formula/graph.ts";

/** Quarter, half, quarter of the month, and a burst without duration. */
const curve: Curve = {
  share: [0.25, 0.5, 0.25, 0],
  weight: [0.4, 1, 1.6, 4],
  hour: [0, 1, 2, 2],
  weekday: [0, 0, 0, 0],
};

function replicas() {
  const builder = new GraphBuilder(curve);
  const load = builder.op("mul", builder.input("streams", 10), builder.slot("weight"));
  const count = builder.op("ceil", builder.op("div", load, builder.input("capacity", 5)));
  return { builder, load, count, mean: builder.op("mean", count), peak: builder.op("peak", count) };
}

test("mean weighs the slots by duration and leaves the burst out, peak sees it", () => {
  const { builder, mean, peak } = replicas();
  const columns = new Map([["streams", Float64Array.of(10, 20)]]);
  const [means, peaks] = evaluate(builder.graph(), [mean, peak], columns, 2);
  expect(means).toEqual(Float64Array.of(0.25 * 1 + 0.5 * 2 + 0.25 * 4, 0.25 * 2 + 0.5 * 4 + 0.25 * 7));
  expect(peaks).toEqual(Float64Array.of(8, 16));
});

test("a burst that gives no finite number spoils the peak and not the mean", () => {
  const builder = new GraphBuilder(curve);
  const free = builder.op("sub", builder.input("x", 4), builder.slot("weight"));
  const wait = builder.op("div", builder.constant(1), free);
  const outputs = [builder.op("mean", wait), builder.op("peak", wait)];
  const [mean, peak] = evaluate(builder.graph(), outputs, new Map([["x", Float64Array.of(4)]]), 1);
  expect(mean?.[0]).toBeCloseTo(0.25 / 3.6 + 0.5 / 3 + 0.25 / 2.4, 12);
  expect(peak?.[0]).toBe(Infinity);
});

test("an instant may rest on the mean and the peak of others, over several passes", () => {
  const { builder, load, mean, peak } = replicas();
  const above = builder.op("max", builder.constant(0), builder.op("sub", load, builder.op("mul", mean, peak)));
  const outputs = [builder.op("peak", above), builder.op("mean", builder.op("add", above, load)), mean];
  const [most, total, means] = evaluate(builder.graph(), outputs, new Map([["streams", Float64Array.of(10, 1)]]), 2);
  expect(most).toEqual(Float64Array.of(22, 4 - 1));
  expect(total?.[0]).toBe(10);
  expect(total?.[1]).toBeCloseTo(0.25 * 0.4 + 0.5 * 1 + 0.25 * (1.6 + 0.6), 12);
  expect(means).toEqual(Float64Array.of(2.25, 1));
});

test("blocks meet without a seam", () => {
  const { builder, mean } = replicas();
  const n = 2500;
  const streams = Float64Array.from({ length: n }, (_, i) => i / 7);
  const scaled = builder.op("mul", mean, builder.input("capacity", 5));
  const [found] = evaluate(builder.graph(), [scaled], new Map([["streams", streams]]), n);
  const one = (value: number) => evaluateOne(builder.graph(), [scaled], new Map([["streams", value]])).value(scaled);
  expect(found).toEqual(Float64Array.from(streams, one));
});

test("an output may be an input, a constant or asked for twice", () => {
  const builder = new GraphBuilder(curve);
  const [x, y, two] = [builder.input("x", 1), builder.input("y", 5), builder.constant(2)];
  const sum = builder.op("add", x, two);
  const outputs = [x, y, two, sum, sum];
  const found = evaluate(builder.graph(), outputs, new Map([["x", Float64Array.of(7, 8)]]), 2);
  expect(found.map((column) => [...column])).toEqual([
    [7, 8],
    [5, 5],
    [2, 2],
    [9, 10],
    [9, 10],
  ]);
});

test("no columns: the case of the graph", () => {
  const { builder, peak } = replicas();
  expect(evaluate(builder.graph(), [peak], new Map(), 1)).toEqual([Float64Array.of(8)]);
  expect(evaluate(builder.graph(), [peak], new Map(), 0)).toEqual([new Float64Array(0)]);
});

test("what cannot be asked is a fault", () => {
  const { builder, count, mean } = replicas();
  const graph = builder.graph();
  expect(() => evaluate(graph, [count], new Map(), 1)).toThrow("is an instant");
  expect(() => evaluate(graph, [mean], new Map([["stream", Float64Array.of(1)]]), 1)).toThrow('no input "stream"');
  expect(() => evaluate(graph, [mean], new Map([["streams", Float64Array.of(1)]]), 2)).toThrow("1 values for 2 cases");
});

test("one case keeps every intermediate value, instants by slot", () => {
  const { builder, load, count, mean } = replicas();
  const values = evaluateOne(builder.graph());
  expect(values.slotValues(load)).toEqual(Float64Array.of(4, 10, 16, 40));
  expect(values.slotValues(count)).toEqual(Float64Array.of(1, 2, 4, 8));
  expect(values.value(mean)).toBe(2.25);
  expect(values.slotValues(mean)).toEqual(Float64Array.of(2.25, 2.25, 2.25, 2.25));
  expect(() => values.value(load)).toThrow("no single value");
  expect(evaluateOne(builder.graph(), [mean], new Map([["capacity", 100]])).value(mean)).toBe(1);
});
