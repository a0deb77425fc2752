// What the deciding commands print: sentences, tables, notes; on a terminal and as Markdown alike.
import { type Column, columnWidths, type Grid, painter, rowLine } from "./columns.ts";
import { table as markdownTable, text as markdownText } from "./markdown.ts";
import type { TableOptions } from "./table.ts";
import { clean, wrap } from "./text.ts";

export type SheetTable = {
  readonly caption: string;
  /** names of the columns; the first `left` are words, the rest figures */
  readonly heading: readonly string[];
  readonly left: number;
  readonly rows: readonly (readonly string[])[];
};

export type Sheet = {
  readonly title: string;
  /** the answer first */
  readonly sentences: readonly string[];
  readonly tables: readonly SheetTable[];
  readonly notes: readonly string[];
};

const WIDTH = 80;
const INDENT = "  ";
/** Words of a table may be cut to this on a narrow page. */
const SHRINK = 14;

/** As text for a terminal; tables without rows are left out. */
export function renderSheet(sheet: Sheet, { width = WIDTH, color = false }: TableOptions = {}): string {
  const paint = painter(color);
  const [first, ...rest] = sheet.sentences;
  const lines = [
    ...(first === undefined ? [] : wrap(first, width).map((line) => paint("bold", line))),
    ...rest.flatMap((text) => wrap(text, width)),
    "",
    ...wrap(sheet.title, width).map((line) => paint("dim", line)),
  ];
  for (const { caption, heading, left, rows } of sheet.tables) {
    if (rows.length === 0) continue;
    const cells = [heading, ...rows].map((row) => row.map(clean));
    const columns = heading.map((_, i): Column => (i < left ? { align: "left", shrink: SHRINK } : { align: "right" }));
    const grid: Grid = { columns, gap: 2 };
    const widths = columnWidths(cells, grid, width - INDENT.length);
    lines.push("", ...wrap(caption, width).map((line) => paint("bold", line)));
    cells.forEach((row, i) => {
      lines.push(INDENT + rowLine(row, grid, widths, (style, text) => paint(i === 0 ? "dim" : style, text)));
    });
  }
  if (sheet.notes.length > 0) lines.push("");
  for (const note of sheet.notes) lines.push(...wrap(note, width).map((line) => paint("dim", line)));
  return `${lines.join("\n")}\n`;
}

/** As Markdown for a pull request. */
export function renderSheetMarkdown(sheet: Sheet): string {
  const [first, ...rest] = sheet.sentences;
  const lines = [`## ${markdownText(sheet.title)}`, ""];
  if (first !== undefined) lines.push(`**${markdownText(first)}**`, "");
  for (const sentence of rest) lines.push(markdownText(sentence), "");
  for (const { caption, heading, left, rows } of sheet.tables) {
    if (rows.length === 0) continue;
    const escaped = rows.map((row) => row.map(markdownText));
    lines.push(markdownText(caption), "", ...markdownTable(heading.map(markdownText), left, escaped), "");
  }
  for (const note of sheet.notes) lines.push(`<sub>${markdownText(note)}</sub>`, "");
  return `${lines.join("\n").trimEnd()}\n`;
}
