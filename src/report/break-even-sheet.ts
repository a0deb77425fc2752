// Break-even for people, and as CSV with all digits.
import type { BreakEvenResult } from "../result/decision-schema.ts";
import { breakEvenSentence, fixedSentences } from "../result/decision-words.ts";
import { percent, quantity } from "../result/number.ts";
import { type Cell, csv } from "./csv.ts";
import type { Sheet } from "./sheet-table.ts";

/** Who is cheapest where, every swap, and the stretches in which two keep swapping. */
export function breakEvenSheet(title: string, found: BreakEvenResult): Sheet {
  const unit = found.unit === "" ? found.over : `${found.over}, ${found.unit}`;
  const factor = (x: number): string => `${quantity(x / found.today)} ×`;
  return {
    title: `${title}: break-even over ${found.over}, today ${quantity(found.today)}${found.unit === "" ? "" : ` ${found.unit}`}`,
    sentences: [breakEvenSentence(found), ...fixedSentences(found)],
    tables: [
      {
        caption: "Cheapest",
        heading: ["", "begins by", `from (${unit})`, "to", "today's"],
        left: 2,
        rows: found.intervals.map(({ from, to, cheapest, begins }) => [
          cheapest ?? "none can serve it",
          { range: "", cost: "cost", limit: "a limit", objective: "an objective" }[begins],
          quantity(from),
          quantity(to),
          `${factor(from)} to ${factor(to)}`,
        ]),
      },
      {
        caption: "Swaps of rank, by cost alone",
        heading: ["cheaper below", "cheaper above", "kind", `at (${unit})`, "today's"],
        left: 3,
        rows: found.crossings.map(({ at, kind, below, above }) => [below, above, kind, quantity(at), factor(at)]),
      },
      {
        caption: "Stretches in which two keep swapping",
        heading: ["between", "swaps", `from (${unit})`, "to"],
        left: 1,
        rows: found.bands.map(({ from, to, swaps, between }) => [
          between.join(" and "),
          String(swaps),
          quantity(from),
          quantity(to),
        ]),
      },
    ],
    notes: [
      "A crossing: both cost the same there. A jump: a whole instance or a fixed part leaps over the other.",
      ...(found.resolution > 1e-5
        ? [`Swaps nearer to each other than ${percent(found.resolution)} may have been missed.`]
        : []),
    ],
  };
}

/** Intervals, crossings and bands, a row each. */
export function breakEvenCsv(found: BreakEvenResult): string {
  const rows: Cell[][] = [
    ...found.intervals.map(({ from, to, cheapest, begins }): Cell[] => [
      "interval",
      from,
      to,
      cheapest,
      null,
      null,
      begins,
    ]),
    ...found.crossings.map(({ at, kind, below, above }): Cell[] => [kind, at, at, below, above, 1, null]),
    ...found.bands.map(({ from, to, swaps, between }): Cell[] => ["band", from, to, ...between, swaps, null]),
  ];
  return csv(["kind", "from", "to", "cheapest_or_below", "above", "swaps", "begins"], rows);
}
