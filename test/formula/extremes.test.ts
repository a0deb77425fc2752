import { expect, test } from "vitest";
import { GraphBuilder } from "../../src/formula/builder.ts";
import { weeklyCurve } from "../../src/formula/curve.ts";
import { evaluate } from "../../src/formula/evaluate.ts";
import { compile, generate } from "../../src/formula/generate.ts";
import type { Curve } from "../../src/formula/graph.ts";

const HOURS = [2, 1, 1, 1, 1, 2, 4, 7, 9, 10, 11, 12, 12, 11, 11, 12, 13, 15, 18, 20, 19, 15, 9, 4];
const DAYS = [1, 1, 1, 1, 1.2, 1.4, 1.3];

function week(): Curve {
  const weights = DAYS.flatMap((day) => HOURS.map((hour) => day * hour));
  const curve = weeklyCurve({ weights, burst: 3, hours: true });
  if ("problem" in curve) throw new Error(curve.problem);
  return curve;
}

/** Machines of production all week and of a test environment by day: `ceil(x * load / y)`, at least 3, and at night none. */
function machines(builder: GraphBuilder): number {
  const load = builder.op("mul", builder.input("x", 1), builder.slot("weight"));
  const wanted = builder.op("ceil", builder.op("div", load, builder.input("y", 1)));
  const running = builder.op("max", builder.constant(3), wanted);
  const some = builder.op("lt", builder.constant(0), running);
  const part = builder.op("roundup", builder.op("mul", running, builder.constant(0.1)), builder.constant(1));
  const test = builder.op("if", some, builder.op("max", part, builder.constant(1)), builder.constant(0));
  const day = builder.op("le", builder.constant(7), builder.slot("hour"));
  return builder.op("add", running, builder.op("mul", test, day));
}

function both(build: (builder: GraphBuilder) => number, columns: Readonly<Record<string, readonly number[]>>) {
  const builder = new GraphBuilder(week());
  for (const address of Object.keys(columns)) builder.input(address, 1);
  const node = build(builder);
  const outputs = [builder.op("peak", node), builder.op("mean", node)];
  const graph = builder.graph();
  const given = new Map(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)]));
  const n = Math.max(...Object.values(columns).map((values) => values.length));
  const generated = outputs.map(() => new Float64Array(n));
  compile(graph, outputs, Object.keys(columns))([...given.values()], n, generated);
  const { source } = generate(graph, outputs, Object.keys(columns));
  return { generated, interpreted: evaluate(graph, outputs, given, n), source };
}

/** Slots that the loop of a peak looks at where the figures are usual ones; undefined where it looks at all. */
function fewOf(source: string): number | undefined {
  const found = /most = few\d+ \? (\d+) : 336/.exec(source)?.[1];
  return found === undefined ? undefined : Number(found);
}

test("the peak of what rises with the load is looked for in a few hours, with the bits of all", () => {
  const { generated, interpreted, source } = both(machines, { x: [1, 7.3, 1e9, 0.001], y: [1, 0.9, 3e5, 40] });
  expect(generated).toEqual(interpreted);
  expect(fewOf(source)).toBeLessThanOrEqual(4);
});

test("figures that turn a rise into a fall are looked at in all hours", () => {
  const columns = { x: [-5, 4, 0, Number.NaN, 5, 1], y: [1, -2, 0, 1, Infinity, 1] };
  const share = (b: GraphBuilder): number => {
    return b.op("div", b.op("mul", b.input("x", 1), b.slot("weight")), b.input("y", 1));
  };
  for (const build of [machines, share]) {
    const { generated, interpreted, source } = both(build, columns);
    expect(generated).toEqual(interpreted);
    expect(fewOf(source)).toBeLessThanOrEqual(4);
  }
});

test.each([
  { what: "what rises and then falls", build: (b: GraphBuilder) => between(b) },
  { what: "a power", build: (b: GraphBuilder) => b.op("pow", b.slot("weight"), b.input("x", 1)) },
  { what: "an equality", build: (b: GraphBuilder) => b.op("eq", b.slot("hour"), b.input("x", 1)) },
])("$what is looked at in all hours", ({ build }) => {
  const { generated, interpreted, source } = both(build, { x: [0.5, 3, 2] });
  expect(generated).toEqual(interpreted);
  expect(fewOf(source)).toBeUndefined();
});

/** Largest at a load in the middle: `4 x load - x load * load`. */
function between(b: GraphBuilder): number {
  const load = b.op("mul", b.input("x", 1), b.slot("weight"));
  return b.op("sub", b.op("mul", load, b.constant(4)), b.op("mul", load, b.slot("weight")));
}

test("a load of 0 over 0 is no number, whatever other hours give", () => {
  const builder = new GraphBuilder({ share: [0.5, 0.5], weight: [2, 0], hour: [0, 1], weekday: [0, 0] });
  const load = builder.op("mul", builder.input("x", 1), builder.slot("weight"));
  const peak = builder.op("peak", builder.op("div", load, builder.constant(0)));
  const out = [new Float64Array(1)];
  compile(builder.graph(), [peak], ["x"])([Float64Array.of(1)], 1, out);
  expect(out[0]?.[0]).toBeNaN();
});

test("means leave out the hours that exist for peaks only", () => {
  const { source } = both(machines, { x: [1], y: [1] });
  expect(source).toContain("for (let s = 0; s < 168; s += 1) {");
});
