// FOCUS rows are a published contract: every column's value, from a scenario to the file.
// Rules: https://focus.finops.org/focus-specification/v1-2/
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { archcost, withFile } from "../run.ts";

type Row = Readonly<Record<string, string>>;

/** No cell of these rows holds a line break. */
function records(text: string): readonly Row[] {
  const cells = (line: string): string[] =>
    [...`${line},`.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*)),/g)].map(
      ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? "",
    );
  const [head = "", ...lines] = text.trimEnd().split("\n");
  const heads = cells(head);
  return lines.map((line) => Object.fromEntries(heads.map((name, i) => [name, cells(line)[i] ?? ""])));
}

async function focus(text: string): Promise<readonly Row[]> {
  return withFile(text, async (file) => {
    const ran = await archcost(["run", file, "--format", "focus"]);
    if (ran.code !== 0) throw new Error(ran.stderr);
    return records(ran.stdout);
  });
}

const number = (row: Row | undefined, column: string): number => {
  const text = row?.[column];
  if (text === undefined || text === "") throw new Error(`no ${column}`);
  return Number(text);
};

// 1.2e10 GB-s a month lie in two tiers, which end at 6e9 and 1.5e10; 400,000 of them are free.
const COMPANY = `
scenario: Company
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 month }
variables: { calls: 12000000000 }
existing: { free_tier: unused }
discounts: [{ services: [aws/lambda], percent: 10%, reason: agreed }]
savings_plans: [{ plan: compute, term: 1y, payment: no_upfront, commit: 1 USD/h, discounts: { aws/ec2: 25% }, architectures: [b], reason: bought }]
architectures:
  a:
    omit: { logs: x, data-transfer: x, instance-storage: x }
    components:
      f: { service: aws/lambda, account: shop, duration: 1 s, memory: 1 GB }
      spot: { service: aws/ec2, instance: m5.large, instances: 4, spot: 100%, spot_fallback: 0%, spot_ratio: 0.5 }
      licence: { service: custom/line, title: Licence, role: work, quantity: 3, price: 7 USD, source: contract, reason: needed }
  b:
    omit: { logs: x, data-transfer: x, instance-storage: x }
    components:
      box: { service: aws/ec2, instance: c7g.large, instances: 2 }
      other: { service: aws/ec2, instance: c7g.large, spot: 100%, spot_fallback: 0% }
`;
let rows: readonly Row[] = [];
beforeAll(async () => {
  rows = await focus(COMPANY);
});
const only = (component: string, meter: string, more: Row = {}): Row | undefined =>
  rows.find(
    (row) =>
      row["x_Component"] === component &&
      row["SkuMeter"] === meter &&
      Object.entries(more).every(([column, value]) => row[column] === value),
  );

test("the columns and their order", () => {
  expect(Object.keys(rows[0] ?? {})).toEqual([
    ...["BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency", "BillingPeriodEnd"],
    ...["BillingPeriodStart", "ChargeCategory", "ChargeClass", "ChargeDescription", "ChargeFrequency"],
    ...["ChargePeriodEnd", "ChargePeriodStart", "ConsumedQuantity", "ConsumedUnit", "ContractedCost"],
    ...["ContractedUnitPrice", "EffectiveCost", "InvoiceIssuerName", "ListCost", "ListUnitPrice"],
    ...["PricingCategory", "PricingCurrency", "PricingQuantity", "PricingUnit", "ProviderName", "PublisherName"],
    ...["RegionId", "ResourceId", "ResourceName", "ServiceCategory", "ServiceName", "ServiceSubcategory", "SkuId"],
    ...["SkuMeter", "SkuPriceId", "SubAccountId", "x_Architecture", "x_Component", "x_Scenario", "x_Simulated"],
  ]);
});

describe("a row of usage", () => {
  test("has every column", () => {
    // 1.2e10 requests less the free million at 0.20 USD a million, a tenth off
    expect(only("f", "requests")).toEqual({
      BilledCost: expect.any(String),
      BillingAccountId: "simulated",
      BillingAccountName: "simulated",
      BillingCurrency: "USD",
      BillingPeriodEnd: "2027-01-01T00:00:00Z",
      BillingPeriodStart: "2026-12-01T00:00:00Z",
      ChargeCategory: "Usage",
      ChargeClass: "",
      ChargeDescription: "Requests",
      ChargeFrequency: "Usage-Based",
      ChargePeriodEnd: "2027-01-01T00:00:00Z",
      ChargePeriodStart: "2026-12-01T00:00:00Z",
      ConsumedQuantity: "12000000000",
      ConsumedUnit: "request",
      ContractedCost: expect.any(String),
      ContractedUnitPrice: expect.any(String),
      EffectiveCost: expect.any(String),
      InvoiceIssuerName: "Amazon Web Services",
      ListCost: expect.any(String),
      ListUnitPrice: "0.0000002",
      PricingCategory: "Standard",
      PricingCurrency: "USD",
      PricingQuantity: "11999000000",
      PricingUnit: "request",
      ProviderName: "Amazon Web Services",
      PublisherName: "Amazon Web Services",
      RegionId: "us-east-1",
      ResourceId: "a/f",
      ResourceName: "f",
      ServiceCategory: "Compute",
      ServiceName: "AWS Lambda",
      ServiceSubcategory: "Serverless Compute",
      SkuId: "GU2ZS9HVP6QTQ7KE",
      SkuMeter: "requests",
      SkuPriceId: "GU2ZS9HVP6QTQ7KE.JRTCKXETXF.6YS6EN2CT7",
      SubAccountId: "shop",
      x_Architecture: "a",
      x_Component: "f",
      x_Scenario: "Company",
      x_Simulated: "true",
    });
  });

  test("a discount agreed upon is in the contracted price, not in the list price", () => {
    const row = only("f", "requests");
    expect(number(row, "ListUnitPrice")).toBe(2e-7);
    expect(number(row, "ContractedUnitPrice")).toBeCloseTo(1.8e-7, 18);
    expect(number(row, "ListCost")).toBeCloseTo(2399.8, 6);
    for (const column of ["ContractedCost", "EffectiveCost", "BilledCost"]) {
      expect(number(row, column)).toBeCloseTo(2159.82, 6);
    }
  });
});

test("tiers are rows of their own: what is consumed adds up, what is free is consumed and not priced", () => {
  const tiers = rows.filter((row) => row["x_Component"] === "f" && row["SkuMeter"] === "compute");
  expect(tiers).toHaveLength(2);
  const [first, second] = tiers;
  expect([first?.["ChargeDescription"], second?.["ChargeDescription"]]).toEqual(["Compute, tier 1", "Compute, tier 2"]);
  expect([number(first, "ListUnitPrice"), number(second, "ListUnitPrice")]).toEqual([0.0000166667, 0.000015]);
  const sum = (column: string) => tiers.reduce((total, row) => total + number(row, column), 0);
  expect(sum("ConsumedQuantity")).toBeCloseTo(1.2e10, 3);
  expect(sum("PricingQuantity")).toBeCloseTo(1.2e10 - 400_000, 3);
  // of the second tier nothing is free
  expect(number(second, "ConsumedQuantity")).toBe(number(second, "PricingQuantity"));
  expect(number(first, "ConsumedQuantity") - number(first, "PricingQuantity")).toBeCloseTo(400_000, 3);
});

test("a Savings Plan: what it covers is usage at the plan's price, what nothing uses is committed", () => {
  // 2 x 0.0725 USD an hour at 25 % off are less than the 1 USD committed; no plan covers what is on Spot
  const covered = only("box", "hours", { PricingCategory: "Committed" });
  expect(covered).toMatchObject({
    ChargeCategory: "Usage",
    ChargeFrequency: "Usage-Based",
    ChargeDescription: "Instance hours, under a Savings Plan",
    PricingQuantity: "1460",
    ConsumedQuantity: "1460",
  });
  expect(number(covered, "ListUnitPrice")).toBeCloseTo(0.0725, 12);
  expect(number(covered, "ContractedUnitPrice")).toBeCloseTo(0.0725 * 0.75, 12);
  expect(number(covered, "EffectiveCost")).toBeCloseTo(1460 * 0.0725 * 0.75, 8);
  const unused = rows.find((row) => row["SkuMeter"] === "unused_commitment");
  expect(unused).toMatchObject({
    ChargeCategory: "Purchase",
    ChargeFrequency: "Recurring",
    PricingCategory: "Committed",
    ConsumedQuantity: "",
    ConsumedUnit: "",
    ProviderName: "custom",
    PricingUnit: "USD",
    // At list prices nobody commits: what nothing uses is no list cost.
    ListUnitPrice: "0",
    ListCost: "0",
  });
  expect(number(unused, "BilledCost")).toBeCloseTo(730 - 1460 * 0.0725 * 0.75, 8);
});

test("Spot: the hours that ran at the price paid, of a SKU that is not the one on demand", () => {
  expect(only("spot", "spot_hours")).toMatchObject({
    ChargeCategory: "Usage",
    ChargeFrequency: "Usage-Based",
    PricingCategory: "Dynamic",
    PricingQuantity: "2920",
    PricingUnit: "h",
    ConsumedQuantity: "2920",
    ConsumedUnit: "h",
    ListUnitPrice: "0.048",
    ContractedUnitPrice: "0.048",
    EffectiveCost: "140.16",
    SkuId: "",
    SkuPriceId: "",
  });
});

test("a line of one's own", () => {
  expect(only("licence", "line")).toMatchObject({
    BilledCost: "21",
    ChargeCategory: "Usage",
    ChargeDescription: "Licence",
    ChargeFrequency: "Usage-Based",
    ConsumedQuantity: "3",
    ConsumedUnit: "unit",
    ListUnitPrice: "7",
    PricingCategory: "Standard",
    PricingUnit: "unit",
    ProviderName: "custom",
    SkuPriceId: "",
    SubAccountId: "",
  });
});

test("prices times quantities are costs, in every row", () => {
  expect(rows.length).toBeGreaterThan(6);
  for (const row of rows) {
    for (const kind of ["List", "Contracted"]) {
      const product = number(row, `${kind}UnitPrice`) * number(row, "PricingQuantity");
      const cost = number(row, `${kind}Cost`);
      expect(Math.abs(product - cost), `${row["ResourceId"]} ${kind}`).toBeLessThanOrEqual(1e-9 * Math.max(1, cost));
    }
    expect(row["BilledCost"]).toBe(row["EffectiveCost"]);
  }
});

test("the rows of the environments tell them apart, by a tag too", async () => {
  const found = await focus(`
scenario: Two
region: eu-west-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 month }
variables: { calls: 1000000 }
environments:
  production: { components: { f: { account: live } } }
  staging: { load: 10%, components: { f: { account: test } } }
architectures:
  a: { omit: { logs: x }, components: { f: { service: aws/lambda, duration: 1 s, memory: 1 GB } } }
`);
  const requests = found.filter((row) => row["SkuMeter"] === "requests");
  expect(requests.map((row) => [row["x_Environment"], row["Tags"], row["SubAccountId"], row["RegionId"]])).toEqual([
    ["production", '{"environment":"production"}', "live", "eu-west-1"],
    ["staging", '{"environment":"staging"}', "test", "eu-west-1"],
  ]);
});

test("run --output and --format write the same", async () => {
  await withFile(COMPANY, async (file) => {
    const folder = join(file, "..", "out");
    const ran = await archcost(["run", file, "--format", "focus", "--output", folder]);
    expect(ran.code).toBe(0);
    expect(readFileSync(join(folder, "report.html"), "utf8")).toContain("Company");
    expect(records(ran.stdout)).toEqual(rows);
  });
});
