import type { ChartConfiguration, Plugin } from "chart.js";
import { frame, heading, nameAxis, valueAxis } from "./frame.ts";
import { haloText } from "./halo-text.ts";
import { INK } from "./palette.ts";

export type StackedBars = {
  readonly title: string;
  readonly xLabel: string;
  readonly format: (x: number) => string;
  readonly pieces: readonly { readonly name: string; readonly color: string }[];
  /** one value for each piece; NaN where there is none */
  readonly bars: readonly { readonly name: string; readonly values: readonly number[] }[];
};

const LABEL_GAP = 8;
const HEADROOM = 1.15; // the totals stand right of the bars

/** Stacked horizontal bars in the given order, a colour a piece, the total at the end. */
export function stackedBarsChart(chart: StackedBars): ChartConfiguration<"bar"> {
  const totals = chart.bars.map(({ values }) => values.filter(Number.isFinite).reduce((sum, x) => sum + x, 0));
  const most = Math.max(...totals, 0);
  const values = valueAxis(chart.xLabel, chart.format);
  return {
    type: "bar",
    data: {
      labels: chart.bars.map(({ name }) => name),
      datasets: chart.pieces.map(({ name, color }, piece) => ({
        label: name,
        data: chart.bars.map(({ values }) => values[piece] ?? Number.NaN),
        backgroundColor: color,
        borderColor: INK.paper,
        borderWidth: { right: 1 },
        borderSkipped: false,
        barPercentage: 0.7,
        categoryPercentage: 0.9,
      })),
    },
    options: {
      ...frame(),
      indexAxis: "y",
      plugins: {
        title: heading(chart.title, 4),
        legend: {
          position: "top",
          align: "start",
          labels: { color: INK.text, font: { size: 13 }, boxWidth: 14, boxHeight: 14, padding: 16 },
        },
      },
      scales: {
        x: {
          stacked: true,
          ...values,
          ...(most > 0 ? { max: most * HEADROOM } : {}),
          ticks: { ...values.ticks, includeBounds: false },
        },
        y: { stacked: true, ...nameAxis() },
      },
    },
    plugins: [totalsAtEnd(totals, chart.format)],
  };
}

/** Writes each bar's total behind its end, since a small bar beside a large one is only readable as a figure. */
function totalsAtEnd(totals: readonly number[], format: StackedBars["format"]): Plugin<"bar"> {
  return {
    id: "totals",
    afterDatasetsDraw({ ctx, scales }) {
      const { x, y } = scales;
      if (x === undefined || y === undefined) return;
      ctx.save();
      ctx.fillStyle = INK.text;
      ctx.textBaseline = "middle";
      ctx.textAlign = "left";
      totals.forEach((total, index) => {
        haloText(ctx, format(total), x.getPixelForValue(Math.max(total, 0)) + LABEL_GAP, y.getPixelForValue(index));
      });
      ctx.restore();
    },
  };
}
