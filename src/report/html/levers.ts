// How far cheaper levers go, and what is left for another architecture.
import type { LeversResult } from "../../result/levers.ts";
import { money } from "../../result/number.ts";
import { aloneTable, leverNotes, reachTable } from "../levers-sheet.ts";
import type { SheetTable } from "../sheet-table.ts";
import { rangeBars } from "../svg/range-bars.ts";
import { picture } from "../svg/text.ts";
import { html, type Markup, table } from "./markup.ts";
import { type Part, paragraphs, type Section } from "./section.ts";

/** Colours of the series: of levers that save, and of those that make the rest dearer. */
const SAVES = "series-0";
const ADDS = "series-1";
const WHOLE = "role-other";

export function leverSection(found: LeversResult): Section {
  return {
    id: "levers",
    title: "Levers",
    capability: "Rate and Usage Optimization",
    body: [
      paragraphs(found.sentences),
      // Which levers they are stands in the sentences.
      tableOf(withoutLast(reachTable(found))),
    ],
  };
}

/** What each of the levers that are best together adds, as bars; undefined where there is no combination to show. */
export function waterfallPart(found: Pick<LeversResult, "waterfall" | "architecture">): Part | undefined {
  const drawn = waterfall(found);
  if (drawn.length === 0) return undefined;
  return { id: "waterfall", title: "Waterfall", capability: "Rate and Usage Optimization", body: drawn };
}

/** Each lever by itself, and how all of this was found. */
export function alonePart(found: LeversResult): Part {
  return {
    id: "alone",
    title: "Each lever alone",
    capability: "Rate and Usage Optimization",
    body: [tableOf(aloneTable(found)), ...leverNotes(found).map((note) => html`<p class="soft">${note}</p>\n`)],
  };
}

function withoutLast({ heading, rows, ...table }: SheetTable): SheetTable {
  return { ...table, heading: heading.slice(0, -1), rows: rows.map((row) => row.slice(0, -1)) };
}

function tableOf({ caption, heading, left, rows }: SheetTable): Markup {
  const heads = heading.map((title, at) => (at < left ? { title } : { title, figure: true }));
  return table({ caption, heads, rows });
}

function waterfall({ waterfall: found, architecture }: Pick<LeversResult, "waterfall" | "architecture">): Markup[] {
  if (found === null) return [];
  const whole = (name: string, cost: number) => ({
    name,
    kind: WHOLE,
    low: 0,
    mid: cost,
    high: cost,
    words: money(cost),
  });
  const bars = [
    whole(`${architecture} today`, found.from),
    ...found.steps.map(({ title, share, from, to }) => ({
      name: title,
      kind: share >= 0 ? SAVES : ADDS,
      low: Math.min(from, to),
      mid: to,
      high: Math.max(from, to),
      words: share >= 0 ? `saves ${money(share)}` : `adds ${money(-share)}`,
    })),
    whole("with all of them", found.to),
  ];
  const steps = found.steps.map(({ title, share }) => `${title} ${money(share)}`).join(", ");
  const finding = `From ${money(found.from)} to ${money(found.to)} a month: ${steps}.`;
  return [
    picture(
      (width) => rangeBars(bars, { finding, log: false }, width),
      "USD a month from the cost today to that with all of the levers; each bar is a lever's Shapley share",
    ),
  ];
}
