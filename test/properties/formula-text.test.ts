import fc from "fast-check";
import { expect, test } from "vitest";
import { parseFormula } from "../../src/formula/parse.ts";
import { printFormula } from "../../src/formula/print.ts";
import { FUNCTIONS } from "../../src/formula/syntax.ts";
import { UNIT_NAMES } from "../../src/formula/unit.ts";
import { anyExpr, withoutSpans } from "../formula/arbitrary.ts";

test("printing and reading again gives the same tree", () =>
  fc.assert(
    fc.property(anyExpr, (expr) => {
      const text = printFormula(expr);
      const parsed = parseFormula(text);
      if ("problems" in parsed) throw new Error(`${text}: ${parsed.problems.map((p) => p.message).join("; ")}`);
      expect(withoutSpans(parsed.expr)).toEqual(expr);
      expect(printFormula(parsed.expr)).toBe(text);
    }),
    { numRuns: 500 },
  ));

const symbols = "+ - * / ( ) [ ] , . < <= == != = % \" ' _ 1 0 5. 1e9 \n".split(" ");
const pieces = fc.constantFrom(
  ...symbols,
  "and",
  "or",
  "not",
  "in",
  "a",
  "B",
  "x.y",
  "t[k].c",
  ...UNIT_NAMES,
  ...Object.keys(FUNCTIONS),
);
const soup = fc
  .array(fc.tuple(pieces, fc.constantFrom("", " ")), { maxLength: 30 })
  .map((parts) => parts.flat().join(""));

test("any text is a tree or problems with places inside the text, never a throw", () =>
  fc.assert(
    fc.property(fc.oneof(soup, fc.string({ unit: "binary" }), fc.string()), (text) => {
      const parsed = parseFormula(text);
      if ("expr" in parsed) return;
      expect(parsed.problems.length).toBeGreaterThan(0);
      for (const { span, message } of parsed.problems) {
        expect(message).not.toBe("");
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(span.end).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 1000 },
  ));

test.each(["(", "a[", "-", "not ", "if(", "a+", "a.", "1 ", "'", "a<", "a in [", "f(", "💥", "ab(1),", "@", "1_", "é"])(
  "ten thousand characters of '%s' are read in no time",
  (piece) => {
    const text = piece.repeat(Math.floor(10_000 / piece.length));
    const start = performance.now();
    expect(parseFormula(text)).toHaveProperty("problems");
    expect(performance.now() - start).toBeLessThan(500);
  },
);
