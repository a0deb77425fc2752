// The search against every combination, one after the other.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Candidate, cheapestCombination, combinations } from "../../src/analysis/lever-search.ts";

type Plan = { readonly saves: readonly number[]; readonly pairs: readonly (readonly [number, number, number])[] };

const plan = (n: number) =>
  fc.record({
    saves: fc.array(fc.integer({ min: -20, max: 100 }), { minLength: n, maxLength: n }),
    // two levers that eat into each other, or that cannot be had together (infinitely so)
    pairs: fc.array(
      fc.tuple(fc.nat({ max: n - 1 }), fc.nat({ max: n - 1 }), fc.constantFrom(5, 30, Number.POSITIVE_INFINITY)),
      { maxLength: n },
    ),
  });

function leversOf({ saves, pairs }: Plan) {
  return saves.map((_, at) => ({
    name: `l${at}`,
    excludes: new Set(
      pairs.flatMap(([a, b, less]) => {
        if (a === b || less !== Number.POSITIVE_INFINITY) return [];
        return a === at ? [`l${b}`] : b === at ? [`l${a}`] : [];
      }),
    ),
  }));
}

function lookOf({ saves, pairs }: Plan) {
  return (names: readonly string[]): Candidate => {
    const has = (at: number): boolean => names.includes(`l${at}`);
    const saved = saves.reduce((sum, save, at) => sum + (has(at) ? save : 0), 0);
    const lost = pairs.reduce((sum, [a, b, less]) => {
      return sum + (a !== b && Number.isFinite(less) && has(a) && has(b) ? less : 0);
    }, 0);
    return { cost: 1000 - saved + lost, feasible: true };
  };
}

test("few levers: the cheapest of all combinations", () => {
  fc.assert(
    fc.property(plan(6), (made) => {
      const [levers, look] = [leversOf(made), lookOf(made)];
      const { names, exhaustive } = cheapestCombination({ levers, look });
      const all = combinations({ levers }, 64) ?? [];
      expect(exhaustive).toBe(true);
      expect(look(names).cost).toBe(Math.min(...all.map((each) => look(each).cost)));
      expect(all.filter((each) => look(each).cost === look(names).cost && each.length < names.length)).toEqual([]);
    }),
  );
});

test("many levers: no lever more, less or exchanged makes it cheaper, and mostly nothing at all does", () => {
  let best = 0;
  const runs = 40;
  fc.assert(
    fc.property(plan(12), (made) => {
      const [levers, look] = [leversOf(made), lookOf(made)];
      const { names, exhaustive } = cheapestCombination({ levers, look });
      const all = combinations({ levers }, 4096) ?? [];
      const least = Math.min(...all.map((each) => look(each).cost));
      expect(exhaustive).toBe(all.length <= 1024);
      for (const { name, excludes } of levers) {
        const kept = names.filter((other) => other !== name && !excludes.has(other));
        expect(look([...kept, name]).cost).toBeGreaterThanOrEqual(look(names).cost);
        expect(look(names.filter((other) => other !== name)).cost).toBeGreaterThanOrEqual(look(names).cost);
      }
      if (look(names).cost === least) best += 1;
    }),
    { numRuns: runs, seed: 11 },
  );
  expect(best).toBeGreaterThanOrEqual(0.9 * runs);
});

test("of two that cost the same, the one with fewer levers", () => {
  const saves: Readonly<Record<string, number>> = { a: 5, b: 5, c: 10 };
  const levers = Object.keys(saves).map((name) => ({
    name,
    excludes: new Set(name === "c" ? ["a", "b"] : ["c"]),
  }));
  const look = (names: readonly string[]): Candidate => ({
    cost: names.reduce((cost, name) => cost - (saves[name] ?? Number.NaN), 100),
    feasible: true,
  });
  expect(cheapestCombination({ levers, look }).names).toEqual(["c"]);
});

describe("what is not feasible", () => {
  const levers = ["a", "b"].map((name) => ({ name, excludes: new Set<string>() }));
  test("is passed over for a dearer combination that is", () => {
    const look = (names: readonly string[]): Candidate => ({
      cost: 10 - names.length,
      feasible: names.length < 2,
    });
    expect(cheapestCombination({ levers, look }).names).toEqual(["a"]);
  });
  test("cannot be computed: it is never chosen", () => {
    const look = (names: readonly string[]): Candidate | undefined =>
      names.includes("a") ? undefined : { cost: 10 - names.length, feasible: true };
    expect(cheapestCombination({ levers, look }).names).toEqual(["b"]);
  });
  test("all are so: the cheapest of them", () => {
    const look = (names: readonly string[]): Candidate => ({ cost: 10 - names.length, feasible: false });
    expect(cheapestCombination({ levers, look }).names).toEqual(["a", "b"]);
  });
});

test("levers that exclude each other are in no combination together", () => {
  const levers = [
    { name: "a", excludes: new Set(["b"]) },
    { name: "b", excludes: new Set(["a"]) },
    { name: "c", excludes: new Set<string>() },
  ];
  expect(combinations({ levers }, 10)).toEqual([[], ["a"], ["b"], ["c"], ["a", "c"], ["b", "c"]]);
  expect(combinations({ levers }, 5)).toBeUndefined();
});
