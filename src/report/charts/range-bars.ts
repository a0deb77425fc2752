// Horizontal bars from one value to another, which the tornado and the spread share.
import type { ChartConfiguration, Plugin } from "chart.js";
import { frame, heading, nameAxis, valueAxis } from "./frame.ts";
import { haloText } from "./halo-text.ts";
import { INK } from "./palette.ts";

export type RangeBar = {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** words behind the left and the right end of the bar */
  readonly left: string;
  readonly right: string;
  /** a mark inside the bar, such as a median */
  readonly mark?: number;
  readonly color: string;
};

export type RangeBars = {
  readonly title: string;
  readonly xLabel: string;
  /** one bar each, the first on top */
  readonly bars: readonly RangeBar[];
  /** a vertical line over all bars: the base case */
  readonly line?: number;
  /** where the axis begins; default: left of the words of the leftmost bar */
  readonly begin?: number;
  readonly format: (value: number) => string;
};

const GAP = 6;
/** Room beside the outermost bars for their words, as a share of the span. */
const ROOM = 0.22;

/** Bars between two values on a linear axis, with words at both ends. */
export function rangeBars(data: RangeBars): ChartConfiguration<"bar"> {
  const all = data.bars.flatMap(({ from, to }) => [from, to]);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const span = most > least ? most - least : Math.max(Math.abs(most), 1);
  const [values, names] = [valueAxis(data.xLabel, data.format), nameAxis()];
  return {
    type: "bar",
    data: {
      labels: data.bars.map(({ name }) => name),
      datasets: [
        {
          data: data.bars.map(({ from, to }): [number, number] => [Math.min(from, to), Math.max(from, to)]),
          backgroundColor: data.bars.map(({ color }) => color),
          borderSkipped: false,
          barPercentage: 0.7,
          categoryPercentage: 0.9,
        },
      ],
    },
    options: {
      ...frame(),
      indexAxis: "y",
      plugins: {
        title: heading(data.title, 12),
        legend: { display: false },
      },
      scales: {
        x: {
          ...values,
          min: data.begin ?? least - span * ROOM,
          max: most + span * ROOM,
          ticks: { ...values.ticks, includeBounds: false },
        },
        y: { ...names, ticks: { ...names.ticks, autoSkip: false } },
      },
    },
    plugins: [words(data)],
  };
}

function words({ bars, line }: RangeBars): Plugin<"bar"> {
  return {
    id: "words",
    afterDatasetsDraw({ ctx, scales, chartArea }) {
      const { x, y } = scales;
      if (x === undefined || y === undefined) return;
      ctx.save();
      ctx.fillStyle = INK.text;
      ctx.strokeStyle = INK.text;
      ctx.textBaseline = "middle";
      const stroke = (at: number, top: number, bottom: number, width: number): void => {
        ctx.lineWidth = width;
        ctx.beginPath();
        ctx.moveTo(x.getPixelForValue(at), top);
        ctx.lineTo(x.getPixelForValue(at), bottom);
        ctx.stroke();
      };
      if (line !== undefined) stroke(line, chartArea.top, chartArea.bottom, 1);
      const half = (y.height / Math.max(1, bars.length)) * 0.31;
      bars.forEach((bar, index) => {
        const row = y.getPixelForValue(index);
        const [first, last] = bar.from <= bar.to ? [bar.left, bar.right] : [bar.right, bar.left];
        ctx.textAlign = "right";
        haloText(ctx, first, x.getPixelForValue(Math.min(bar.from, bar.to)) - GAP, row);
        ctx.textAlign = "left";
        haloText(ctx, last, x.getPixelForValue(Math.max(bar.from, bar.to)) + GAP, row);
        if (bar.mark !== undefined) stroke(bar.mark, row - half, row + half, 2);
      });
      ctx.restore();
    },
  };
}
