import { expect, test } from "vitest";
import { GraphBuilder } from "../../src/formula/builder.ts";
import { flatCurve } from "../../src/formula/curve.ts";
import { compile, generate } from "../../src/formula/generate.ts";
import type { Graph } from "../../src/formula/graph.ts";

function run(
  graph: Graph,
  outputs: readonly number[],
  columns: Readonly<Record<string, readonly number[]>>,
): number[][] {
  const n = Math.max(...Object.values(columns).map((column) => column.length));
  const out = outputs.map(() => new Float64Array(n));
  const given = Object.values(columns).map((column) => Float64Array.from(column));
  compile(graph, outputs, Object.keys(columns))(given, n, out);
  return out.map((column) => [...column]);
}

test("columns come in the order of the free addresses", () => {
  const builder = new GraphBuilder(flatCurve());
  const difference = builder.op("sub", builder.input("x", 1), builder.input("y", 2));
  expect(run(builder.graph(), [difference], { y: [1, 2], x: [10, 20] })).toEqual([[9, 18]]);
});

test.each([-0, -1.5, 0.1, 5e-324, 1.7976931348623157e308, Infinity, -Infinity, Number.NaN, 1 / 3])(
  "the constant %d keeps its bits in the text",
  (value) => {
    const builder = new GraphBuilder(flatCurve());
    const node = builder.op("if", builder.input("x", 1), builder.constant(value), builder.constant(7));
    expect(run(builder.graph(), [node], { x: [1, 0] })).toEqual([[value, 7]]);
  },
);

test("what does not depend on a free input is computed once, before the loop", () => {
  const builder = new GraphBuilder(flatCurve());
  const fixed = builder.op("exp", builder.input("fixed", 0));
  const node = builder.op("mul", builder.input("x", 1), fixed);
  const { source } = generate(builder.graph(), [node], ["x"]);
  expect(source).not.toContain("exp");
  expect(source).toContain(`v${builder.input("x", 1)} * 1;`);
});

test("the text holds nothing that a scenario wrote", () => {
  const builder = new GraphBuilder(flatCurve());
  const hostile = builder.input('"]); throw new Error("run"); //', 1);
  const node = builder.op("neg", hostile);
  const { source } = generate(builder.graph(), [node], ['"]); throw new Error("run"); //']);
  expect(source).not.toContain("throw");
});

test("truths serve as conditions and as numbers", () => {
  const builder = new GraphBuilder(flatCurve());
  const [x, y] = [builder.input("x", 1), builder.input("y", 2)];
  const less = builder.op("lt", x, y);
  const both = builder.op("and", less, builder.op("not", x));
  const either = builder.op("or", y, both);
  const outputs = [less, both, either, builder.op("add", less, either), builder.op("if", y, x, less)];
  expect(run(builder.graph(), outputs, { x: [0, 1, 0], y: [1, 0, 0] })).toEqual([
    [1, 0, 0],
    [1, 0, 0],
    [1, 0, 0],
    [2, 0, 0],
    [0, 0, 0],
  ]);
});
