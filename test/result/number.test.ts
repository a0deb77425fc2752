import fc from "fast-check";
import { expect, test } from "vitest";
import { exact, figure, money, percent, quantity, significant } from "../../src/result/number.ts";

test.each([
  [2_433_523.2, "$2,430,000"],
  [148_920, "$149,000"],
  [0.0001234, "$0.000123"],
  [0.000025, "$0.000025"],
  [0.5, "$0.50"],
  [2.5, "$2.50"],
  [12.34, "$12.3"],
  [5, "$5"],
  [999.5, "$1,000"],
  [999_500, "$1,000,000"],
  [0.9996, "$1"],
  [-1234, "-$1,230"],
  [-0, "$0"],
  [1e-30, "$1e-30"],
  [1.2345e20, "$1.23e20"],
  [null, "n/a"],
  [Number.NaN, "n/a"],
  [Number.POSITIVE_INFINITY, "n/a"],
])("money(%s) is %s", (x, text) => expect(money(x)).toBe(text));

test.each([
  [78_840_000_000, "78.8 G"],
  [1_200_000, "1.2 M"],
  [999_499, "999,000"],
  [999_500, "1 M"],
  [219_000, "219,000"],
  [0.123456, "0.123"],
  [-4_270_500, "-4.27 M"],
  [1e18, "1 E"],
  [1e21, "1e21"],
  [0, "0"],
  [null, "n/a"],
])("quantity(%s) is %s", (x, text) => expect(quantity(x)).toBe(text));

test.each([
  [0.93881, "93.9 %"],
  [0.0786, "7.9 %"],
  [0.00123, "0.12 %"],
  [0.00001, "<0.01 %"],
  [-0.00001, ">-0.01 %"],
  [1, "100 %"],
  [0.99996, ">99.9 %"],
  [-0.5, "-50 %"],
  [12.5, "1,250 %"],
  [0, "0 %"],
  [null, "n/a"],
])("percent(%s) is %s", (x, text) => expect(percent(x)).toBe(text));

test.each([
  [1.005, 1.01, "the decimal that people see is the half, the double below it is not"],
  [-1.005, -1.01, "away from zero on both sides"],
  [2.675, 2.68, "as above"],
  [0.0009995, 0.001, "carries into the next power of ten"],
])("significant(%s) is %s: %s", (x, rounded) => expect(significant(x)).toBe(rounded));

const any = fc.double({ noNaN: true, noDefaultInfinity: true });

test("three digits are within half a unit of the third", () => {
  fc.assert(
    fc.property(any, (x) => {
      const size = Math.abs(x);
      fc.pre(size > 1e-300 && size < 1e300);
      expect(Math.abs(significant(x) - x) / size).toBeLessThanOrEqual(0.005000001);
    }),
  );
});

test("no figure shows a negative zero, more than three significant digits, or nothing", () => {
  fc.assert(
    fc.property(any, (x) => {
      for (const text of [figure(x), money(x), quantity(x)]) {
        const digits = text.replace(/e.*$/, "").replace(/[^\d.]/g, "");
        const whole = digits.includes(".") ? digits : digits.replace(/0+$/, "");
        expect(whole.replace(".", "").replace(/^0+/, "").length).toBeLessThanOrEqual(3);
        expect(text).not.toMatch(/^-\$?0$/);
      }
    }),
  );
});

test("exact figures read back as they were", () => {
  // But for what rounding leaves behind the digits that are known.
  fc.assert(fc.property(any, (x) => Math.abs(Number(exact(x)) - x) <= 1e-13 * Math.abs(x)));
  expect(exact(2.1e-9)).toBe("0.0000000021");
});
