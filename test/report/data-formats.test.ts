import { expect, test } from "vitest";
import { LINE_ITEM_COLUMNS, renderCsv } from "../../src/report/csv.ts";
import { renderFocus } from "../../src/report/focus.ts";
import { renderFocusOverheads } from "../../src/report/focus-overheads.ts";
import { renderJson } from "../../src/report/json.ts";
import { LIMIT_COLUMNS, renderLimitsCsv } from "../../src/report/limits-csv.ts";
import { type Result, resultSchema } from "../../src/result/schema.ts";
import { runText } from "../run.ts";
import { hostile, result } from "./fixture.ts";
import type { lineItem } from "./fixture-lines.ts";

/** An independent reader of RFC 4180. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  const row: string[] = [];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    row.push(quoted === undefined ? String(bare) : quoted.replaceAll('""', '"'));
    if (end === "\n") rows.push(row.splice(0));
  }
  return rows;
}

function records(text: string): Record<string, string>[] {
  const [heads = [], ...rows] = parse(text);
  return rows.map((row) => Object.fromEntries(row.map((cell, i) => [heads[i], cell])));
}

function withLine(fields: Partial<Parameters<typeof lineItem>[0]>): Result {
  const copy = structuredClone(result);
  const [item] = copy.architectures["monolith"]?.line_items ?? [];
  if (item === undefined) throw new Error("fixture");
  copy.architectures["monolith"]?.line_items.splice(0, 1, { ...item, ...fields });
  return copy;
}

/** What is known of each figure: a line item of 0.1 + 0.2 is 0.3. */
const known = (_: string, value: unknown): unknown =>
  typeof value === "number" ? Number(value.toPrecision(14)) : value;

test("JSON is the contract: all digits that are known, the schema's key order, names in the scenario's order", () => {
  const text = renderJson([result]);
  expect(resultSchema.parse(JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(result, known)));
  expect(text.endsWith("}\n")).toBe(true);
  const { schema_version: version, ...others } = result;
  expect(renderJson([{ ...others, schema_version: version }])).toBe(text);
  expect(JSON.parse(renderJson([result, result]))).toHaveLength(2);
});

test("JSON refuses a figure that is not finite instead of writing null", () => {
  expect(() => renderJson([withLine({ EffectiveCost: Number.NaN })])).toThrow();
});

test("CSV has a column for every field of a line item", () => {
  const [item] = result.architectures["monolith"]?.line_items ?? [];
  expect([...LINE_ITEM_COLUMNS].sort()).toEqual(Object.keys(item ?? {}).sort());
});

test("CSV keeps all digits and reads back", () => {
  const rows = records(renderCsv([result]));
  expect(rows).toHaveLength(8);
  expect(rows[2]).toMatchObject({
    x_Component: "detect",
    ListUnitPrice: "0.0000166667",
    x_Scenario: result.scenario.name,
  });
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])("CSV defuses the text %j", (text) => {
  const [row] = records(renderCsv([withLine({ x_Component: text })])).filter((r) => r["x_Architecture"] === "monolith");
  expect(row?.["x_Component"]).toBe(`'${text}`);
});

test("CSV leaves negative numbers alone and quotes what needs it", () => {
  expect(records(renderCsv([result])).at(-1)?.["EffectiveCost"]).toBe("-1000");
  expect(renderCsv([withLine({ x_Component: 'a "b", c' })])).toContain('"a ""b"", c"');
  expect(records(renderCsv([hostile]))).toHaveLength(6);
});

test("FOCUS rows are dated in the month given and name the provider", () => {
  const rows = records(renderFocus([result], "2026-12"));
  expect(rows).toHaveLength(8);
  expect(rows[0]).toMatchObject({
    BillingPeriodStart: "2026-12-01T00:00:00Z",
    ChargePeriodEnd: "2027-01-01T00:00:00Z",
    ProviderName: "Amazon Web Services",
    SkuId: "",
    ResourceId: "microservices/frames",
    x_Simulated: "true",
  });
  expect(rows[1]).toMatchObject({ SkuId: "ABC123", SkuPriceId: "ABC123.JRTCKXETXF.6YS6EN2CT7" });
  expect(rows.at(-1)).toMatchObject({ ProviderName: "custom", ChargeCategory: "Adjustment", ConsumedQuantity: "" });
});

test("FOCUS rows hold what the specification wants never null", () => {
  const needed = [
    "BilledCost",
    "BillingAccountId",
    "BillingCurrency",
    "ChargeCategory",
    "ContractedCost",
    "EffectiveCost",
  ];
  const also = ["InvoiceIssuerName", "ListCost", "PublisherName", "ServiceCategory", "ServiceName", "PricingUnit"];
  for (const row of records(renderFocus([result], "2026-02"))) {
    for (const column of [...needed, ...also]) expect(row[column], column).not.toBe("");
    expect(row["ChargePeriodEnd"]).toBe("2026-03-01T00:00:00Z");
  }
});

test.each(["2026-13", "2026-1", "", "2026-12-01"])("'%s' is no month", (month) => {
  expect(() => renderFocus([result], month)).toThrow(RangeError);
});

test("limits as CSV: a row for each quota, with every field of a limit and both loads", () => {
  const rows = records(renderLimitsCsv([result]));
  expect(rows).toHaveLength(4);
  expect(rows[0]).toMatchObject({
    architecture: "microservices",
    quota: "aws/step-functions-standard/state_transition",
    demand: "30000",
    value: "1500",
    binds_at_units: "100",
    binds_at_granted_share: "0.05",
    raise_to: "",
  });
  expect(rows[1]).toMatchObject({ code: "L-B99A9384", assumed: "true", raise_to: "3900" });
  const [limit] = result.architectures["monolith"]?.limits ?? [];
  const nested = ["binds_at", "binds_at_granted", "components", "raised_through"];
  expect([...LIMIT_COLUMNS, ...nested].sort()).toEqual(Object.keys(limit ?? {}).sort());
  for (const cell of parse(renderLimitsCsv([hostile])).flat()) expect(cell).not.toMatch(/^\s*=/);
});

test("support and tax are FOCUS rows of a file of their own: both files add up to the second total", async () => {
  const company = await runText(`
scenario: Beside
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 month }
variables: { calls: 1000000 }
overheads:
  support: { plan: business, reason: it has it }
  tax: { title: VAT, percent: 20%, reason: here }
  currency: { code: EUR, rate: 0.5, date: 2026-11-20, source: made up }
architectures:
  a: { components: { nat: { service: aws/nat-gateway, zones: 2, data: 1 KB } } }
`);
  const only = company.architectures["a"];
  const sum = (rows: readonly Record<string, string>[]): number =>
    rows.reduce((total, { BilledCost: cost }) => total + Number(cost), 0);
  const [usage, beside] = [renderFocus([company], "2026-12"), renderFocusOverheads([company], "2026-12")];
  expect(beside.split("\n")[0]).toBe(usage.split("\n")[0]);
  expect(records(beside).map(({ ChargeCategory: category }) => category)).toEqual(["Purchase", "Tax"]);
  expect(sum(records(usage))).toBeCloseTo(only?.cost.month ?? Number.NaN, 9);
  expect(sum(records(usage)) + sum(records(beside))).toBeCloseTo(only?.overheads?.month ?? Number.NaN, 9);
});
