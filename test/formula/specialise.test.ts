import { expect, test } from "vitest";
import { GraphBuilder } from "../../src/formula/builder.ts";
import { flatCurve } from "../../src/formula/curve.ts";
import { evaluateOne } from "../../src/formula/evaluate-one.ts";
import { specialise } from "../../src/formula/specialise.ts";

function example() {
  const builder = new GraphBuilder(flatCurve());
  const [streams, price, unused] = [
    builder.input("streams", 100),
    builder.input("price", 2),
    builder.input("unused", 9),
  ];
  const cost = builder.op("mul", streams, builder.op("add", price, builder.constant(1)));
  const other = builder.op("mul", unused, streams);
  return { graph: builder.graph(), cost, other };
}

test("fixed inputs and what nobody reads are gone", () => {
  const { graph, cost } = example();
  const { graph: small, outputs } = specialise(graph, { outputs: [cost], free: ["streams"] });
  expect(small.inputs).toEqual([{ address: "streams", value: 100 }]);
  expect(small.nodes.map((node) => node.op)).toEqual(["input", "const", "mul"]);
  expect(outputs).toEqual([2]);
  expect(evaluateOne(small, outputs).value(2)).toBe(300);
});

test("values replace those of the graph, for fixed and free inputs", () => {
  const { graph, cost } = example();
  const values = new Map([
    ["price", 4],
    ["streams", 10],
  ]);
  const { graph: small, outputs } = specialise(graph, { outputs: [cost], free: ["streams"], values });
  expect(evaluateOne(small).value(outputs[0] ?? -1)).toBe(50);
});

test("free inputs keep their order, used or not", () => {
  const { graph, cost } = example();
  const { graph: small } = specialise(graph, { outputs: [cost], free: ["unused", "streams"] });
  expect(small.inputs.map((input) => input.address)).toEqual(["unused", "streams"]);
});

test("an unknown address is a fault", () => {
  const { graph, cost } = example();
  expect(() => specialise(graph, { outputs: [cost], free: ["stream"] })).toThrow('no input "stream"');
  expect(() => specialise(graph, { outputs: [cost], free: [], values: new Map([["prize", 1]]) })).toThrow('"prize"');
});
