import { expect, test } from "vitest";
import { renderTable, renderTables } from "../../src/report/table.ts";
import { widthOf } from "../../src/report/text.ts";
import { ESCAPE, hostile, result } from "./fixture.ts";

const linesOf = (text: string) => text.trimEnd().split("\n");

test("a table at 80 columns", () => {
  expect(renderTable(result)).toMatchSnapshot();
});

test("several results in one table", () => {
  expect(
    renderTables([result, { ...result, scenario: { ...result.scenario, name: "Again" }, current: null }]),
  ).toMatchSnapshot();
});

test("one result in a list is shown in full, none is nothing", () => {
  expect(renderTables([result])).toBe(renderTable(result));
  expect(renderTables([])).toBe("");
});

test.each([60, 80, 100, 200])("no line is wider than %i columns, whatever the names and figures", (width) => {
  const pages = [
    renderTable(result, { width }),
    renderTable(hostile, { width }),
    renderTables([result, hostile], { width }),
  ];
  for (const line of pages.flatMap(linesOf)) expect(widthOf(line), line).toBeLessThanOrEqual(width);
});

test("names bring no control characters", () => {
  expect(renderTable(hostile) + renderTables([hostile, result])).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
});

test("colour only when asked, and it changes nothing but colour", () => {
  const plain = renderTable(result);
  const coloured = renderTable(result, { color: true });
  expect(coloured).toContain("\u001b[1m");
  expect(coloured.replaceAll(ESCAPE, "").replace(/\[\d+m/g, "")).toBe(plain);
});

test("line items stand largest first and costs end in one column in every block", () => {
  const lines = linesOf(renderTable(result)).filter((line) => line.includes(" × "));
  expect(lines.slice(0, 4).map((line) => line.trim().split(/\s{2,}/)[0])).toEqual([
    "orchestrator.transitions",
    "frames.puts",
    "detect.compute",
    "detect.compute ≥6 G",
  ]);
  expect(new Set(lines.map((line) => line.replace(/ [*~?]$/, "").length)).size).toBe(1);
});

test("figures come from the result and are not added up again", () => {
  const [first] = Object.keys(result.architectures);
  const odd = structuredClone(result);
  const architecture = odd.architectures[first ?? ""];
  if (architecture === undefined) throw new Error("fixture");
  architecture.cost.month = 777;
  expect(renderTable(odd)).toMatch(/a month +\$777\n/);
});

test("a file name with spaces is quoted for the shell", () => {
  const spaced = { ...result, scenario: { ...result.scenario, file: "my file's.yaml" } };
  expect(renderTable(spaced)).toContain("archcost explain 'my file'\\''s.yaml' microservices.orchestrator");
});
