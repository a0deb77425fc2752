// The same bits everywhere, and within a unit in the last place of what the engine gives.
import fc from "fast-check";
import { expect, test } from "vitest";
import { exp, log, log10, pow } from "../../src/formula/exact.ts";

const close = (found: number, wanted: number, what: string): void => {
  if (Object.is(found, wanted) || (found === 0 && wanted === 0)) return;
  if (!(Math.abs(found - wanted) <= 2.5e-16 * Math.abs(wanted) + 5e-324))
    expect.fail(`${what}: ${found}, not ${wanted}`);
};

test("exp, log and pow are within a unit in the last place of the engine's", () => {
  fc.assert(
    fc.property(fc.double({ min: -740, max: 709, noNaN: true }), (x) => close(exp(x), Math.exp(x), `exp ${x}`)),
    { numRuns: 20_000, seed: 1 },
  );
  fc.assert(
    fc.property(fc.double({ min: 5e-324, max: 1.7e308, noNaN: true }), (x) => close(log(x), Math.log(x), `log ${x}`)),
    { numRuns: 20_000, seed: 2 },
  );
  const moderate = fc.double({ min: -40, max: 40, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), moderate, (a, b) =>
      close(pow(a, b), a ** b, `${a} ^ ${b}`),
    ),
    { numRuns: 20_000, seed: 3 },
  );
});

test.each([
  { found: exp(2), bits: 7.38905609893065 },
  { found: exp(0), bits: 1 },
  { found: exp(-Infinity), bits: 0 },
  { found: exp(710), bits: Infinity },
  { found: log(1), bits: 0 },
  { found: log(3), bits: 1.0986122886681096 },
  { found: log(0), bits: -Infinity },
  { found: log(-1), bits: Number.NaN },
  { found: log10(1e6), bits: 6 },
  { found: log10(1e-3), bits: -3 },
  { found: pow(10, 15), bits: 1e15 },
  { found: pow(2, 0.5), bits: Math.SQRT2 },
  { found: pow(-2, 3), bits: -8 },
  { found: pow(-2, 0.5), bits: Number.NaN },
  { found: pow(0, -1), bits: Infinity },
  { found: pow(1.08, 12), bits: 2.5181701168189803 },
])("$found is $bits", ({ found, bits }) => expect(found).toBe(bits));
