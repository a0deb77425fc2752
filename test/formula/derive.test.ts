import { expect, test } from "vitest";
import type { Operation } from "../../src/formula/arithmetic.ts";
import { GraphBuilder } from "../../src/formula/builder.ts";
import { flatCurve } from "../../src/formula/curve.ts";
import { derive } from "../../src/formula/derive.ts";
import { evaluateOne } from "../../src/formula/evaluate-one.ts";
import type { Curve } from "../../src/formula/graph.ts";

const curve: Curve = { share: [0.5, 0.5], weight: [0.5, 1.5], hour: [0, 1], weekday: [0, 0] };

function slopeOf(builder: GraphBuilder, output: number, address: string): number {
  const derived = derive(builder.graph(), output, address);
  const values = evaluateOne(derived.graph, [derived.node, derived.output]);
  expect(values.value(derived.output)).toBe(evaluateOne(builder.graph(), [output]).value(output));
  return values.value(derived.node);
}

type Rule = {
  readonly op: Operation;
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
};

test.each<Rule>([
  { op: "add", x: 3, y: 4, dx: 1, dy: 1 },
  { op: "sub", x: 3, y: 4, dx: 1, dy: -1 },
  { op: "mul", x: 3, y: 4, dx: 4, dy: 3 },
  { op: "div", x: 3, y: 4, dx: 0.25, dy: -3 / 16 },
  { op: "min", x: 3, y: 4, dx: 1, dy: 0 },
  { op: "max", x: 3, y: 4, dx: 0, dy: 1 },
  { op: "roundup", x: 3, y: 4, dx: 1, dy: 0 },
  { op: "pow", x: 2, y: 3, dx: 12, dy: 8 * Math.log(2) },
  { op: "lt", x: 3, y: 4, dx: 0, dy: 0 },
])("$op at ($x, $y)", ({ op, x, y, dx, dy }) => {
  const builder = new GraphBuilder(flatCurve());
  const node = builder.op(op, builder.input("x", x), builder.input("y", y));
  expect(slopeOf(builder, node, "x")).toBeCloseTo(dx, 12);
  expect(slopeOf(builder, node, "y")).toBeCloseTo(dy, 12);
});

test.each<{ op: Operation; x: number; dx: number }>([
  { op: "abs", x: -2, dx: -1 },
  { op: "sqrt", x: 4, dx: 0.25 },
  { op: "log", x: 4, dx: 0.25 },
  { op: "exp", x: 2, dx: Math.exp(2) },
  { op: "neg", x: 2, dx: -1 },
  { op: "ceil", x: 2.5, dx: 1 },
  { op: "floor", x: 2.5, dx: 1 },
  { op: "round", x: 2.5, dx: 1 },
])("$op at $x", ({ op, x, dx }) => {
  const builder = new GraphBuilder(flatCurve());
  expect(slopeOf(builder, builder.op(op, builder.input("x", x)), "x")).toBeCloseTo(dx, 12);
});

test("`if` follows the branch taken", () => {
  const builder = new GraphBuilder(flatCurve());
  const [x, y] = [builder.input("x", 3), builder.input("y", 4)];
  const five = builder.op("mul", x, builder.constant(5));
  expect(slopeOf(builder, builder.op("if", builder.op("lt", x, y), five, y), "x")).toBe(5);
  expect(slopeOf(builder, builder.op("if", builder.op("lt", y, x), five, y), "x")).toBe(0);
});

test("mean: the mean of the derivative; peak: the derivative where the peak is", () => {
  const builder = new GraphBuilder(curve);
  const load = builder.op("mul", builder.input("x", 3), builder.slot("weight"));
  const square = builder.op("mul", load, load);
  expect(slopeOf(builder, builder.op("mean", square), "x")).toBe(0.5 * 2 * 3 * 0.25 + 0.5 * 2 * 3 * 2.25);
  expect(slopeOf(builder, builder.op("peak", square), "x")).toBe(2 * 3 * 2.25);
  expect(slopeOf(builder, builder.op("peak", builder.op("neg", load)), "x")).toBe(-0.5);
});

test("a negative number to a constant power has a derivative, though its logarithm is no number", () => {
  const builder = new GraphBuilder(flatCurve());
  const cube = builder.op("pow", builder.input("x", -2), builder.constant(3));
  expect(slopeOf(builder, cube, "x")).toBe(12);
});

test("what does not depend on the input derives to the constant 0, not finite numbers beside it or not", () => {
  const builder = new GraphBuilder(curve);
  const endless = builder.op("mul", builder.input("y", 2), builder.constant(Infinity));
  const other = builder.op("peak", builder.op("log", builder.op("mul", endless, builder.slot("weight"))));
  builder.input("x", 1);
  const { graph, node } = derive(builder.graph(), other, "x");
  expect(graph.nodes[node]).toMatchObject({ op: "const", value: 0 });
});
