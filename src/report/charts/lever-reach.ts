import type { ChartConfiguration } from "chart.js";
import { stageWords } from "../../result/lever-words.ts";
import type { LeversResult } from "../../result/levers.ts";
import { percent } from "../../result/number.ts";
import { INK, seriesStyle } from "./palette.ts";
import { rangeBars } from "./range-bars.ts";
import { shortDollars } from "./ticks.ts";

export type LeverReach = Pick<LeversResult, "architecture" | "base" | "stages"> & { readonly title: string };

/** What is left of the cost after the levers of each class and those before it, a bar each. */
export function leverReach({ title, architecture, base, stages }: LeverReach): ChartConfiguration<"bar"> {
  const bar = (name: string, to: number, words: string, color: string) => ({
    name,
    from: 0,
    to,
    left: "",
    right: words,
    color,
  });
  return rangeBars({
    title,
    xLabel: "USD per month, the cheapest combination up to each class",
    begin: 0,
    format: shortDollars,
    bars: [
      bar(`${architecture} today`, base.cost, shortDollars(base.cost), INK.muted),
      ...stages
        .filter(({ available }) => available > 0)
        .map(({ upto, outcome: { cost, saving_share: share } }, at) =>
          bar(stageWords(upto), cost, `${shortDollars(cost)}, ${percent(share)} less`, seriesStyle(at).color),
        ),
    ],
  });
}
