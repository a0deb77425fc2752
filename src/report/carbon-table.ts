// Carbon as text for a terminal.
import type { Result } from "../result/schema.ts";
import * as words from "./carbon.ts";
import { columnWidths, type Grid, rowLine } from "./columns.ts";
import type { Page } from "./comparison-table.ts";
import { clean, wrap } from "./text.ts";

const INDENT = "  ";
const ROWS: Grid = {
  gap: 2,
  columns: [
    { align: "left", shrink: 12 },
    { align: "right" },
    { align: "right", style: "dim" },
    { align: "right" },
    { align: "right" },
    { align: "right" },
  ],
};
const PARTS: Grid = {
  gap: 2,
  columns: [
    { align: "left", shrink: 20 },
    { align: "right" },
    { align: "left" },
    { align: "right", style: "dim" },
    { align: "right", style: "dim" },
  ],
};

/** Carbon of the architectures side by side, the largest parts of each, and on what it rests. Empty without carbon. */
export function carbonSection(result: Result, page: Page): string[] {
  const rows = words.carbonRows(result);
  if (rows.length === 0) return [];
  const heading = ["", "a month", "low to high", "embodied", `per ${clean(result.workload.reported_unit)}`, "energy"];
  const cells = rows.map((row) => [clean(row.name), row.month, row.band, row.embodied, row.perUnit, row.energy]);
  const widths = columnWidths([heading, ...cells], ROWS, page.width - INDENT.length);
  const paragraph = (text: string, style?: "dim"): string[] =>
    wrap(text, page.width - INDENT.length, INDENT).map((line) => INDENT + page.paint(style, line));
  const basis = words.carbonBasis(result);
  return [
    page.paint("bold", "Carbon"),
    INDENT + rowLine(heading, ROWS, widths, (_, text) => page.paint("dim", text)),
    ...cells.map((row) => INDENT + rowLine(row, ROWS, widths, page.paint)),
    ...parts(result, page),
    ...[...words.carbonSentences(result), ...words.carbonBeside(result), ...words.carbonGaps(result)].flatMap((text) =>
      paragraph(clean(text)),
    ),
    ...(basis === null ? [] : paragraph(clean(basis), "dim")),
  ];
}

/** The largest lines, once for architectures that have the same. */
function parts(result: Result, page: Page): string[] {
  const groups = new Map<string, { names: string[]; cells: string[][] }>();
  for (const { name, carbon } of words.carbonRows(result)) {
    const cells = words
      .carbonParts(carbon)
      .map(({ what, month, mark, band, energy }) => [clean(what), month, mark, band, energy]);
    const key = JSON.stringify(cells);
    const group = groups.get(key) ?? { names: [], cells };
    group.names.push(clean(name));
    groups.set(key, group);
  }
  const all = [...groups.values()].flatMap(({ cells }) => cells);
  const widths = columnWidths(all, PARTS, page.width - INDENT.length);
  return [...groups.values()].flatMap(({ names, cells }) => [
    ...wrap(names.join(", "), page.width).map((line) => page.paint("bold", line)),
    ...cells.map((row) => INDENT + rowLine(row, PARTS, widths, page.paint)),
  ]);
}
