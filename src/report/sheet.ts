// What the deciding commands print: sentences, tables, notes; on a terminal and as Markdown alike.
import { painter } from "./columns.ts";
import { table as markdownTable, text as markdownText } from "./markdown.ts";
import { type Sheet, sheetTableLines } from "./sheet-table.ts";
import type { TableOptions } from "./table.ts";
import { wrap } from "./text.ts";

const WIDTH = 80;

/** As text for a terminal; tables without rows are left out. */
export function renderSheet(sheet: Sheet, { width = WIDTH, color = false }: TableOptions = {}): string {
  const paint = painter(color);
  const [first, ...rest] = sheet.sentences;
  const tables = sheet.tables.map((table) => sheetTableLines(table, width, paint));
  const lines = [
    ...(first === undefined ? [] : wrap(first, width).map((line) => paint("bold", line))),
    ...rest.flatMap((text) => wrap(text, width)),
    "",
    ...wrap(sheet.title, width).map((line) => paint("dim", line)),
    ...tables.flatMap((table) => (table.length === 0 ? [] : ["", ...table])),
    ...(sheet.notes.length === 0 ? [] : [""]),
    ...sheet.notes.flatMap((note) => wrap(note, width).map((line) => paint("dim", line))),
  ];
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
