// Metrics and objectives, operations, and what could be one.
import { type DecisionPart, decisionParts } from "../decision-parts.ts";
import type { SheetTable } from "../sheet-table.ts";
import { type Content, table } from "./markup.ts";
import { paragraphs, type Section } from "./section.ts";
import type { View } from "./view.ts";

/** It tells of the scenario as it is written. */
const FIXED = "combine";

/** A section for each part that the result has, and that follows the sliders of the page or does not. */
export function decisionSections({ result }: View, follows: boolean): readonly Section[] {
  const parts = decisionParts(result).filter(({ id }) => (id !== FIXED) === follows);
  return parts.map(({ id, title, capability, table: found, sentences }: DecisionPart) => ({
    id,
    title,
    capability,
    body: [found === null ? "" : sheetTable(found), paragraphs(sentences)],
  }));
}

function sheetTable({ caption, heading, left, rows }: SheetTable): Content {
  const heads = heading.map((title, i) => ({
    title: i === 0 && title === "" ? "Architecture" : title,
    figure: i >= left,
  }));
  return table({ caption, heads, rows });
}
