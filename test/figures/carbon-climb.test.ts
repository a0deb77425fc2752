// The extremes of a ratio are looked for from the corner that single coefficients point to.
import { expect, test } from "vitest";
import { ratioBand } from "../../src/figures/carbon-ratio.ts";
import { PLAIN } from "../../src/formula/unit.ts";
import type { Coefficient } from "../../src/model/carbon-nodes.ts";

const coefficient = (name: string): Coefficient => ({
  name,
  address: name,
  shared: true,
  low: 1,
  central: 2,
  high: 3,
  title: name,
  per: 1,
  most: undefined,
  unit: { text: "", factor: 1, dimension: PLAIN },
  basis: "assumption",
  source: "",
  retrieved: "2026-11-28",
  note: undefined,
});

/** Two hollows with a ridge between them: the deeper one lies where each coefficient alone points. */
const HOLLOWS: Readonly<Record<string, number>> = {
  "1 1": 0.5,
  "3 3": 1,
  "1 3": 5,
  "3 1": 5,
  "2 2": 3,
  "1 2": 2.9,
  "2 1": 2.9,
  "3 2": 3.1,
  "2 3": 3.1,
};

function band(height: (x: number, y: number) => number) {
  const program = (cases: readonly ReadonlyMap<string, number>[], from: ReadonlyMap<string, number> = new Map()) =>
    cases.map((one) => {
      const at = (name: string): number => one.get(name) ?? from.get(name) ?? 2;
      return [height(at("x"), at("y")), 1];
    });
  const values = { program: () => program, reach: () => [coefficient("x"), coefficient("y")] };
  return ratioBand(values, { subject: 0, base: 1 });
}

test("the least ratio is climbed down to from the corner of least effects, the greatest from that of most", () => {
  expect(band((x, y) => HOLLOWS[`${x} ${y}`] ?? Number.NaN)?.least).toBe(0.5);
  expect(band((x, y) => 10 - (HOLLOWS[`${x} ${y}`] ?? Number.NaN))?.most).toBe(9.5);
});
