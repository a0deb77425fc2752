/** A cell of a CSV text: what it says, and where, quotes included. */
export type CsvCell = { readonly text: string; readonly start: number; readonly end: number };

/**
 * Splits a CSV text (RFC 4180; lines may end with LF) into rows of cells, one at a time: a row of a million is forgotten
 * before the next is read. Blank lines are left out, white space around an unquoted cell as well.
 * @returns the offset of a quote that is never closed, where there is one
 */
export function* csvRows(text: string): Generator<readonly CsvCell[], number | undefined> {
  let row: CsvCell[] = [];
  // A byte order mark is not part of the first name.
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    const cell = text[at] === '"' ? quoted(text, at) : plain(text, at);
    if (cell === undefined) return at;
    row.push(cell);
    at = cell.end;
    while (text[at] === " " || text[at] === "\t") at += 1;
    if (text[at] === ",") {
      at += 1;
      // A comma at the very end leaves an empty cell behind it.
      if (at === text.length || text[at] === "\n" || text[at] === "\r") row.push({ text: "", start: at, end: at });
      else continue;
    }
    if (text[at] === "\r") at += 1;
    if (text[at] === "\n") at += 1;
    const isBlank = row.length === 1 && row[0]?.text === "" && row[0].start === row[0].end;
    if (!isBlank) yield row;
    row = [];
  }
  return undefined;
}

function plain(text: string, from: number): CsvCell {
  let end = from;
  while (end < text.length && text[end] !== "," && text[end] !== "\n" && text[end] !== "\r") end += 1;
  let start = from;
  while (start < end && (text[start] === " " || text[start] === "\t")) start += 1;
  let last = end;
  while (last > start && (text[last - 1] === " " || text[last - 1] === "\t")) last -= 1;
  return { text: text.slice(start, last), start, end };
}

/** Undefined where the quote is never closed. What stands between it and the next comma belongs to the cell. */
function quoted(text: string, start: number): CsvCell | undefined {
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return undefined;
    if (text[quote + 1] !== '"') {
      const rest = plain(text, quote + 1);
      const inner = text.slice(start + 1, quote).replaceAll('""', '"');
      return { text: inner + rest.text, start, end: rest.end };
    }
    at = quote + 2;
  }
}
