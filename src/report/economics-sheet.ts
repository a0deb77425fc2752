// Unit economics for people, and as CSV with all digits.
import type { UnitEconomicsResult } from "../result/decision-schema.ts";
import { money, percent, quantity } from "../result/number.ts";
import type { Result } from "../result/schema.ts";
import { type Cell, csv } from "./csv.ts";
import type { Sheet, SheetTable } from "./sheet-table.ts";

/** Cost of a unit, of one more unit, and the fixed part, over the load: a table for each architecture. */
export function economicsSheet(found: UnitEconomicsResult, result: Result): Sheet {
  const { reported_count: count, reported_unit: unit, driver_value: value } = result.workload;
  const per = (cost: number | null): string => money(cost === null ? null : cost * count);
  const today = Object.entries(found.architectures).flatMap(([name, rows]) => {
    const row = rows.find(({ driver }) => driver === value);
    return row === undefined ? [] : [{ name, row }];
  });
  const tables = Object.entries(found.architectures).map(
    ([name, rows]): SheetTable => ({
      caption: name,
      heading: [found.over, "a month", `per ${unit}`, "one more", "fixed share"],
      left: 0,
      rows: rows.map((row) => [
        quantity(row.driver),
        money(row.month),
        per(row.per_unit),
        per(row.marginal),
        percent(row.fixed_share),
      ]),
    }),
  );
  return {
    title: `${result.scenario.name}: cost of a ${unit} over ${found.over}`,
    sentences: today.flatMap(({ name, row }) =>
      name === result.comparison.cheapest
        ? [
            `${name}: ${per(row.per_unit)} per ${unit} today, ${per(row.marginal)} for one more, ${percent(row.fixed_share)} of the cost is fixed.`,
          ]
        : [],
    ),
    tables: [
      {
        caption: "Today",
        heading: ["", `per ${unit}`, "one more", "fixed share"],
        left: 1,
        rows: today.map(({ name, row }) => [name, per(row.per_unit), per(row.marginal), percent(row.fixed_share)]),
      },
      ...tables,
    ],
    notes: [
      "One more: the long-run cost of one more unit, whole instances counted as divisible. Fixed: what is paid when next to no work is done.",
    ],
  };
}

/** A row for each architecture and load. */
export function economicsCsv(found: UnitEconomicsResult): string {
  const rows = Object.entries(found.architectures).flatMap(([name, list]) =>
    list.map((row): Cell[] => [name, row.driver, row.work, row.month, row.per_unit, row.marginal, row.fixed_share]),
  );
  return csv(["architecture", found.over, "work", "month", "per_unit", "marginal", "fixed_share"], rows);
}
