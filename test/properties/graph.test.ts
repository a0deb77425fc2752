import fc from "fast-check";
import { expect, test } from "vitest";
import { ARITY, type Operation } from "../../src/formula/arithmetic.ts";
import { GraphBuilder } from "../../src/formula/builder.ts";
import { derive } from "../../src/formula/derive.ts";
import { evaluate } from "../../src/formula/evaluate.ts";
import { evaluateOne } from "../../src/formula/evaluate-one.ts";
import { exp, log, pow } from "../../src/formula/exact.ts";
import { compile } from "../../src/formula/generate.ts";
import type { Curve, SlotField } from "../../src/formula/graph.ts";
import { specialise } from "../../src/formula/specialise.ts";

const INPUTS = ["x", "y", "z"] as const;
const FIELDS: readonly SlotField[] = ["weight", "hour", "weekday"];

/** A step of a random formula: a source, or an operation on earlier steps (chosen by remainder). */
type Step =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "input"; readonly at: number }
  | { readonly kind: "slot"; readonly at: number }
  | { readonly kind: "operation"; readonly op: Operation; readonly picks: readonly number[] };

const number = fc.oneof(
  // halves of what is nearly 0 would lose bits
  fc.double({ min: -8, max: 8, noNaN: true }).map((value) => (Math.abs(value) < 1e-3 ? 0 : value)),
  fc.constantFrom(0, -0, 1, -1, 0.5, 2.5, -2.5, 3, 1e-3, 100),
);
const pick = fc.nat({ max: 1000 });
const operations = Object.keys(ARITY).filter((op): op is Operation => op in ARITY);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("constant" as const), value: number }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("input" as const), at: fc.nat({ max: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("slot" as const), at: fc.nat({ max: 2 }) }) },
  {
    weight: 14,
    arbitrary: fc.record({
      kind: fc.constant("operation" as const),
      op: fc.constantFrom(...operations),
      picks: fc.tuple(pick, pick, pick),
    }),
  },
);
const first: Step = { kind: "input", at: 0 };
const steps = fc.array(step, { minLength: 4, maxLength: 28 }).map((drawn): readonly Step[] => [first, ...drawn]);

function curveWith(shares: fc.Arbitrary<readonly number[]>): fc.Arbitrary<Curve> {
  const weights = fc.array(fc.double({ min: 0, max: 4, noNaN: true }), { minLength: 5, maxLength: 5 });
  return fc.tuple(shares, weights).map(([share, weight]) => ({
    share,
    weight: weight.slice(0, share.length),
    hour: share.map((_, slot) => slot * 5),
    weekday: share.map((_, slot) => slot),
  }));
}

const curve = curveWith(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 4 }).map((parts) => [1, ...parts]));

/** Where all partial sums are powers of two, the mean of equal slots is their value to the bit, whether or not a builder sees that they are equal. */
const halvedCurve = curveWith(fc.constantFrom([1, 1], [0, 1], [1, 1, 2], [1, 1, 2, 4, 0], [1, 0, 1, 2]));

const rows = fc.array(fc.record({ x: number, y: number, z: number }), { minLength: 1, maxLength: 4 });
type Row = { readonly x: number; readonly y: number; readonly z: number };

function argsOf(at: number, { op, picks }: Extract<Step, { kind: "operation" }>): readonly number[] {
  return picks.slice(0, ARITY[op]).map((drawn) => drawn % at);
}

/** The steps built, and for each a node that is no instant: itself, or its mean and its peak. */
function build(all: readonly Step[], shape: Curve) {
  const builder = new GraphBuilder(shape);
  const made: number[] = [];
  for (const address of INPUTS) builder.input(address, 1);
  all.forEach((drawn, at) => {
    if (drawn.kind === "constant") made.push(builder.constant(drawn.value));
    else if (drawn.kind === "input") made.push(builder.input(INPUTS[drawn.at] ?? "x", 1));
    else if (drawn.kind === "slot") made.push(builder.slot(FIELDS[drawn.at] ?? "weight"));
    else made.push(builder.op(drawn.op, ...argsOf(at, drawn).map((arg) => made[arg] ?? -1)));
  });
  const outputs = made.flatMap((node) => [builder.op("mean", node), builder.op("peak", node)]);
  return { graph: builder.graph(), made, outputs };
}

/** Below this, a number loses bits when it is halved three times: a mean of equal slots is no longer their value to the bit. */
const LEAST = 2 ** -1019;

/** Values of the steps straight from the tree. */
class Tree {
  readonly #steps: readonly Step[];
  readonly #curve: Curve;
  readonly #row: Row;
  readonly #found = new Map<string, number>();
  /** no value rested on is infinite, no number, or so near 0 that its parts are rounded */
  exact = true;

  constructor(all: readonly Step[], shape: Curve, row: Row) {
    this.#steps = all;
    this.#curve = shape;
    this.#row = row;
  }

  value(at: number, slot: number): number {
    const key = `${at} ${slot}`;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const value = this.#compute(at, slot);
    if (!Number.isFinite(value) || (value !== 0 && Math.abs(value) < LEAST)) this.exact = false;
    this.#found.set(key, value);
    return value;
  }

  overSlots(at: number): { mean: number; peak: number } {
    const values = this.#curve.share.map((_, slot) => this.value(at, slot));
    const { share } = this.#curve;
    const whole = share.reduce((sum, part) => sum + part, 0);
    const mean = values.reduce((sum, value, slot) => sum + (share[slot] ?? Number.NaN) * value, 0) / whole;
    return { mean, peak: values.toSorted((a, b) => b - a)[0] ?? Number.NaN };
  }

  #compute(at: number, slot: number): number {
    const drawn = this.#steps[at];
    if (drawn === undefined) throw new Error("no such step");
    if (drawn.kind === "constant") return drawn.value;
    if (drawn.kind === "input") return this.#row[INPUTS[drawn.at] ?? "x"];
    if (drawn.kind === "slot") return this.#curve[FIELDS[drawn.at] ?? "weight"][slot] ?? Number.NaN;
    const args = argsOf(at, drawn);
    if (drawn.op === "mean" || drawn.op === "peak") {
      const [arg = -1] = args;
      return this.#moves(arg) ? this.overSlots(arg)[drawn.op] : this.value(arg, 0);
    }
    const [a = Number.NaN, b = Number.NaN, c = Number.NaN] = args.map((arg) => this.value(arg, slot));
    return operate(drawn.op, [a, b, c]);
  }

  /** Whether a step differs from slot to slot as far as its form tells: the mean of a fixed number is that number to the bit. */
  #moves(at: number): boolean {
    const drawn = this.#steps[at];
    if (drawn?.kind === "slot") return true;
    if (drawn?.kind !== "operation" || drawn.op === "mean" || drawn.op === "peak") return false;
    return argsOf(at, drawn).some((arg) => this.#moves(arg));
  }
}

function operate(op: Exclude<Operation, "mean" | "peak">, [a, b, c]: readonly [number, number, number]): number {
  const whole = Math.trunc(a);
  const quotient = a / b;
  const slack = 1e-9 * Math.max(1, Math.abs(quotient));
  const results: Record<typeof op, () => number> = {
    add: () => a + b,
    // what is left of two numbers that are nearly equal is rounding
    sub: () => (Math.abs(a - b) < 2 ** -46 * Math.abs(a) ? 0 : a - b),
    mul: () => a * b,
    div: () => a / b,
    min: () => (a < b ? a : b),
    max: () => (a > b ? a : b),
    floor: () => (a < whole ? whole - 1 : whole),
    ceil: () => (a > whole ? whole + 1 : whole),
    round: () => (Math.abs(a - whole) >= 0.5 ? whole + Math.sign(a) : whole),
    // beyond, the tolerance is not small against a step
    roundup: () => (Math.abs(quotient) > 1e8 ? Number.NaN : Math.ceil(quotient - slack) * b),
    abs: () => (a < 0 ? -a : a),
    sqrt: () => Math.sqrt(a),
    pow: () => pow(a, b),
    log: () => log(a),
    exp: () => exp(a),
    neg: () => -a,
    lt: () => Number(a < b),
    le: () => Number(a <= b),
    eq: () => Number(a === b),
    ne: () => Number(a !== b),
    and: () => Number(a !== 0 && b !== 0),
    or: () => Number(a !== 0 || b !== 0),
    not: () => Number(a === 0),
    if: () => (a !== 0 ? b : c),
  };
  return results[op]();
}

function columnsOf(all: readonly Row[]): ReadonlyMap<string, Float64Array> {
  return new Map(INPUTS.map((address) => [address, Float64Array.from(all, (row) => row[address])]));
}

/** Leaves out the sign of a zero and nothing else: `x + 0 = x` does not keep it. */
const plain = (value: number | undefined): number | undefined => (value === 0 ? 0 : value);

test("the graph gives what the tree gives", () => {
  let compared = 0;
  fc.assert(
    fc.property(steps, halvedCurve, rows, (all, shape, table) => {
      const { graph, outputs } = build(all, shape);
      const found = evaluate(graph, outputs, columnsOf(table), table.length);
      table.forEach((row, index) => {
        all.forEach((_, at) => {
          const tree = new Tree(all, shape, row);
          const { mean, peak } = tree.overSlots(at);
          if (!tree.exact) return;
          compared += 1;
          expect(plain(found[2 * at]?.[index])).toBe(plain(mean));
          expect(plain(found[2 * at + 1]?.[index])).toBe(plain(peak));
        });
      });
    }),
    { numRuns: 150 },
  );
  // most random steps are exact: the comparison above is not an empty one
  expect(compared).toBeGreaterThan(1000);
});

test("interpreter, generated JavaScript and one case at a time are equal to the bit", () => {
  fc.assert(
    fc.property(steps, curve, rows, (all, shape, table) => {
      const { graph, outputs } = build(all, shape);
      const columns = columnsOf(table);
      const interpreted = evaluate(graph, outputs, columns, table.length);
      const generated = outputs.map(() => new Float64Array(table.length));
      compile(graph, outputs, INPUTS)([...columns.values()], table.length, generated);
      const single = table.map((row) => evaluateOne(graph, outputs, new Map(Object.entries(row))));
      outputs.forEach((output, index) => {
        expect(generated[index]).toEqual(interpreted[index]);
        expect(Float64Array.from(single, ({ value }) => value(output))).toEqual(interpreted[index]);
      });
    }),
    { numRuns: 150 },
  );
});

test("with some inputs fixed, the same: nothing is lost by what is computed once", () => {
  fc.assert(
    fc.property(steps, curve, rows, (all, shape, table) => {
      const { graph, outputs } = build(all, shape);
      const ys = Float64Array.from(table, ({ y }) => y);
      const interpreted = evaluate(graph, outputs, new Map([["y", ys]]), table.length);
      const generated = outputs.map(() => new Float64Array(table.length));
      compile(graph, outputs, ["y"])([ys], table.length, generated);
      outputs.forEach((output, index) => {
        expect(generated[index]).toEqual(interpreted[index]);
        const one = (y: number) => evaluateOne(graph, [output], new Map([["y", y]])).value(output);
        expect(Float64Array.from(ys, one)).toEqual(interpreted[index]);
      });
    }),
    { numRuns: 100 },
  );
});

test("specialising keeps every value whose nodes are finite", () => {
  let compared = 0;
  fc.assert(
    fc.property(steps, halvedCurve, rows, (all, shape, table) => {
      const { graph, outputs } = build(all, shape);
      for (const { x, y, z } of table) {
        const values = new Map([
          ["y", y],
          ["z", z],
        ]);
        const small = specialise(graph, { outputs, free: ["x"], values });
        const before = evaluateOne(graph, outputs, new Map([...values, ["x", x]]));
        const after = evaluateOne(small.graph, small.outputs, new Map([["x", x]]));
        outputs.forEach((output, index) => {
          const tree = new Tree(all, shape, { x, y, z });
          tree.overSlots(Math.floor(index / 2));
          if (!tree.exact) return;
          compared += 1;
          expect(plain(after.value(small.outputs[index] ?? -1))).toBe(plain(before.value(output)));
        });
      }
    }),
    { numRuns: 100 },
  );
  expect(compared).toBeGreaterThan(1000);
});

/** Smooth steps whose values and slopes stay moderate, so that a difference quotient is a fair judge. */
const smooth = fc.array(fc.record({ form: fc.nat({ max: 7 }), a: pick, b: pick }), { minLength: 1, maxLength: 8 });

function buildSmooth(forms: readonly { form: number; a: number; b: number }[], shape: Curve) {
  const builder = new GraphBuilder(shape);
  const one = builder.constant(1);
  const made = [builder.input("x", 1), builder.op("mul", builder.input("x", 1), builder.slot("weight"))];
  for (const { form, a, b } of forms) {
    const [u, v] = [made[a % made.length] ?? -1, made[b % made.length] ?? -1];
    const bounded = builder.op("div", u, builder.op("add", one, builder.op("mul", u, u)));
    const positive = builder.op("add", one, builder.op("mul", bounded, bounded));
    const next = [
      () => builder.op("add", u, v),
      () => builder.op("sub", u, v),
      () => builder.op("mul", bounded, v),
      () => builder.op("exp", bounded),
      () => builder.op("log", positive),
      () => builder.op("sqrt", positive),
      () => builder.op("pow", positive, bounded),
      () => builder.op("mean", u),
    ][form];
    if (next !== undefined) made.push(next());
  }
  const last = made.at(-1) ?? -1;
  return { builder, last };
}

test("the derivative agrees with a difference quotient", () => {
  fc.assert(
    fc.property(smooth, curve, fc.double({ min: -2, max: 2, noNaN: true }), (forms, shape, x) => {
      const { builder, last } = buildSmooth(forms, shape);
      const output = builder.op("mean", last);
      const graph = builder.graph();
      const derived = derive(graph, output, "x");
      const slope = evaluateOne(derived.graph, [derived.node], new Map([["x", x]])).value(derived.node);
      const at = (place: number) => evaluateOne(graph, [output], new Map([["x", place]])).value(output);
      const h = 1e-4;
      const quotient = (at(x - 2 * h) - 8 * at(x - h) + 8 * at(x + h) - at(x + 2 * h)) / (12 * h);
      expect(Math.abs(slope - quotient)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(quotient), Math.abs(at(x))));
    }),
    { numRuns: 150 },
  );
});
