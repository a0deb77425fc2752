import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { shortDollars, shortNumber } from "../../src/report/charts/ticks.ts";
import { EN_US, numberStyle } from "../../src/result/locale.ts";
import { figure, money, percent, quantity, useNumberStyle } from "../../src/result/number.ts";

afterEach(() => useNumberStyle(EN_US));

function use(tag: string): void {
  const found = numberStyle(tag);
  if (found === undefined) throw new Error(`no ${tag}`);
  useNumberStyle(found);
}

/** Intl's spaces are several kinds of those that do not break. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");

test.each([
  { tag: "de-DE", number: "1.230.000", dollars: "-1,50 $", share: "93,9 %", short: "1,5k $", why: "sign behind" },
  { tag: "fr-FR", number: "1 230 000", dollars: "-1,50 $US", share: "93,9 %", short: "1,5k $US", why: "spaces" },
  { tag: "en-IN", number: "12,30,000", dollars: "-$1.50", share: "93.9 %", short: "$1.5k", why: "groups of two" },
  { tag: "tr-TR", number: "1.230.000", dollars: "-$1,50", share: "%93,9", short: "$1,5k", why: "percent before" },
])("$tag writes $number: $why", ({ tag, number, dollars, share, short }) => {
  use(tag);
  expect(plain(figure(1_234_567))).toBe(number);
  expect(plain(money(-1.5))).toBe(dollars);
  expect(plain(percent(0.939))).toBe(share);
  expect(plain(shortDollars(1500))).toBe(short);
});

test("a language that leaves four digits ungrouped does so, and groups five", () => {
  use("es-ES");
  expect([figure(1230), figure(12_300)]).toEqual(["1230", "12.300"]);
});

test("a language with digits of its own uses them, without marks of direction", () => {
  use("ar-EG");
  expect(figure(1230)).toBe("١٬٢٣٠");
  expect(percent(-0.2)).toBe("-٢٠٪");
  expect(shortNumber(1500)).toBe("١٫٥k");
});

test.each(["xx", "de_DE", "", "no such", "12"])("%j is no language", (tag) => {
  expect(numberStyle(tag)).toBeUndefined();
});

test("in every language, what is written is what Intl writes of the rounded figure", () => {
  const tags = ["de-DE", "de-CH", "fr-FR", "en-IN", "hi-IN", "es-ES", "pl-PL", "sv-SE", "ja-JP", "ar-EG", "en-GB"];
  const digits = fc.integer({ min: 1, max: 999 });
  fc.assert(
    fc.property(fc.constantFrom(...tags), digits, fc.integer({ min: -6, max: 11 }), (tag, whole, exponent) => {
      const x = Number(`${whole}e${exponent}`);
      use(tag);
      const format = new Intl.NumberFormat(tag, { maximumFractionDigits: 20 });
      expect(figure(x)).toBe(format.format(x));
      if (x < 1e6) expect(quantity(x)).toBe(format.format(x));
    }),
  );
});
