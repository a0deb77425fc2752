// Environments and the second total as text for a terminal.
import type { Result } from "../result/schema.ts";
import { besideTables } from "./beside.ts";
import { type Column, columnWidths, rowLine } from "./columns.ts";
import type { Page } from "./comparison-table.ts";
import { clean, wrap } from "./text.ts";

const INDENT = "  ";

/** A section for each table; none where the scenario states neither environments nor overheads. */
export function besideSections(result: Result, page: Page): string[][] {
  return besideTables(result).map(({ title, heading, rows, sentences }) => {
    const columns = heading.map(
      (_, i): Column => (i === 0 ? { align: "left", shrink: 12 } : { align: "right", shrink: 8 }),
    );
    const grid = { gap: 2, columns };
    const cells = rows.map((row) => [clean(row.name), ...row.cells.map(({ text }) => text)]);
    const widths = columnWidths([heading.map(clean), ...cells], grid, page.width - INDENT.length);
    return [
      page.paint("bold", title),
      INDENT + rowLine(heading.map(clean), grid, widths, (_, text) => page.paint("dim", text)),
      ...cells.map((row) => INDENT + rowLine(row, grid, widths, page.paint)),
      ...sentences.flatMap((text) =>
        wrap(clean(text), page.width - INDENT.length, INDENT).map((line) => INDENT + line),
      ),
    ];
  });
}
