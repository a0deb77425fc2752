// Rows of cells in aligned columns that never exceed the page.
import { pad, widthOf } from "./text.ts";

export type Style = "bold" | "dim" | "good" | "warn" | "bad";
export type Column = {
  readonly align: "left" | "right";
  /** may be cut down to this many columns when the page is narrow; absent: is cut last */
  readonly shrink?: number;
  readonly style?: Style;
};
/** Columns with so many spaces between them. */
export type Grid = { readonly columns: readonly Column[]; readonly gap: number };
export type Paint = (style: Style | undefined, text: string) => string;

const CODES: Readonly<Record<Style, string>> = { bold: "1", dim: "2", good: "32", warn: "33", bad: "31" };

/** Colours a text that is already laid out, or leaves it alone. */
export function painter(color: boolean): Paint {
  return (style, text) =>
    color && style !== undefined && text.trim() !== "" ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;
}

/** Widths of the columns over all rows, so that blocks line up; shrinkable columns give way first, then the widest. */
export function columnWidths(rows: readonly (readonly string[])[], { columns, gap }: Grid, page: number): number[] {
  const widths = columns.map((_, i) => Math.max(0, ...rows.map((row) => widthOf(row[i] ?? ""))));
  let excess = widths.reduce((sum, width) => sum + width + gap, -gap) - page;
  columns.forEach(({ shrink }, i) => {
    const width = widths[i];
    if (shrink === undefined || width === undefined || excess <= 0) return;
    const less = Math.min(excess, Math.max(0, width - shrink));
    widths[i] = width - less;
    excess -= less;
  });
  while (excess > 0) {
    const widest = Math.max(...widths);
    if (widest <= 1) break;
    widths[widths.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return widths;
}

/** One line of cells, painted by column, without space at its end. */
export function rowLine(
  cells: readonly string[],
  { columns, gap }: Grid,
  widths: readonly number[],
  paint: Paint,
): string {
  const last = cells.findLastIndex((cell) => cell !== "");
  const laidOut = columns.slice(0, last + 1).map(({ align, style }, i) => {
    const cell = pad(cells[i] ?? "", widths[i] ?? widthOf(cells[i] ?? ""), align);
    return paint(style, i === last ? cell.trimEnd() : cell);
  });
  return laidOut.join(" ".repeat(gap));
}
