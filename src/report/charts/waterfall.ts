import type { ChartConfiguration } from "chart.js";
import type { Waterfall as WaterfallResult } from "../../result/levers.ts";
import { INK, seriesStyle } from "./palette.ts";
import { rangeBars } from "./range-bars.ts";
import { shortDollars } from "./ticks.ts";

export type Waterfall = Pick<WaterfallResult, "from" | "to" | "steps"> & {
  readonly title: string;
  /** what the first bar is the cost of */
  readonly architecture: string;
};

/** What levers that make the rest dearer are drawn in; those that save have the colour of the first series. */
const DEARER = 1;

/** Floating bars, one a lever, from today's cost on top to the cost with all levers at the bottom. */
export function waterfallChart({ title, architecture, from, to, steps }: Waterfall): ChartConfiguration<"bar"> {
  const whole = (name: string, cost: number) => ({
    name,
    from: 0,
    to: cost,
    left: "",
    right: shortDollars(cost),
    color: INK.muted,
  });
  return rangeBars({
    title,
    xLabel: "USD per month; shares of levers are Shapley values",
    begin: 0,
    format: shortDollars,
    bars: [
      whole(`${architecture} today`, from),
      ...steps.map((step) => ({
        name: step.title,
        from: step.from,
        to: step.to,
        // Words stand behind the right end, which is where a bar that saves begins.
        left: step.share >= 0 ? `saves ${shortDollars(step.share)}` : "",
        right: step.share >= 0 ? "" : `adds ${shortDollars(-step.share)}`,
        color: seriesStyle(step.share >= 0 ? 0 : DEARER).color,
      })),
      whole("with all of them", to),
    ],
  });
}
