// Shapley shares against their definition: the mean over every order, worked out one order at a time.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MOST_EXACT, shapley, type Worth } from "../../src/analysis/shapley.ts";

const SAMPLING = { orders: 64, seed: 1 };

function orders(n: number): readonly (readonly number[])[] {
  if (n === 0) return [[]];
  return orders(n - 1).flatMap((order) =>
    Array.from({ length: n }, (_, at) => [...order.slice(0, at), n - 1, ...order.slice(at)]),
  );
}

/** The restricted game as it is defined: a set that is not feasible is worth the best it becomes by giving up one. */
function restricted(worth: Worth): (members: readonly number[]) => number {
  const value = (members: readonly number[]): number => {
    if (members.length === 0) return 0;
    const own = worth(members);
    return own ?? Math.max(...members.map((gone) => value(members.filter((one) => one !== gone))));
  };
  return value;
}

function byOrders(n: number, worth: Worth): readonly number[] {
  const value = restricted(worth);
  const all = orders(n);
  const shares = new Array<number>(n).fill(0);
  for (const order of all) {
    let before = 0;
    order.forEach((player, at) => {
      const now = value(order.slice(0, at + 1).sort((a, b) => a - b));
      shares[player] = (shares[player] ?? 0) + (now - before) / all.length;
      before = now;
    });
  }
  return shares;
}

/** A game from a list of values by set, the last set feasible; `undefined` where a set is not. */
const games = fc
  .integer({ min: 1, max: 5 })
  .chain((n) =>
    fc.record({
      n: fc.constant(n),
      values: fc.array(fc.option(fc.integer({ min: -1000, max: 1000 }), { nil: undefined, freq: 4 }), {
        minLength: 2 ** n,
        maxLength: 2 ** n,
      }),
      last: fc.integer({ min: -1000, max: 1000 }),
    }),
  )
  .map(({ n, values, last }) => {
    const worth: Worth = (members) =>
      members.length === n ? last : values[members.reduce((set, member) => set + 2 ** member, 0)];
    return { n, last, worth };
  });

test("are the mean over all orders, also where sets are not feasible", () => {
  fc.assert(
    fc.property(games, ({ n, worth }) => {
      const { shares } = shapley(n, worth, SAMPLING);
      for (const [player, share] of byOrders(n, worth).entries()) expect(shares[player]).toBeCloseTo(share, 8);
    }),
  );
});

test("add up to the value of all, whatever is feasible", () => {
  fc.assert(
    fc.property(games, ({ n, worth, last }) => {
      const { shares } = shapley(n, worth, SAMPLING);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(last, 8);
    }),
  );
});

test("are alike for players that are alike, and 0 for one that never adds anything", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 4, maxLength: 4 }), (by) => {
      // players 0 and 1 count alike, 2 differs, 3 adds nothing
      const worth: Worth = (members) => {
        const alike = members.filter((member) => member < 2).length;
        return (by[alike] ?? 0) + (members.includes(2) ? (by[3] ?? 0) * (alike + 1) : 0) - (by[0] ?? 0);
      };
      const [a, b, , nothing] = shapley(4, worth, SAMPLING).shares;
      expect(a).toBeCloseTo(b ?? Number.NaN, 9);
      expect(nothing).toBeCloseTo(0, 9);
    }),
  );
});

describe("beyond twelve players", () => {
  const N = MOST_EXACT + 2;
  // each adds its number, and each pair of neighbours 10 more: a share is its number and 5 for each neighbour
  const worth: Worth = (members) =>
    members.reduce((sum, member) => sum + member, 0) +
    10 * members.filter((member) => members.includes(member + 1)).length;
  const exact = Array.from({ length: N }, (_, at) => at + (at === 0 || at === N - 1 ? 5 : 10));

  test("orders are sampled, and tell how far off they may be", () => {
    const found = shapley(N, worth, { orders: 400, seed: 7 });
    expect(found.orders).toBe(400);
    exact.forEach((share, player) => {
      const error = found.standardErrors?.[player] ?? Number.NaN;
      // an order and its reverse give a pair of neighbours 10 between them: here nothing is left to chance
      expect(Math.abs((found.shares[player] ?? Number.NaN) - share)).toBeLessThanOrEqual(Math.max(1e-9, 5 * error));
    });
    expect(found.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(worth(exact.map((_, at) => at)) ?? 0, 8);
  });

  test("come near to the exact shares where three have to come together", () => {
    const three: Worth = (members) => ([0, 1, 2].every((one) => members.includes(one)) ? 90 : 0) + members.length;
    const { shares, standardErrors } = shapley(N, three, { orders: 2000, seed: 3 });
    for (const player of [0, 1, 2]) {
      const error = standardErrors?.[player] ?? Number.NaN;
      expect(error).toBeGreaterThan(0);
      expect(Math.abs((shares[player] ?? Number.NaN) - 31)).toBeLessThan(4 * error);
    }
    expect(shares[5]).toBeCloseTo(1, 9);
  });

  test("the same seed gives the same shares, another one others", () => {
    const three: Worth = (members) => ([0, 1, 2].every((one) => members.includes(one)) ? 90 : 0);
    const share = (seed: number): readonly number[] => shapley(N, three, { orders: 20, seed }).shares;
    expect(share(5)).toEqual(share(5));
    expect(share(5)).not.toEqual(share(6));
  });
});

test("each set is asked for once", () => {
  const asked: string[] = [];
  shapley(
    5,
    (members) => {
      asked.push(members.join(" "));
      return members.length === 3 ? undefined : members.length;
    },
    SAMPLING,
  );
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked.length).toBe(2 ** 5 - 1);
});
