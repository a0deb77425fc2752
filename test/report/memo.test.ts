import { expect, test } from "vitest";
import { renderMemo } from "../../src/report/memo.ts";
import { hostile, result } from "./fixture.ts";

const memo = renderMemo([result]);

test("a memo asks, decides, and tells what would change the decision, in this order", () => {
  const headings = [...memo.matchAll(/^#+ (.*)$/gm)].map((match) => match[1]);
  expect(headings).toEqual([
    result.scenario.name,
    "Question",
    "Decision",
    "Options",
    "What would change the decision",
    "Not counted",
    "Assumptions, by influence",
    "Basis",
  ]);
  expect(memo).toContain(`**${String(result.comparison.verdict[0])}**`);
  expect(memo).toContain("<code>archcost run scenarios/monitoring.yaml</code>");
});

test("every option is a row, cheapest first, with the raises that it needs", () => {
  const rows = memo.split("\n").filter((line) => /^\| (\*\*)?(microservices|monolith|app-runner)(\*\*)? \|/.test(line));
  expect(rows.map((row) => row.split("|")[1]?.replaceAll("*", "").trim())).toEqual(
    result.comparison.rows.map(({ architecture }) => architecture),
  );
  for (const row of rows) expect(row.split("|")).toHaveLength(8);
});

test("hostile names form no markup", () => {
  const text = renderMemo([hostile]);
  expect(text).not.toMatch(/<script|<img|\u202e/);
  expect(text.match(/^# /gm)).toHaveLength(1);
});
