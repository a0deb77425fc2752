// Tiers and totals against exact rationals, and the laws a bill must keep, on random pools.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Rate } from "../../src/catalog/rate.ts";
import { GraphBuilder } from "../../src/formula/builder.ts";
import { flatCurve } from "../../src/formula/curve.ts";
import { evaluate } from "../../src/formula/evaluate.ts";
import type { MeterUse } from "../../src/link/component-task.ts";
import { customService } from "../../src/link/custom-line.ts";
import { afterAllowance, type Member, poolLines } from "../../src/link/lines.ts";

type Tier = { readonly from: number; readonly to: number; readonly price: string };

const curve = (() => {
  const flat = flatCurve();
  if ("problem" in flat) throw new Error("flat");
  return flat;
})();

function use(component: string): MeterUse {
  const service = customService("test", "work", "unit");
  const meter = { title: "test", unit: "unit", role: "work" as const };
  const place = { file: "", text: "", span: { start: 0, end: 0 } };
  const unit = { text: "unit", factor: 1, dimension: [0, 0, 0, 0, 0, 0] };
  return {
    architecture: "a",
    component,
    account: null,
    region: "r",
    service,
    name: "m",
    meter,
    rateService: "s",
    rateKey: "k",
    planKey: undefined,
    unit,
    quantity: 0,
    firstTries: 0,
    hourly: undefined,
    formula: "",
    place,
    line: "",
  };
}

function rateOf(tiers: readonly Tier[]): Rate {
  const day = "2026-01-01";
  return {
    service: "s",
    key: "k",
    region: "r",
    regionOfPrice: "r",
    unit: "unit",
    tiers: tiers.map((tier) => ({ ...tier, sku: null })),
    from: day,
    observed: day,
    gapDays: 0,
    status: "listed",
    source: "x",
    retrieved: null,
    note: null,
  };
}

/** Costs of each member and line, through the graph. */
function costs(tiers: readonly Tier[], quantities: readonly number[], used = 0): number[] {
  const builder = new GraphBuilder(curve);
  const rate = rateOf(tiers);
  const members = quantities.map((quantity, i): Member => {
    const node = builder.input(`q${i}`, quantity);
    return { use: use(`c${i}`), rate, kind: "usage", consumed: node, paid: node, net: node };
  });
  const lines = poolLines(builder, members, builder.constant(used), () => 0);
  const values = evaluate(
    builder.graph(),
    lines.map((line) => line.effective),
    new Map(),
    1,
  );
  return members.map((member) =>
    lines.reduce((sum, line, i) => (line.use === member.use ? sum + Number(values[i]?.[0]) : sum), 0),
  );
}

type Rational = { readonly n: bigint; readonly d: bigint };

/** A double, or a decimal string, as the exact rational it is. */
function rational(value: number | string): Rational {
  if (typeof value === "string") {
    const [whole = "0", rest = ""] = value.split(".");
    return { n: BigInt(whole + rest), d: 10n ** BigInt(rest.length) };
  }
  let d = 1n;
  let x = value;
  while (!Number.isInteger(x)) {
    x *= 2;
    d *= 2n;
  }
  return { n: BigInt(x), d };
}

const times = (a: Rational, b: Rational): Rational => ({ n: a.n * b.n, d: a.d * b.d });
const plus = (a: Rational, b: Rational): Rational => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
const minus = (a: Rational, b: Rational): Rational => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d });
const less = (a: Rational, b: Rational): boolean => a.n * b.d < b.n * a.d;

function toNumber({ n, d }: Rational): number {
  const scale = 10n ** 40n;
  return Number((n * scale) / d) / 1e40;
}

/** Graduated tiers by exact arithmetic: the oracle. */
function exactCost(tiers: readonly Tier[], quantities: readonly number[]): number {
  const total = quantities.map(rational).reduce(plus, { n: 0n, d: 1n });
  let cost: Rational = { n: 0n, d: 1n };
  for (const { from, to, price } of tiers) {
    const lower = rational(from);
    const upper = to === Number.POSITIVE_INFINITY || less(total, rational(to)) ? total : rational(to);
    if (less(lower, upper)) cost = plus(cost, times(minus(upper, lower), rational(price)));
  }
  return toNumber(cost);
}

const tiersArb = fc
  .record({
    edges: fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000_000 }), { minLength: 0, maxLength: 4 }),
    prices: fc.array(fc.integer({ min: 1, max: 99_999_999 }), { minLength: 5, maxLength: 5 }),
  })
  .map(({ edges, prices }): Tier[] => {
    const sorted = [0, ...edges.sort((a, b) => a - b)];
    return sorted.map((from, i) => ({
      from,
      to: sorted[i + 1] ?? Number.POSITIVE_INFINITY,
      price: `0.${String(prices[i]).padStart(8, "0")}`,
    }));
  });
const quantitiesArb = fc.array(fc.double({ min: 1e-3, max: 1e10, noNaN: true }), { minLength: 1, maxLength: 5 });
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

test("a pool costs what exact rationals say, to 1e-12", () => {
  fc.assert(
    fc.property(tiersArb, quantitiesArb, (tiers, quantities) => {
      const oracle = exactCost(tiers, quantities);
      expect(Math.abs(sum(costs(tiers, quantities)) / oracle - 1)).toBeLessThan(1e-12);
    }),
    { numRuns: 300 },
  );
});

test("at a tier's edge the cost is continuous, and the unit beyond it costs the next price", () => {
  const tiers = [
    { from: 0, to: 100, price: "0.5" },
    { from: 100, to: Number.POSITIVE_INFINITY, price: "0.25" },
  ];
  expect(costs(tiers, [100])).toEqual([50]);
  expect(costs(tiers, [101])).toEqual([50.25]);
  expect(sum(costs(tiers, [60, 41]))).toBeCloseTo(50.25, 12);
});

test("more usage never costs less, and what the organisation already uses never makes it dearer under falling prices", () => {
  fc.assert(
    fc.property(tiersArb, quantitiesArb, fc.double({ min: 0, max: 1e9, noNaN: true }), (tiers, quantities, more) => {
      const raised = quantities.map((quantity, i) => (i === 0 ? quantity + more : quantity));
      expect(sum(costs(tiers, raised))).toBeGreaterThanOrEqual(sum(costs(tiers, quantities)) * (1 - 1e-12));
    }),
    { numRuns: 200 },
  );
});

test("starting a pool at existing usage costs the difference of two pools", () => {
  fc.assert(
    fc.property(
      tiersArb,
      fc.double({ min: 1, max: 1e9, noNaN: true }),
      fc.double({ min: 1, max: 1e9, noNaN: true }),
      (tiers, used, own) => {
        const alone = sum(costs(tiers, [own], used));
        const difference = exactCost(tiers, [used + own]) - exactCost(tiers, [used]);
        expect(Math.abs(alone - difference)).toBeLessThanOrEqual(1e-9 * Math.abs(exactCost(tiers, [used + own])));
      },
    ),
    { numRuns: 200 },
  );
});

test("shares are in proportion to quantities", () => {
  fc.assert(
    fc.property(
      tiersArb,
      fc.double({ min: 1, max: 1e6, noNaN: true }),
      fc.integer({ min: 1, max: 9 }),
      (tiers, quantity, k) => {
        const [a = Number.NaN, b = Number.NaN] = costs(tiers, [quantity, quantity * k]);
        expect(Math.abs(b / a / k - 1)).toBeLessThan(1e-9);
      },
    ),
    { numRuns: 200 },
  );
});

test("an allowance leaves what exceeds it, shared by quantity", () => {
  const builder = new GraphBuilder(curve);
  const [a, b] = afterAllowance(builder, [builder.input("a", 30), builder.input("b", 10)], builder.constant(20));
  const values = evaluate(builder.graph(), [Number(a), Number(b)], new Map(), 1);
  expect([values[0]?.[0], values[1]?.[0]]).toEqual([15, 5]);
  const [only] = afterAllowance(builder, [builder.input("a", 30)], builder.constant(40));
  expect(evaluate(builder.graph(), [Number(only)], new Map(), 1)[0]?.[0]).toBe(0);
});

/** Data transfer to the internet from us-east-1. */
const EGRESS: readonly Tier[] = [
  { from: 0, to: 10_240, price: "0.09" },
  { from: 10_240, to: 51_200, price: "0.085" },
  { from: 51_200, to: 153_600, price: "0.07" },
  { from: 153_600, to: Number.POSITIVE_INFINITY, price: "0.05" },
];

/** USD of a single meter, of which so much is free. */
function costWithFree(tiers: readonly Tier[], quantity: number, free: number): number {
  const builder = new GraphBuilder(curve);
  const paid = builder.input("q", quantity);
  const [net = paid] = afterAllowance(builder, [paid], builder.constant(free));
  const member: Member = { use: use("c"), rate: rateOf(tiers), kind: "usage", consumed: paid, paid, net };
  const lines = poolLines(builder, [member], builder.constant(0), () => 0).map((line) => line.effective);
  return evaluate(builder.graph(), lines, new Map(), 1).reduce((sum, line) => sum + Number(line[0]), 0);
}

test("what is free is the beginning of the quantity: the rest stays in its tiers", () => {
  const amount = fc.integer({ min: 0, max: 300_000 });
  fc.assert(
    fc.property(amount, amount, (quantity, free) => {
      const beginning = costWithFree(EGRESS, Math.min(quantity, free), 0);
      expect(costWithFree(EGRESS, quantity, free)).toBeCloseTo(costWithFree(EGRESS, quantity, 0) - beginning, 6);
    }),
  );
  // AWS's own example: 62 TB in a month, the first gigabyte free of charge
  expect(costWithFree(EGRESS, 63_488, 1)).toBeCloseTo(5263.27, 9);
});
