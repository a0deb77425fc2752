// Metrics and objectives, operations, and what could be one.
import { type DecisionPart, decisionParts } from "../decision-parts.ts";
import type { SheetTable } from "../sheet-table.ts";
import { type Content, table } from "./markup.ts";
import { type Part, paragraphs } from "./section.ts";
import type { View } from "./view.ts";

/** What could be one is stated with the levers, all else with the comparison. */
const COMBINE = "combine";

/** Metrics and objectives, operations: what is compared besides the bill. */
export function comparedParts(view: View): readonly Part[] {
  return partsOf(view).filter(({ id }) => id !== COMBINE);
}

/** Which components could be one; none where no component says what it takes. */
export function combineParts(view: View): readonly Part[] {
  return partsOf(view).filter(({ id }) => id === COMBINE);
}

function partsOf({ result }: View): readonly Part[] {
  return decisionParts(result).map(({ id, title, capability, table: found, sentences }: DecisionPart) => ({
    id,
    title,
    capability,
    body: [found === null ? "" : sheetTable(found, title), paragraphs(sentences)],
  }));
}

function sheetTable({ caption, heading, left, rows }: SheetTable, title: string): Content {
  const heads = heading.map((head, i) => ({
    title: i === 0 && head === "" ? "Architecture" : head,
    figure: i >= left,
  }));
  return table({ caption, unseenCaption: caption === title, heads, rows });
}
