import fc from "fast-check";
import { expect, test } from "vitest";
import { csvRows } from "../../src/analysis/csv-cells.ts";
import { csv } from "../../src/report/csv.ts";

const texts = (text: string): readonly (readonly string[])[] =>
  [...csvRows(text)].map((row) => row.map((cell) => cell.text));

test.each([
  [
    "a,b\n1,2\n",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  [
    "a,b\r\n1,2",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  [
    "\uFEFFa , b\n\n 1,\t2 \n",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  ['"x, ""y""\nz",2\n', [['x, "y"\nz', "2"]]],
  [
    "a,\n,b\n",
    [
      ["a", ""],
      ["", "b"],
    ],
  ],
  ["a,", [["a", ""]]],
  ['""\n', [[""]]],
  ["", []],
])("%j", (text, rows) => {
  expect(texts(text)).toEqual(rows);
});

test("a quote that is never closed is told with its place", () => {
  const rows = csvRows('a\n"b,c\n');
  rows.next();
  expect(rows.next()).toEqual({ done: true, value: 2 });
});

test("a cell knows where it stands", () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z0-9 .,"]{0,8}$/), { minLength: 1, maxLength: 5 }), (cells) => {
      const text = csv(["head", ...cells.slice(1)], [cells]);
      const row = [...csvRows(text)].at(-1) ?? [];
      // What cannot be told from a blank line is one.
      if (cells.length === 1 && cells[0]?.trim() === "") return;
      expect(row.map((cell) => cell.text)).toEqual(cells);
      for (const { start, end } of row) expect(text.slice(end, end + 1)).toMatch(start === end ? /[,\n]/ : /[,\n]|^$/);
    }),
  );
});
