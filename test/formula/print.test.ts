import { expect, test } from "vitest";
import { parseFormula } from "../../src/formula/parse.ts";
import { printFormula } from "../../src/formula/print.ts";

test.each([
  ["((a + b)) * (c)", "(a + b) * c"],
  ["(a * b) + (c / d)", "a * b + c / d"],
  ["a - (b - c)", "a - (b - c)"],
  ["(a - b) - c", "a - b - c"],
  ["-(a + b)", "-(a + b)"],
  ["(-a) * b", "-a * b"],
  ["not (a and b)", "not (a and b)"],
  ["(not a) and b", "not a and b"],
  ["(a < b) == (c < d)", "(a < b) == (c < d)"],
  ["(a + b) in [(c), 'd\"']", "a + b in [c, 'd\"']"],
  ["0.20 USD/1e6", "0.2 USD / 1000000"],
  ["0.0000001 * 70 %", "1e-7 * 70%"],
  ["if( a , b , c[ d ].e )", "if(a, b, c[d].e)"],
])("%s prints as %s", (text, printed) => {
  const parsed = parseFormula(text);
  expect("expr" in parsed && printFormula(parsed.expr)).toBe(printed);
});
