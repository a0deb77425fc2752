import type { ChartConfiguration, Plugin } from "chart.js";
import { percent } from "../../result/number.ts";
import { frame, heading, nameAxis, valueAxis } from "./frame.ts";
import { haloText } from "./halo-text.ts";
import { INK, seriesStyle } from "./palette.ts";

/** The load at which each architecture meets its first quota. */
export type Capacities = {
  readonly title: string;
  readonly architectures: readonly {
    readonly name: string;
    readonly place: number;
    /** share of the expected load, as granted; 0: at any load; null: never */
    readonly share: number | null;
    /** what stands at the bar's end */
    readonly words: string;
  }[];
};

/** Ends of the axis, shares of the expected load. */
const AXIS = { min: 0.01, max: 100 } as const;
const DECADES = [0.01, 0.1, 1, 10, 100] as const;
const LABEL_GAP = 8;

/** Bars on a logarithmic scale from 1 % to 10,000 % of the load, the expected load marked. */
export function capacityBars({ title, architectures }: Capacities): ChartConfiguration<"bar"> {
  const lengths = architectures.map(({ share }) =>
    share === null ? AXIS.max : Math.min(Math.max(share, AXIS.min * 1.05), AXIS.max),
  );
  const values = valueAxis("share of the expected load", percent);
  return {
    type: "bar",
    data: {
      labels: architectures.map(({ name }) => name),
      datasets: [
        {
          data: lengths,
          backgroundColor: architectures.map(({ place }) => seriesStyle(place).color),
          barPercentage: 0.6,
        },
      ],
    },
    options: {
      ...frame(),
      indexAxis: "y",
      plugins: {
        title: heading(title, 12),
        legend: { display: false },
      },
      scales: {
        x: {
          type: "logarithmic",
          ...AXIS,
          ...values,
          ticks: { ...values.ticks, maxRotation: 0 },
          afterBuildTicks: (axis) => {
            axis.ticks = DECADES.map((value) => ({ value }));
          },
        },
        y: nameAxis(),
      },
    },
    plugins: [
      expected(
        architectures.map(({ words }) => words),
        lengths,
      ),
    ],
  };
}

/** The expected load as a dashed line, and words at the ends of the bars, inside where there is no room behind. */
function expected(words: readonly string[], lengths: readonly number[]): Plugin<"bar"> {
  return {
    id: "expected",
    afterDatasetsDraw({ ctx, chartArea, scales }) {
      const { x, y } = scales;
      if (x === undefined || y === undefined) return;
      const at = x.getPixelForValue(1);
      ctx.save();
      ctx.strokeStyle = INK.text;
      ctx.setLineDash([4, 4]);
      ctx.beginPath();
      ctx.moveTo(at, chartArea.top);
      ctx.lineTo(at, chartArea.bottom);
      ctx.stroke();
      ctx.fillStyle = INK.text;
      ctx.textBaseline = "middle";
      words.forEach((each, index) => {
        const end = x.getPixelForValue(lengths[index] ?? AXIS.min) + LABEL_GAP;
        const fits = end + ctx.measureText(each).width < chartArea.right;
        ctx.textAlign = fits ? "left" : "right";
        haloText(ctx, each, fits ? end : chartArea.right - LABEL_GAP, y.getPixelForValue(index));
      });
      ctx.restore();
    },
  };
}
