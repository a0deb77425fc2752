import type { ChartConfiguration } from "chart.js";
import { mass } from "../../result/carbon-words.ts";
import { percent, quantity } from "../../result/number.ts";
import { seriesStyle } from "./palette.ts";
import { rangeBars } from "./range-bars.ts";
import { shortDollars } from "./ticks.ts";

export type TornadoUnit = "USD" | "share" | "load" | "kg";

const FORMATS: Readonly<Record<TornadoUnit, (x: number) => string>> = {
  USD: shortDollars,
  share: percent,
  load: quantity,
  kg: mass,
};

export type Tornado = {
  readonly title: string;
  readonly xLabel: string;
  /** the result with every input at its value */
  readonly base: number;
  readonly unit: TornadoUnit;
  /** one input each, widest first; results at the low and the high end of its range */
  readonly inputs: readonly {
    readonly address: string;
    readonly unit: string;
    readonly low: number;
    readonly high: number;
    readonly atLow: number;
    readonly atHigh: number;
  }[];
};

/** What each input does to a result over its range, all else at its value; ends are named with the input's values. */
export function tornadoChart(data: Tornado): ChartConfiguration<"bar"> {
  const end = (x: number, unit: string): string => `${quantity(x)}${unit === "" ? "" : ` ${unit}`}`;
  return rangeBars({
    title: data.title,
    xLabel: data.xLabel,
    line: data.base,
    format: FORMATS[data.unit],
    bars: data.inputs.map(({ address, unit, low, high, atLow, atHigh }) => ({
      name: address,
      from: atLow,
      to: atHigh,
      left: end(low, unit),
      right: end(high, unit),
      color: seriesStyle(0).color,
    })),
  });
}
