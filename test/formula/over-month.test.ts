import { expect, test } from "vitest";
import { GraphBuilder } from "../../src/formula/builder.ts";
import { evaluateOne } from "../../src/formula/evaluate-one.ts";
import type { Curve } from "../../src/formula/graph.ts";
import { meanOf, totalOf } from "../../src/formula/over-month.ts";

const MONTH = 730 * 3600;

/** Weights whose sum over slots is not 1 to the bit. */
const uneven: Curve = { share: [1, 1, 1], weight: [0.7, 1.1, 1.2], hour: [0, 8, 16], weekday: [0, 0, 0] };

function setUp() {
  const builder = new GraphBuilder(uneven);
  const [x, month] = [builder.input("x", 40e6), builder.constant(MONTH)];
  const load = builder.op("mul", builder.op("div", x, month), builder.slot("weight"));
  const value = (node: number): number => evaluateOne(builder.view(), [node]).value(node);
  return { builder, x, month, load, value };
}

test("the load over a month is what the scenario says, to the bit", () => {
  const { builder, x, load, value } = setUp();
  expect(totalOf(builder, load, MONTH)).toBe(x);
  expect(value(totalOf(builder, load, MONTH))).toBe(40e6);
});

test("what is the same in all hours stands outside of the mean, on either side", () => {
  const { builder, load, x, value } = setUp();
  const three = builder.constant(3);
  expect(value(totalOf(builder, builder.op("mul", load, three), MONTH))).toBe(120e6);
  expect(value(totalOf(builder, builder.op("mul", three, load), MONTH))).toBe(120e6);
  expect(value(totalOf(builder, builder.op("div", load, three), MONTH))).toBe(40e6 / 3);
  expect(value(meanOf(builder, builder.op("div", builder.slot("weight"), x)))).toBe(1 / 40e6);
});

test("a fixed part beside the load counts in full", () => {
  const { builder, value } = setUp();
  const weight = builder.slot("weight");
  expect(value(meanOf(builder, builder.op("add", weight, builder.constant(2))))).toBe(3);
  expect(value(meanOf(builder, builder.op("sub", builder.constant(2), weight)))).toBe(1);
});

test("what differs from hour to hour otherwise is the mean of the hours", () => {
  const { builder, value } = setUp();
  const weight = builder.slot("weight");
  expect(value(meanOf(builder, builder.op("ceil", weight)))).toBe(5 / 3);
  expect(value(meanOf(builder, builder.op("mul", weight, weight)))).toBeCloseTo((0.49 + 1.21 + 1.44) / 3, 14);
  expect(value(meanOf(builder, builder.op("div", builder.constant(1), weight)))).toBeCloseTo(
    (1 / 0.7 + 1 / 1.1 + 1 / 1.2) / 3,
    14,
  );
});

test("what is the same in all hours is its own mean, and lasts the month", () => {
  const { builder, x, value } = setUp();
  expect(meanOf(builder, x)).toBe(builder.op("mean", x));
  expect(value(totalOf(builder, x, 10))).toBe(400e6);
});

test("a month by which is divided in the divisor is not the month of the total", () => {
  const { builder, x, month, value } = setUp();
  const inverse = builder.op("div", builder.constant(1), builder.op("div", month, x));
  expect(value(totalOf(builder, inverse, MONTH))).toBeCloseTo(40e6, 6);
});
