import type { ChartConfiguration } from "chart.js";
import { mass } from "../../result/carbon-words.ts";
import { percent } from "../../result/number.ts";
import { seriesStyle } from "./palette.ts";
import { rangeBars } from "./range-bars.ts";
import { shortDollars } from "./ticks.ts";

export type Spread = {
  readonly title: string;
  readonly xLabel: string;
  readonly unit: "USD" | "share" | "kg";
  readonly architectures: readonly {
    readonly name: string;
    /** its place in the scenario, so that it keeps its colour in every chart */
    readonly place: number;
    readonly p10: number;
    readonly p50: number;
    readonly p90: number;
  }[];
};

/** From p10 to p90 of the samples, the median marked, a bar for each architecture. */
export function spreadChart(data: Spread): ChartConfiguration<"bar"> {
  const words = { USD: shortDollars, share: percent, kg: mass }[data.unit];
  return rangeBars({
    title: data.title,
    xLabel: data.xLabel,
    format: words,
    bars: data.architectures.map(({ name, place, p10, p50, p90 }) => ({
      name,
      from: p10,
      to: p90,
      left: words(p10),
      right: words(p90),
      mark: p50,
      color: seriesStyle(place).color,
    })),
  });
}
