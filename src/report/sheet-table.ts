// A table of a sheet or of a report, laid out for a page.
import { type Column, columnWidths, type Grid, type Paint, rowLine } from "./columns.ts";
import { clean, wrap } from "./text.ts";

export type SheetTable = {
  readonly caption: string;
  /** names of the columns; the first `left` are words, the rest figures */
  readonly heading: readonly string[];
  readonly left: number;
  /** of the rest, so many of the last are words too: a page aligns them left */
  readonly tail?: number;
  /** so many of the first columns stay on a narrow page; the others go, last first; default: all stay */
  readonly keep?: number;
  readonly rows: readonly (readonly string[])[];
};

export type Sheet = {
  readonly title: string;
  /** the answer first */
  readonly sentences: readonly string[];
  readonly tables: readonly SheetTable[];
  readonly notes: readonly string[];
};

const INDENT = "  ";
/** Words of a table may be cut to this on a narrow page. */
const SHRINK = 14;
/** Rather than cut words below this, a column of figures goes. */
const KEPT = 26;
const GAP = 2;

/** Caption, heading and rows as lines of at most `width` columns; none where there are no rows. */
export function sheetTableLines(table: SheetTable, width: number, paint: Paint): string[] {
  const { caption, heading, rows } = table;
  if (rows.length === 0) return [];
  const { grid, widths } = layoutOf(table, width - INDENT.length);
  const cells = [heading, ...rows].map((row) => row.slice(0, widths.length).map(clean));
  const left = heading.length - widths.length;
  const more = left === 0 ? "" : ` (${left} more in CSV and JSON)`;
  return [
    ...wrap(caption + more, width).map((line) => paint("bold", line)),
    ...cells.map(
      (row, i) => INDENT + rowLine(row, grid, widths, (style, text) => paint(i === 0 ? "dim" : style, text)),
    ),
  ];
}

/** The most columns that fit the page without cutting a figure. */
function layoutOf({ heading, left, keep, rows }: SheetTable, page: number): { grid: Grid; widths: readonly number[] } {
  for (let count = heading.length; ; count -= 1) {
    const cells = [heading, ...rows].map((row) => row.slice(0, count).map(clean));
    const columns = heading
      .slice(0, count)
      .map((_, i): Column => (i < left ? { align: "left", shrink: SHRINK } : { align: "right" }));
    const grid: Grid = { columns, gap: GAP };
    const natural = columnWidths(cells, grid, Number.POSITIVE_INFINITY);
    const least = natural.map((wide, i) => (i < left ? Math.min(wide, KEPT) : wide));
    const fits = least.reduce((sum, wide) => sum + wide + GAP, -GAP) <= page;
    if (fits || count <= (keep ?? heading.length)) return { grid, widths: columnWidths(cells, grid, page) };
  }
}
