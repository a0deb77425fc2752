// How sure the figures are, and which inputs matter most.
import type { SwingsResult } from "../../result/decision-schema.ts";
import { inLocale, money, percent, quantity } from "../../result/number.ts";
import { rangeBars } from "../svg/range-bars.ts";
import { picture } from "../svg/text.ts";
import { type Content, data, html, table } from "./markup.ts";
import type { Section } from "./section.ts";
import { placeOf, ranked, type View } from "./view.ts";

/** @param all samples that the command takes, where these are fewer */
export function uncertaintySection(view: View, all?: number): Section | undefined {
  const found = view.result.uncertainty;
  if (found === null) return undefined;
  const entries = ranked(view).flatMap((name) => {
    const own = found.architectures[name];
    return own === undefined ? [] : [[name, own] as const];
  });
  const rows = entries.map(([name, { cost, saving_share: saving, cheapest, emits_least: least }]): Content[] => [
    name,
    data(cost.p10, money),
    data(cost.p50, money),
    data(cost.p90, money),
    saving === null ? "" : [data(saving.p10, percent), " to ", data(saving.p90, percent)],
    data(cheapest, percent),
    least === null ? "" : data(least, percent),
  ]);
  const heads = [
    { title: "Architecture" },
    ...["p10", "p50", "p90", "saves (p10 to p90)", "cheapest in", "emits least in"].map((title) => ({
      title,
      figure: true,
    })),
  ];
  const bars = entries.map(([name, { cost }]) => ({
    name,
    kind: `series-${String(placeOf(view, name) % 7)}`,
    low: cost.p10,
    mid: cost.p50,
    high: cost.p90,
    words: `${money(cost.p10)} to ${money(cost.p90)}`,
  }));
  const finding = entries.map(([name, { cheapest }]) => `${name} is the cheapest in ${percent(cheapest)}`).join(", ");
  return {
    id: "uncertainty",
    title: "Uncertainty",
    capability: "Planning & Estimating",
    body: [
      picture(
        (width) => rangeBars(bars, { finding: `Cost a month from p10 to p90. ${finding}`, log: true }, width),
        "USD a month from p10 to p90, the stroke is p50; logarithmic scale",
      ),
      table({
        caption:
          "US dollars a month over the assumed ranges; cheapest and least carbon of those that serve the load and meet the objectives",
        heads,
        rows,
      }),
      html`<p class="soft">${inLocale(String(found.kept))} samples of the assumed ranges${reduced(found.samples, all)}, seed ${String(found.seed)}: shares of the assumed range, not probabilities.</p>\n`,
    ],
  };
}

function reduced(samples: number, all: number | undefined): string {
  return all === undefined || samples >= all ? "" : `, a reduced sample (the command takes ${inLocale(String(all))})`;
}

const SHOWN = 12;

/** What the tornado shows: costs today, and at both ends of each range. */
export type Swings = {
  readonly base: Readonly<Record<string, { readonly cost: number }>>;
  readonly tornado: readonly Omit<SwingsResult["tornado"][number], "saving_share" | "binding_load" | "carbon">[];
};

export function tornadoSection(view: View, found: Swings): Section | undefined {
  const name = view.result.comparison.cheapest;
  const base = found.base[name]?.cost;
  const rows = found.tornado
    .flatMap((row) => {
      const ends = row.cost[name];
      return ends === undefined || ends.low === ends.high ? [] : [{ row, ends }];
    })
    .sort((a, b) => Math.abs(b.ends.high - b.ends.low) - Math.abs(a.ends.high - a.ends.low))
    .slice(0, SHOWN);
  const [widest] = rows;
  if (base === undefined || widest === undefined) return undefined;
  const bars = rows.map(({ row, ends }) => ({
    name: `${row.address}: ${quantity(row.low)} to ${quantity(row.high)}${row.unit === "" ? "" : ` ${row.unit}`}`,
    kind: "tornado",
    low: Math.min(ends.low, ends.high),
    mid: base,
    high: Math.max(ends.low, ends.high),
    words: `${money(ends.low)} to ${money(ends.high)}`,
  }));
  const heads = [
    { title: "Input" },
    ...["low", "value", "high", "cost at low", "cost at high"].map((title) => ({ title, figure: true })),
    { title: "Unit" },
  ];
  const finding = `${widest.row.address} moves the cost of ${name} most, from ${money(widest.ends.low)} to ${money(widest.ends.high)} a month.`;
  return {
    id: "tornado",
    title: "Tornado: what matters most",
    capability: "Planning & Estimating",
    body: [
      html`<p>${finding}</p>\n`,
      picture(
        (width) => rangeBars(bars, { finding, log: false }, width),
        `USD a month of ${name} as each input goes over its own range; the stroke is today's cost`,
      ),
      table({
        caption: `Cost a month of ${name} at both ends of each range, US dollars`,
        heads,
        rows: rows.map(({ row, ends }): Content[] => [
          row.address,
          data(row.low, quantity),
          data(row.value, quantity),
          data(row.high, quantity),
          data(ends.low, money),
          data(ends.high, money),
          row.unit,
        ]),
      }),
    ],
  };
}
