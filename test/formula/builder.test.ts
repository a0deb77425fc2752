import { expect, test } from "vitest";
import { GraphBuilder } from "../../src/formula/builder.ts";
import { flatCurve } from "../../src/formula/curve.ts";
import type { Curve } from "../../src/formula/graph.ts";

const twoSlots: Curve = { share: [0.5, 0.5], weight: [0.5, 1.5], hour: [0, 1], weekday: [0, 0] };

function setUp(curve: Curve = twoSlots) {
  const builder = new GraphBuilder(curve);
  const constant = (value: number) => builder.constant(value);
  return { builder, constant, x: builder.input("x", 3), y: builder.input("y", 4) };
}

test("an expression that is there already is not built again", () => {
  const { builder, x, y } = setUp();
  expect(builder.op("add", x, y)).toBe(builder.op("add", x, y));
  expect(builder.constant(0.1)).toBe(builder.constant(0.1));
  expect(builder.slot("hour")).toBe(builder.slot("hour"));
  expect(builder.input("x", 3)).toBe(x);
});

test("0 and -0 are two constants", () => {
  const { builder } = setUp();
  expect(builder.constant(0)).not.toBe(builder.constant(-0));
});

test("an address has one value", () => {
  const { builder } = setUp();
  expect(() => builder.input("x", 5)).toThrow('"x" is given as 3 and as 5');
});

test("with variants an address has an input for each value, and other operations are shared", () => {
  const builder = new GraphBuilder(twoSlots, { variants: true });
  const [three, five] = [builder.input("x", 3), builder.input("x", 5)];
  expect(three).not.toBe(five);
  expect(builder.input("x", 3)).toBe(three);
  expect(builder.input("x", -0)).not.toBe(builder.input("x", 0));
  const view = builder.view();
  const sum = builder.op("add", three, five);
  expect(view.nodes[sum]?.args).toEqual([three, five]);
  expect(builder.op("add", three, five)).toBe(sum);
});

test("an operation takes its number of arguments", () => {
  const { builder, x } = setUp();
  expect(() => builder.op("add", x)).toThrow('"add" takes 2 arguments, not 1');
});

test("operations on constants are folded", () => {
  const { builder, constant } = setUp();
  const node = builder.op("if", builder.op("lt", constant(1), constant(2)), constant(10), constant(20));
  expect(builder.constantValue(node)).toBe(10);
});

test("identities that keep every finite value are used", () => {
  const { builder, constant, x, y } = setUp();
  const [zero, one] = [constant(0), constant(1)];
  expect(builder.op("add", x, zero)).toBe(x);
  expect(builder.op("add", zero, x)).toBe(x);
  expect(builder.op("sub", x, zero)).toBe(x);
  expect(builder.op("mul", x, one)).toBe(x);
  expect(builder.op("mul", one, x)).toBe(x);
  expect(builder.op("div", x, one)).toBe(x);
  expect(builder.op("mul", zero, x)).toBe(zero);
  expect(builder.op("mul", x, zero)).toBe(zero);
  expect(builder.op("min", x, x)).toBe(x);
  expect(builder.op("min", x, constant(Infinity))).toBe(x);
  expect(builder.op("min", constant(Infinity), x)).toBe(x);
  expect(builder.op("max", x, constant(-Infinity))).toBe(x);
  expect(builder.op("if", one, x, y)).toBe(x);
  expect(builder.op("if", zero, x, y)).toBe(y);
  expect(builder.op("if", builder.op("lt", x, y), x, x)).toBe(x);
});

test("what only looks like an identity stays", () => {
  const { builder, constant, x } = setUp();
  expect(builder.op("sub", constant(0), x)).not.toBe(x);
  expect(builder.op("div", constant(1), x)).not.toBe(x);
  expect(builder.op("max", x, constant(Infinity))).not.toBe(x);
  expect(builder.op("min", x, constant(0))).not.toBe(x);
});

test("a constant settles `and` and `or`, or leaves the truth of the other side", () => {
  const { builder, constant, x, y } = setUp();
  const truth = builder.op("lt", x, y);
  expect(builder.op("and", truth, constant(1))).toBe(truth);
  expect(builder.op("and", constant(0), truth)).toBe(constant(0));
  expect(builder.op("or", truth, constant(0))).toBe(truth);
  expect(builder.op("or", constant(5), truth)).toBe(constant(1));
  expect(builder.op("and", x, constant(1))).toBe(builder.op("ne", x, constant(0)));
});

test("an instant is what differs from slot to slot, until mean or peak ends it", () => {
  const { builder, x } = setUp();
  const load = builder.op("mul", x, builder.slot("weight"));
  expect(builder.node(load).instant).toBe(true);
  expect(builder.node(builder.op("peak", load)).instant).toBe(false);
  expect(builder.op("mean", x)).toBe(x);
});

test("a flat load has no instants", () => {
  const { builder, x } = setUp(flatCurve());
  const load = builder.op("mul", x, builder.slot("weight"));
  expect(load).toBe(x);
  expect(builder.op("peak", load)).toBe(x);
});
