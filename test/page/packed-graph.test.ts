import fc from "fast-check";
import { expect, test } from "vitest";
import { GraphBuilder } from "../../src/formula/builder.ts";
import { weeklyCurve } from "../../src/formula/curve.ts";
import { evaluateOne } from "../../src/formula/evaluate-one.ts";
import { packGraph, unpackGraph } from "../../src/model/packed-graph.ts";

const weights = Array.from({ length: 168 }, (_, hour) => 1 + (hour % 24));
const curve = weeklyCurve({ weights, burst: 2, hours: true });
if ("problem" in curve) throw new Error(curve.problem);

test("a packed graph evaluates to the same bits, odd numbers and instants included", () => {
  const number = fc.oneof(fc.double(), fc.constantFrom(-0, Number.POSITIVE_INFINITY, Number.NaN, 0.1));
  fc.assert(
    fc.property(number, number, (a, b) => {
      const builder = new GraphBuilder(curve);
      const x = builder.input("x", a);
      const scaled = builder.op("mul", builder.op("add", x, builder.constant(b)), builder.slot("weight"));
      const gated = builder.op("if", builder.op("lt", builder.slot("hour"), builder.constant(8)), scaled, x);
      const unused = builder.op("sqrt", builder.input("y", 2));
      const outputs = [builder.op("mean", gated), builder.op("peak", gated), builder.constant(-0)];
      const graph = builder.graph();
      const back = unpackGraph(JSON.parse(JSON.stringify(packGraph(graph, outputs))));
      expect(back.inputs.map(({ address }) => address)).toEqual(["x"]);
      expect(evaluateOne(back, [unused]).value(unused)).toBeNaN();
      const before = evaluateOne(graph, outputs);
      const after = evaluateOne(back, outputs);
      for (const output of outputs) expect(after.value(output)).toBe(before.value(output));
    }),
  );
});
