// What is compared besides the bill as CSV with all digits: metrics, objectives, operations, what could be one.
import type { Result } from "../result/schema.ts";
import { type Cell, csv } from "./csv.ts";

const HEADING = ["x_Scenario", "x_File", "architecture", "figure", "name", "low", "value", "high", "unit", "words"];
type Row = readonly [figure: string, name: string, low: Cell, value: Cell, high: Cell, unit: string, words: Cell];

/** A row for each figure; `value` is the typical one of a range. */
export function renderDecisionsCsv(results: readonly Result[]): string {
  const rows = results.flatMap((result) =>
    Object.keys(result.architectures).flatMap((name) =>
      rowsOf(name, result).map((row): Cell[] => [result.scenario.name, result.scenario.file, name, ...row]),
    ),
  );
  return csv(HEADING, rows);
}

function rowsOf(name: string, result: Result): readonly Row[] {
  const bill = result.architectures[name]?.cost.month ?? null;
  return [
    ["bill", "month", null, bill, null, "USD", null],
    ...metricRows(name, result),
    ...operationRows(name, result),
    ...combineRows(name, result),
  ];
}

function metricRows(name: string, { objectives }: Result): readonly Row[] {
  const own = objectives?.architectures[name];
  if (objectives === null || own === undefined) return [];
  return [
    ...Object.entries(own.metrics).map(([metric, { value, formula }]): Row => {
      return ["metric", metric, null, value, null, objectives.metrics[metric]?.unit ?? "", formula];
    }),
    ...objectives.objectives
      .filter(({ architectures }) => architectures.includes(name))
      .map(({ id, assert }): Row => ["objective", id, null, own.missed.includes(id) ? 0 : 1, null, "1: met", assert]),
  ];
}

function operationRows(name: string, { operations }: Result): readonly Row[] {
  const own = operations?.architectures[name];
  if (operations === null || own === undefined) return [];
  const bands = [
    { key: "hours", band: own.hours, unit: "h" },
    { key: "operations", band: own.cost, unit: "USD" },
    { key: "bill_and_operations", band: own.total, unit: "USD" },
  ];
  return [
    ["operations", "rate", null, own.rate, null, "USD/h", own.rate_source ?? own.rate_reason],
    ...bands.flatMap(({ key, band, unit }): Row[] =>
      band === null ? [] : [["operations", key, band.low, band.typical, band.high, unit, own.reason]],
    ),
    ...operations.turns
      .filter(({ architecture }) => architecture === name)
      .map(({ other, hours }): Row => ["turns_beyond", other, null, hours, null, "h", null]),
  ];
}

function combineRows(name: string, { combine }: Result): readonly Row[] {
  const own = combine?.[name];
  if (own === undefined) return [];
  return [
    ...own.candidates.flatMap(({ components, boundary, shared, through }): Row[] => {
      const members = components.join("+");
      const between = through.join("+");
      return [
        ["combine", members, null, boundary.coordination, null, "USD", `coordination ${between}`.trim()],
        ["combine", members, null, boundary.data_passing, null, "USD", `data passing ${between}`.trim()],
        ["combine_shared", members, null, shared.coordination + shared.data_passing, null, "USD", between],
      ];
    }),
    ...own.not.map(({ components, why }): Row => ["not_combined", components.join("+"), null, null, null, "", why]),
  ];
}
