// Carbon in every format: two digits for people, all digits for programs.
import { expect, test } from "vitest";
import { CARBON_COLUMNS, renderCarbonCsv } from "../../src/report/carbon-csv.ts";
import { renderHtml } from "../../src/report/html.ts";
import { renderMarkdown } from "../../src/report/markdown.ts";
import { renderTable } from "../../src/report/table.ts";
import { carbonChange, mass, signedShare } from "../../src/result/carbon-words.ts";
import { type Result, resultSchema } from "../../src/result/schema.ts";
import { result as plain } from "./fixture.ts";

const band = (low: number, central: number, high: number) => ({ low, central, high });
const line = {
  component: "fleet",
  service: "aws/ecs-ec2",
  use: "compute",
  title: "=Compute <b>",
  region: "us-east-1",
  kind: "compute",
  basis: "assumption",
  energy_kwh: band(1000, 9116.97, 48_987.686),
  operational: band(1396.15, 3810.893459, 21_021.71),
  embodied: band(320.96, 746.416, 1321.157),
  formula: "vcpus * vcpu_power",
  place: "scenarios/monitoring.yaml:20",
};
const carbon = {
  set: "ccf",
  month: band(1717.1, 4557.309459, 22_342.87),
  operational: line.operational,
  embodied: line.embodied,
  per_unit: band(3.3e-7, 8.67e-7, 4.25e-6),
  per_reported_unit: band(0.0011, 0.00312, 0.0153),
  energy_kwh: line.energy_kwh,
  market_based: 0,
  water_l: 951,
  assumption_share: 1,
  lines: [line],
  not_counted: [{ what: "quote", reason: "a stated line says nothing of energy" }],
};
const row = {
  architecture: "monolith",
  change: band(-0.6579, -0.6579, 1.2065),
  ranking: "undetermined",
  decided_by: "in-region network energy",
  break_even: [],
};
const result: Result = resultSchema.parse({
  ...plain,
  architectures: Object.fromEntries(Object.entries(plain.architectures).map(([name, a]) => [name, { ...a, carbon }])),
  comparison: {
    ...plain.comparison,
    carbon: { base: "microservices", verdict: "app-runner against microservices: ...", rows: [row] },
  },
  carbon: {
    set: "ccf",
    title: "Cloud Carbon Footprint",
    doc: "d",
    years: [2025],
    coefficients: [],
    credits: ["Electricity Maps (ODbL-1.0)"],
  },
});

test.each([
  [0, "0 kg"],
  [4557.3, "4.6 t"],
  [999.6, "1 t"],
  [0.00312, "3.1 g"],
  [8.67e-7, "0.87 mg"],
  [null, "n/a"],
])("%d kg is %s", (kg, text) => expect(mass(kg)).toBe(text));

test.each([
  [-0.6579, "-66 %"],
  [1.2065, "+121 %"],
  [0.0123, "+1.2 %"],
  [-0.9964, "-99.6 %"],
  [-0.99999, "-99.9 %"],
  [-1, "-100 %"],
  [5.6789, "+568 %"],
  [0, "0 %"],
])("%d is %s", (share, text) => expect(signedShare(share)).toBe(text));

test("an undetermined ranking is not told by its central figure", () => {
  expect(carbonChange({ ...row, ranking: "undetermined" })).toBe(
    "carbon undetermined, -66 % to +121 %, decided by in-region network energy",
  );
});

test.each([
  ["table", renderTable(result)],
  ["Markdown", renderMarkdown([result])],
  ["HTML", renderHtml(result)],
])("%s shows figure, band, mark, set, year and what is left out", (_, text) => {
  for (const part of [
    "4.6 t",
    "1.7 t to 22 t",
    "Cloud Carbon Footprint",
    "2025",
    "a stated line says nothing of energy",
  ]) {
    expect(text).toContain(part);
  }
  expect(text.replaceAll("&#61;", "=").replaceAll("&#43;", "+").replaceAll("\u00a0", " ")).toContain(
    "carbon undetermined, -66 % to +121 %",
  );
  expect(text).not.toContain("4,557");
});

test("the table fits the page, and Markdown and HTML hold no markup of a scenario", () => {
  for (const shown of renderTable(result, { width: 80 }).split("\n")) expect([...shown].length).toBeLessThanOrEqual(80);
  expect(renderMarkdown([result])).not.toContain("<b>");
  expect(renderHtml(result)).not.toContain("Compute <b>");
  expect(renderHtml(result)).toContain("Electricity Maps");
});

test("CSV has all digits, a row a line, and defuses formulas", () => {
  const [head = "", first = "", ...rest] = renderCarbonCsv([result]).trimEnd().split("\n");
  expect(head).toBe(
    `scenario,file,architecture,set,${CARBON_COLUMNS.join(",")},energy_kwh_low,energy_kwh_central,energy_kwh_high,operational_kg_low,operational_kg_central,operational_kg_high,embodied_kg_low,embodied_kg_central,embodied_kg_high`,
  );
  expect(first).toContain("3810.893459");
  expect(first).toContain("'=Compute <b>");
  expect(rest.length).toBe(Object.keys(result.architectures).length - 1);
});

test("without carbon nothing is said of it", () => {
  for (const text of [renderTable(plain), renderMarkdown([plain]), renderHtml(plain)])
    expect(text).not.toContain("CO2e");
  expect(renderCarbonCsv([plain]).trimEnd().split("\n").length).toBe(1);
});
