// Elasticities and the tornado for people, and as CSV with all digits.
import { mass } from "../result/carbon-words.ts";
import type { Elasticity, SensitivityResult } from "../result/decision-schema.ts";
import { inputWords } from "../result/decision-words.ts";
import { figure, money, percent, quantity, significant } from "../result/number.ts";
import { type Cell, csv } from "./csv.ts";
import type { Sheet, SheetTable } from "./sheet-table.ts";

/** Elasticities below this move nothing that one would see. */
const LEAST = 0.005;
const MOST_ROWS = 25;

/** @param focus the architecture whose saving and cost the tornado says: the cheapest that serves the load */
export function sensitivitySheet(title: string, found: SensitivityResult, focus: string): Sheet {
  // On a narrow page the last ones go.
  const names = [...new Set([focus, ...(found.current === null ? [] : [found.current]), ...Object.keys(found.base)])];
  const others = names.filter((name) => name !== found.current);
  const emitting = names.filter((name) => found.base[name]?.carbon !== null);
  const bound = names.filter((name) => found.base[name]?.binding_load !== null);
  return {
    title: `${title}: what moves the results`,
    sentences: [...strongest(found, focus), ...widest(found, focus)],
    tables: [
      ...tornadoTables(found, focus),
      elasticityTable("cost", names, found.elasticities, ({ cost }) => cost),
      ...(found.current === null
        ? []
        : [elasticityTable(`the saving against ${found.current}`, others, found.elasticities, ({ saving }) => saving)]),
      elasticityTable("the load that the first quota allows", bound, found.elasticities, (each) => each.binding_load),
      elasticityTable("carbon", emitting, found.elasticities, ({ carbon }) => carbon),
      elasticityTable("the cost of a unit of work", names, found.elasticities, (each) => each.cost_per_unit),
    ],
    notes: [
      "Long-run elasticities: percent per percent of the input, with whole instances and other steps taken as divisible.",
    ],
  };
}

function strongest({ elasticities }: SensitivityResult, focus: string): string[] {
  const sorted = [...elasticities].sort((a, b) => Math.abs(b.cost[focus] ?? 0) - Math.abs(a.cost[focus] ?? 0));
  const named = sorted.slice(0, 3).map((each) => `${inputWords(each.address)} (${signed(each.cost[focus])})`);
  return named.length === 0
    ? []
    : [`In percent per percent, the cost of ${focus} moves most with ${named.join(", ")}.`];
}

function widest({ tornado }: SensitivityResult, focus: string): string[] {
  const [row] = [...tornado].sort((a, b) => swing(b, focus) - swing(a, focus));
  const saved = row?.saving_share[focus];
  if (row === undefined || saved === undefined || saved.low === saved.high) return [];
  const unit = row.unit === "" ? "" : ` ${row.unit}`;
  return [
    `Of the ranges, ${row.address} (${quantity(row.low)} to ${quantity(row.high)}${unit}) moves its saving most: ${percent(saved.low)} to ${percent(saved.high)}.`,
  ];
}

function swing({ saving_share: saving, cost }: SensitivityResult["tornado"][number], focus: string): number {
  const ends = saving[focus] ?? cost[focus];
  return ends === undefined ? 0 : Math.abs(ends.high - ends.low);
}

function signed(x: number | null | undefined): string {
  if (x === null || x === undefined || x === 0) return "";
  return figure(significant(x, 2));
}

type Ends = { readonly low: number; readonly high: number } | null | undefined;

function ends(both: Ends, words: (x: number) => string): string {
  if (both === null || both === undefined) return "";
  return both.low === both.high ? words(both.low) : `${words(both.low)} to ${words(both.high)}`;
}

type Row = SensitivityResult["tornado"][number];
type Of = { readonly what: string; readonly of: (row: Row) => Ends; readonly words: (x: number) => string };

/** What a range moves: a table for each result of an architecture, widest first; what does not move it is left out. */
function tornadoTables({ tornado, current, base }: SensitivityResult, focus: string): readonly SheetTable[] {
  const loads = [focus, ...(current === null ? [] : [current])].find((name) => (base[name]?.binding_load ?? 0) > 0);
  const results: readonly (Of & { readonly name: string })[] = [
    { name: focus, what: "saves", of: (row) => row.saving_share[focus], words: percent },
    { name: focus, what: "cost a month", of: (row) => row.cost[focus], words: money },
    ...(loads === undefined
      ? []
      : [{ name: loads, what: "quota binds at", of: (row: Row) => row.binding_load[loads], words: quantity }]),
    { name: focus, what: "CO2e a month", of: (row) => row.carbon[focus], words: mass },
  ];
  return results.map(({ name, what, of, words }) => ({
    caption: `Each range from end to end, all else at its value: ${name}`,
    heading: ["input", "range", `${what}, low to high`],
    left: 2,
    rows: moved(tornado, of).map(({ row, both }) => [
      inputWords(row.address),
      `${quantity(row.low)} to ${quantity(row.high)}${row.unit === "" ? "" : ` ${row.unit}`}`,
      ends(both, words),
    ]),
  }));
}

function moved(tornado: readonly Row[], of: Of["of"]) {
  return tornado
    .flatMap((row) => {
      const both = of(row);
      return both === null || both === undefined || both.low === both.high ? [] : [{ row, both }];
    })
    .sort((a, b) => Math.abs(b.both.high - b.both.low) - Math.abs(a.both.high - a.both.low))
    .slice(0, MOST_ROWS);
}

function elasticityTable(
  what: string,
  names: readonly string[],
  elasticities: readonly Elasticity[],
  of: (each: Elasticity) => Readonly<Record<string, number | null>>,
): SheetTable {
  const size = (each: Elasticity): number => Math.max(0, ...names.map((name) => Math.abs(of(each)[name] ?? 0)));
  const rows = elasticities
    .filter((each) => size(each) >= LEAST)
    .sort((a, b) => size(b) - size(a))
    .slice(0, MOST_ROWS);
  return {
    caption: `Long-run elasticity of ${what}`,
    heading: ["input", ...names],
    left: 1,
    keep: 3,
    rows:
      names.length === 0
        ? []
        : rows.map((each) => [inputWords(each.address), ...names.map((name) => signed(of(each)[name]))]),
  };
}

/** Elasticities and tornado ends, a row for each input, architecture and figure. */
export function sensitivityCsv(found: SensitivityResult): string {
  const rows: Cell[][] = [];
  for (const { address, unit, value, cost, saving, binding_load: load, ...more } of found.elasticities) {
    for (const [name, slope] of Object.entries(cost)) rows.push([address, unit, name, "cost_elasticity", value, slope]);
    for (const [name, slope] of Object.entries(saving))
      rows.push([address, unit, name, "saving_elasticity", value, slope]);
    for (const [name, slope] of Object.entries(load))
      rows.push([address, unit, name, "binding_load_elasticity", value, slope]);
    for (const [name, slope] of Object.entries(more.carbon))
      rows.push([address, unit, name, "carbon_elasticity", value, slope]);
    for (const [name, slope] of Object.entries(more.cost_per_unit))
      rows.push([address, unit, name, "cost_per_unit_elasticity", value, slope]);
  }
  for (const row of found.tornado) {
    for (const end of ["low", "high"] as const) {
      const at = row[end];
      for (const [name, ends] of Object.entries(row.cost))
        rows.push([row.address, row.unit, name, "cost", at, ends[end]]);
      for (const [name, ends] of Object.entries(row.saving_share)) {
        rows.push([row.address, row.unit, name, "saving_share", at, ends[end]]);
      }
      for (const [name, ends] of Object.entries(row.binding_load)) {
        rows.push([row.address, row.unit, name, "binding_load", at, ends?.[end] ?? null]);
      }
      for (const [name, ends] of Object.entries(row.carbon)) {
        rows.push([row.address, row.unit, name, "carbon", at, ends[end]]);
      }
    }
  }
  return csv(["input", "unit", "architecture", "figure", "input_value", "value"], rows);
}
