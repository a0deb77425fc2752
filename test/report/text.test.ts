import fc from "fast-check";
import { expect, test } from "vitest";
import { clean, pad, truncate, widthOf, wrap } from "../../src/report/text.ts";

test.each([
  ["\u001b[31mred\u001b[0m", "red", "colours go"],
  ["\u001b]8;;https://example.org\u0007link\u001b]8;;\u0007", "link", "terminal links go"],
  ["\u009b31mred", "red", "the one-byte form too"],
  ["a\r\n\tb", "a b", "one line"],
  ["a\u0007b\u0000c", "a\ufffdb\ufffdc", "bells and zeros are seen"],
  ["abc\u202efed", "abc\ufffdfed", "text cannot be turned around"],
  ["\ud800x", "\ufffdx", "half a character"],
])("clean(%j) is %j: %s", (raw, text) => expect(clean(raw)).toBe(text));

test.each([
  ["abc", 3],
  ["監視", 4],
  ["👍", 2],
  ["👍🏽", 2],
  ["❤️", 2],
  ["e\u0301", 1],
  ["ﾊﾝ", 2],
  ["… × → ≥ ─", 9],
])("%s takes %i columns", (text, width) => expect(widthOf(text)).toBe(width));

const words = fc.string({ unit: "binary", maxLength: 60 });

test("cut, filled and wrapped text is never wider than asked", () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 6, max: 40 }), (raw, width) => {
      expect(widthOf(truncate(clean(raw), width))).toBeLessThanOrEqual(width);
      expect(widthOf(pad(clean(raw), width, "right"))).toBe(width);
      for (const line of wrap(raw, width, "  ")) expect(widthOf(line)).toBeLessThanOrEqual(width);
    }),
  );
});

test("a figure keeps its percent sign", () => {
  expect(wrap("undetermined, -96 % to +282 %, decided", 20)).toEqual(["undetermined, -96 %", "to +282 %, decided"]);
  expect(wrap("undetermined, -96 % to +282 %, decided", 17)).toEqual(["undetermined,", "-96 % to +282 %,", "decided"]);
});

test("wrapping loses nothing but spaces", () => {
  fc.assert(
    fc.property(words, (raw) => {
      const bare = (text: string) => text.replaceAll(" ", "");
      expect(bare(wrap(raw, 10, "  ").join(""))).toBe(bare(clean(raw)));
    }),
  );
});
