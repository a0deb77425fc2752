import { expect, test } from "vitest";
import { MOST_CHARACTERS, renderMarkdown } from "../../src/report/markdown.ts";
import { hostile, result } from "./fixture.ts";

const named = (name: string) => renderMarkdown([{ ...result, scenario: { ...result.scenario, name } }]).split("\n")[0];

test("a result as Markdown", () => {
  expect(renderMarkdown([result])).toMatchSnapshot();
});

test.each([
  ["a | b", "## a &#124; b"],
  ["`x` <b> & *y*", "## &#96;x&#96; &#60;b&#62; &#38; &#42;y&#42;"],
  ["@team and a@b", "## @&#8203;team and a@&#8203;b"],
  ["see #12", "## see #&#8203;12"],
  ["two\nlines", "## two lines"],
  ["[link](https://example.org)", "## &#91;link&#93;(https:&#8203;//example.org)"],
  ["cold_start _x_", "## cold_start &#95;x&#95;"],
  ["- item", "## &#45; item"],
  ["1. item", "## &#49;. item"],
  ["92.1 %, -$5", "## 92.1 %, -$5"],
])("%j stays text", (name, heading) => expect(named(name)).toBe(heading));

test("hostile names form no markup, no mention and no extra cells", () => {
  const text = renderMarkdown([hostile]);
  expect(text.replace(/<\/?(?:details|summary|sub)>/g, "")).not.toMatch(/[<`]|@\w|[^\P{Cc}\n]|\u202e/u);
  const tables = text.split("\n\n").filter((block) => block.startsWith("| "));
  for (const block of tables) expect(new Set(block.split("\n").map((row) => row.split("|").length)).size).toBe(1);
});

test("what is longer than a comment may be is cut after a whole fold, and says so", () => {
  const long = renderMarkdown(Array.from({ length: 200 }, () => result));
  expect(long.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  expect(long.length).toBeGreaterThan(MOST_CHARACTERS / 2);
  expect(long).toContain("_Cut here");
  expect(long.match(/<details>/g)?.length).toBe(long.match(/<\/details>/g)?.length);
});

test("several results are sections", () => {
  expect(renderMarkdown([result, result]).match(/^## /gm)).toHaveLength(2);
});
