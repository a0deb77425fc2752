// Support and tax as FOCUS rows of a file of their own: what `--format focus` gives adds up to the headline, both to the second total.
import type { OverheadLine } from "../result/overhead-schema.ts";
import type { Result } from "../result/schema.ts";
import { type Cell, csv } from "./csv.ts";
import { focusColumns, focusPeriod, NOBODY, PROVIDERS } from "./focus.ts";

type Charge = { readonly line: OverheadLine; readonly architecture: string; readonly scenario: string };

/**
 * FOCUS 1.2 rows of what is paid on top of the projected month, with the columns of `renderFocus`, so that one can stand below
 * the other: support is a Purchase, tax is Tax. In USD: a display currency is no currency of billing.
 * @param month the month that the rows are dated in, `YYYY-MM`
 * @throws RangeError when `month` is no month
 * @see https://focus.finops.org/focus-specification/
 */
export function renderFocusOverheads(results: readonly Result[], month: string): string {
  const columns = focusColumns(results);
  const period = focusPeriod(month);
  const charges = results.flatMap(({ scenario, architectures }) =>
    Object.entries(architectures).flatMap(([architecture, { overheads }]) =>
      (overheads?.lines ?? []).map((line): Charge => ({ line, architecture, scenario: scenario.name })),
    ),
  );
  const rows = charges.map((charge) => {
    const cells = new Map<string, Cell>(Object.entries({ ...dated(period), ...money(charge), ...names(charge) }));
    return columns.map((column): Cell => cells.get(column) ?? null);
  });
  return csv(columns, rows);
}

function dated({ start, end }: ReturnType<typeof focusPeriod>): Record<string, Cell> {
  return { BillingPeriodStart: start, BillingPeriodEnd: end, ChargePeriodStart: start, ChargePeriodEnd: end };
}

function money({ line }: Charge): Record<string, Cell> {
  const { cost } = line;
  return {
    BilledCost: cost,
    ContractedCost: cost,
    EffectiveCost: cost,
    ListCost: cost,
    BillingCurrency: "USD",
    PricingCurrency: "USD",
  };
}

function names({ line, architecture, scenario }: Charge): Record<string, Cell> {
  const isTax = line.kind === "tax";
  // Whoever sells the services hands the tax on.
  const provider = PROVIDERS["aws"] ?? "aws";
  return {
    BillingAccountId: NOBODY,
    BillingAccountName: NOBODY,
    ChargeCategory: isTax ? "Tax" : "Purchase",
    ChargeDescription: `${line.title}: ${line.formula}`,
    ChargeFrequency: "Recurring",
    InvoiceIssuerName: provider,
    ProviderName: provider,
    PublisherName: provider,
    ServiceCategory: "Other",
    ServiceName: isTax ? line.title : "AWS Support",
    ServiceSubcategory: "Other (Other)",
    SubAccountId: line.account,
    Tags: "{}",
    x_Architecture: architecture,
    x_Scenario: scenario,
    x_Simulated: true,
  };
}
