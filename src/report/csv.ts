// Line items as CSV with all digits: FOCUS columns and ours.

import { exact } from "../result/number.ts";
import type { LineItem, Result } from "../result/schema.ts";

export type Cell = string | number | boolean | null;

/** Every column of a line item, in the order of the file. */
export const LINE_ITEM_COLUMNS = [
  "x_Architecture",
  "x_Component",
  "x_Service",
  "x_Meter",
  "x_Role",
  "x_Kind",
  "x_TierFrom",
  "x_TierTo",
  "ServiceName",
  "ServiceCategory",
  "ServiceSubcategory",
  "ChargeCategory",
  "ChargeDescription",
  "RegionId",
  "SubAccountId",
  "ConsumedQuantity",
  "ConsumedUnit",
  "PricingQuantity",
  "PricingUnit",
  "PricingCategory",
  "ListUnitPrice",
  "ListCost",
  "ContractedUnitPrice",
  "ContractedCost",
  "EffectiveCost",
  "BilledCost",
  "BillingCurrency",
  "SkuPriceId",
  "x_Formula",
  "x_Source",
  "x_SourceDate",
  "x_PriceStatus",
  "x_Place",
] as const satisfies readonly (keyof LineItem)[];

/** A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers are left alone. */
function defused(text: string): string {
  return /^\s*[=+\-@＝＋－＠]|^[\t\r]/.test(text) ? `'${text}` : text;
}

function written(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return exact(cell);
  // A cell stays in its line: a table is printed into logs too.
  const text = defused(String(cell).replace(/\r?\n/g, " "));
  return /[",\r]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as CSV (quoting of RFC 4180, lines end with LF); null is an empty cell. */
export function csv(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return csvLines([columns, ...rows]);
}

/** The same without a first line of names: what follows it, block by block. */
export function csvLines(rows: readonly (readonly Cell[])[]): string {
  return rows.map((cells) => `${cells.map(written).join(",")}\n`).join("");
}

/** Whether lines are to say which environment they belong to. */
export function hasEnvironments(results: readonly Result[]): boolean {
  return results.some(({ architectures }) =>
    Object.values(architectures).some(({ environments }) => environments !== undefined),
  );
}

/** The line items of all architectures, a row each; `x_Scenario` and `x_File` tell scenarios apart. */
export function renderCsv(results: readonly Result[]): string {
  const environments = hasEnvironments(results);
  const rows = results.flatMap(({ scenario, architectures }) =>
    Object.values(architectures).flatMap(({ line_items: items }) =>
      items.map((item): Cell[] => [
        scenario.name,
        scenario.file,
        ...LINE_ITEM_COLUMNS.map((column) => item[column]),
        ...(environments ? [item.x_Environment ?? null] : []),
      ]),
    ),
  );
  return csv(["x_Scenario", "x_File", ...LINE_ITEM_COLUMNS, ...(environments ? ["x_Environment"] : [])], rows);
}
