// Environments by themselves, and the second total with support, tax and currency.
import { type BesideTable, besideTables } from "../beside.ts";
import { type Content, data, table } from "./markup.ts";
import { type Part, paragraphs } from "./section.ts";
import type { View } from "./view.ts";

/** A part for each; none where the scenario states neither. */
export function besideParts({ result }: View): readonly Part[] {
  return besideTables(result).map((found) => ({
    id: found.title.toLowerCase().replaceAll(/[^a-z]+/g, "-"),
    title: found.title,
    capability: "Planning & Estimating",
    body: [besideTable(found), paragraphs(found.sentences.map((sentence) => `${sentence}.`))],
  }));
}

function besideTable({ caption, heading, rows }: BesideTable): Content {
  const heads = heading.map((title, i) => (i === 0 ? { title: "Architecture" } : { title, figure: true }));
  const cells = rows.map((row): Content[] => [
    row.name,
    ...row.cells.map(({ value, text }) => data(value, () => text)),
  ]);
  return table({ caption, heads, rows: cells });
}
