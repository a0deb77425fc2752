import fc from "fast-check";
import { expect, test } from "vitest";
import { GraphBuilder } from "../../src/formula/builder.ts";
import { evaluateOne } from "../../src/formula/evaluate-one.ts";
import type { Curve } from "../../src/formula/graph.ts";
import { KeptValues } from "../../src/formula/kept-values.ts";

const curve: Curve = {
  share: [0.25, 0.5, 0.25, 0],
  weight: [0.4, 1, 1.6, 4],
  hour: [0, 1, 2, 2],
  weekday: [0, 0, 0, 0],
};
const OPS = ["add", "sub", "mul", "div", "min", "max", "lt", "mean", "peak"] as const;

test("a graph that grows: the values are those of the whole graph, to the bit", () => {
  const step = fc.record({ op: fc.constantFrom(...OPS), a: fc.nat(), b: fc.nat(), asked: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.double({ noNaN: true }), (steps, x) => {
      const builder = new GraphBuilder(curve);
      const overrides = new Map([["x", x]]);
      const kept = new KeptValues(builder.view(), overrides);
      const nodes = [builder.input("x", 3), builder.input("y", 0.1), builder.slot("weight"), builder.constant(7)];
      const found: [number, number][] = [];
      for (const { op, a, b, asked } of steps) {
        const [first = 0, second = 0] = [nodes[a % nodes.length], nodes[b % nodes.length]];
        const node = op === "mean" || op === "peak" ? builder.op(op, first) : builder.op(op, first, second);
        nodes.push(node);
        if (asked && !builder.node(node).instant) found.push([node, kept.value(node)]);
      }
      const whole = evaluateOne(builder.graph(), undefined, overrides);
      for (const [node, value] of found) expect(value).toBe(whole.value(node));
    }),
  );
});

test("a sum as long as a large bill, and an instant that is asked for by itself", () => {
  const builder = new GraphBuilder(curve);
  let sum = builder.input("x", 1);
  for (let i = 1; i <= 50_000; i += 1) sum = builder.op("add", sum, builder.constant(i));
  expect(new KeptValues(builder.view()).value(sum)).toBe(1 + (50_000 * 50_001) / 2);
  const weight = builder.slot("weight");
  expect(() => new KeptValues(builder.view()).value(weight)).toThrow(`node ${weight} has no single value`);
});
