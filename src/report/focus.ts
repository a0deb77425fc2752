// The projected month as FOCUS rows, so that dashboards made for bills can show an architecture that does not exist yet.
import type { LineItem, Result } from "../result/schema.ts";
import { type Cell, csv, hasEnvironments } from "./csv.ts";

type Period = { readonly start: string; readonly end: string };
type Row = { readonly item: LineItem; readonly period: Period; readonly scenario: string };

export const PROVIDERS: Readonly<Record<string, string>> = { aws: "Amazon Web Services" };
/** stands for the payer */
export const NOBODY = "simulated"; // there is no billing account: FOCUS wants one named

/** From the first instant of a month to the first of the next, as FOCUS writes it. */
export function focusPeriod(month: string): Period {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month) ?? [];
  if (year === undefined || number === undefined) throw new RangeError(`a month is YYYY-MM, not '${month}'`);
  const next =
    number === "12"
      ? `${String(Number(year) + 1).padStart(4, "0")}-01`
      : `${year}-${String(Number(number) + 1).padStart(2, "0")}`;
  return { start: `${month}-01T00:00:00Z`, end: `${next}-01T00:00:00Z` };
}

function providerOf({ x_Service: service }: LineItem): string {
  const [provider = service] = service.split("/");
  return PROVIDERS[provider] ?? provider;
}

const COLUMNS: Readonly<Record<string, (row: Row) => Cell>> = {
  BilledCost: ({ item }) => item.BilledCost,
  BillingAccountId: () => NOBODY,
  BillingAccountName: () => NOBODY,
  BillingCurrency: ({ item }) => item.BillingCurrency,
  BillingPeriodEnd: ({ period }) => period.end,
  BillingPeriodStart: ({ period }) => period.start,
  ChargeCategory: ({ item }) => item.ChargeCategory,
  ChargeClass: () => null,
  ChargeDescription: ({ item }) => item.ChargeDescription,
  ChargeFrequency: ({ item }) => (item.ChargeCategory === "Usage" ? "Usage-Based" : "Recurring"),
  ChargePeriodEnd: ({ period }) => period.end,
  ChargePeriodStart: ({ period }) => period.start,
  // only usage is consumed: FOCUS wants both empty on every other charge
  ConsumedQuantity: ({ item }) => (item.ChargeCategory === "Usage" ? item.ConsumedQuantity : null),
  ConsumedUnit: ({ item }) => (item.ChargeCategory === "Usage" ? item.ConsumedUnit : null),
  ContractedCost: ({ item }) => item.ContractedCost,
  ContractedUnitPrice: ({ item }) => item.ContractedUnitPrice,
  EffectiveCost: ({ item }) => item.EffectiveCost,
  InvoiceIssuerName: ({ item }) => providerOf(item),
  ListCost: ({ item }) => item.ListCost,
  ListUnitPrice: ({ item }) => item.ListUnitPrice,
  PricingCategory: ({ item }) => item.PricingCategory,
  PricingCurrency: ({ item }) => item.BillingCurrency,
  PricingQuantity: ({ item }) => item.PricingQuantity,
  PricingUnit: ({ item }) => item.PricingUnit,
  ProviderName: ({ item }) => providerOf(item),
  PublisherName: ({ item }) => providerOf(item),
  RegionId: ({ item }) => item.RegionId,
  ResourceId: ({ item }) => `${item.x_Architecture}/${item.x_Component}`,
  ResourceName: ({ item }) => item.x_Component,
  ServiceCategory: ({ item }) => item.ServiceCategory,
  ServiceName: ({ item }) => item.ServiceName,
  ServiceSubcategory: ({ item }) => item.ServiceSubcategory,
  SkuId: ({ item }) => (item.SkuPriceId === null ? null : item.SkuPriceId.replace(/\..*$/s, "")), // SKU.term.dimension
  SkuMeter: ({ item }) => item.x_Meter,
  SkuPriceId: ({ item }) => item.SkuPriceId,
  SubAccountId: ({ item }) => item.SubAccountId,
  x_Architecture: ({ item }) => item.x_Architecture,
  x_Component: ({ item }) => item.x_Component,
  x_Scenario: ({ scenario }) => scenario,
  x_Simulated: () => true,
};

/** Bills tell environments apart by tags. */
const ENVIRONMENT_COLUMNS: typeof COLUMNS = {
  Tags: ({ item }) => (item.x_Environment === undefined ? "{}" : JSON.stringify({ environment: item.x_Environment })),
  x_Environment: ({ item }) => item.x_Environment ?? null,
};

/**
 * FOCUS 1.2 rows of the projected month. Architectures are alternatives: filter by `x_Architecture` before adding up.
 * @param month the month that the rows are dated in, `YYYY-MM`
 * @throws RangeError when `month` is no month
 * @see https://focus.finops.org/focus-specification/
 */
export function renderFocus(results: readonly Result[], month: string): string {
  const period = focusPeriod(month);
  const columns = columnsOf(results);
  const rows = results.flatMap(({ scenario, architectures }) =>
    Object.values(architectures).flatMap(({ line_items: items }) =>
      items.map((item) => Object.values(columns).map((column) => column({ item, period, scenario: scenario.name }))),
    ),
  );
  return csv(Object.keys(columns), rows);
}

/** Names of the columns, in order: those of environments only where there are any. */
export function focusColumns(results: readonly Result[]): readonly string[] {
  return Object.keys(columnsOf(results));
}

function columnsOf(results: readonly Result[]): typeof COLUMNS {
  return hasEnvironments(results) ? { ...COLUMNS, ...ENVIRONMENT_COLUMNS } : COLUMNS;
}
