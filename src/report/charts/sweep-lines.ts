// A figure over the values of a sweep: linear axes, steps drawn as steps, words as categories.
import type { ChartConfiguration } from "chart.js";
import { lineAxis, lineFrame } from "./frame.ts";
import { seriesStyle } from "./palette.ts";
import { shortDollars, shortNumber } from "./ticks.ts";

export type SweepLines = {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly money: boolean;
  /** values of the variable as shown */
  readonly labels: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
};

/** One line an architecture; a value that does not exist is a gap. */
export function sweepLines(data: SweepLines): ChartConfiguration<"line"> {
  const write = data.money ? shortDollars : shortNumber;
  const [x, y] = [lineAxis(data.xLabel), lineAxis(data.yLabel)];
  return {
    type: "line",
    data: {
      labels: [...data.labels],
      datasets: data.series.map(({ name, values }, index) => {
        const { color, dash } = seriesStyle(index);
        return {
          label: name,
          data: [...values],
          borderColor: color,
          backgroundColor: color,
          borderDash: [...dash],
          borderWidth: 2.5,
          pointRadius: values.length > 60 ? 0 : 3,
          stepped: "middle" as const,
        };
      }),
    },
    options: {
      ...lineFrame(data.title),
      scales: {
        x: { ...x, ticks: { ...x.ticks, maxTicksLimit: 14 } },
        y: { beginAtZero: true, ...y, ticks: { ...y.ticks, callback: (value) => write(Number(value)) } },
      },
    },
  };
}
