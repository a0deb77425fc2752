// Cost over load, of a month or of a unit of work: both axes logarithmic.
import type { Chart, ChartConfiguration, LegendItem, Plugin } from "chart.js";
import { frame, heading, valueAxis } from "./frame.ts";
import { haloText } from "./halo-text.ts";
import { INK, seriesStyle } from "./palette.ts";
import { logTicks, shortDollars, shortNumber } from "./ticks.ts";

/** Cost of several architectures over one variable. */
export type CostCurves = {
  readonly title: string;
  /** what a cost is per, e.g. `month` or `stream-hour` */
  readonly unit: string;
  /** points as [value of the variable, USD], ascending; a point that is not > 0 cannot be drawn and is left out */
  readonly architectures: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[];
  /** value of the variable today, marked by a line; outside the points it is not drawn */
  readonly today: number;
  readonly xLabel: string;
  /** points [value of the variable, USD] where the cheapest changes, marked by circles */
  readonly turns?: readonly (readonly [number, number])[];
};

type Range = { readonly min: number; readonly max: number };

const LABEL_GAP = 6;
const LINE_WIDTH = 2.5;
/** max / min of an axis, at least: a flat line stays flat, and there are round values to write beside the axis */
const LEAST_RATIO = 2;
/** share of the axis left free above and below the lines */
const PADDING = 0.04;

/** Costs over load as lines on logarithmic axes, today's load marked. */
export function costCurve(data: CostCurves): ChartConfiguration<"line"> {
  const lines = data.architectures.map(({ name, points }) => ({
    name,
    points: points
      .filter(([x, y]) => x > 0 && y > 0 && Number.isFinite(x) && Number.isFinite(y))
      .map(([x, y]) => ({ x, y })),
  }));
  const points = lines.flatMap((line) => line.points);
  const x = extent(points.map((point) => point.x));
  const y = padded(extent(points.map((point) => point.y)));
  return {
    type: "line",
    data: {
      datasets: lines.map(({ name, points: drawn }, index) => {
        const { color, dash } = seriesStyle(index);
        return {
          label: name,
          data: drawn,
          borderColor: color,
          backgroundColor: color,
          borderDash: [...dash],
          borderWidth: LINE_WIDTH,
          pointRadius: 0,
          tension: 0,
        };
      }),
    },
    options: {
      ...frame(),
      plugins: {
        title: heading(data.title, 4),
        legend: {
          position: "top",
          align: "start",
          labels: {
            font: { size: 13 },
            usePointStyle: true,
            pointStyle: "line",
            pointStyleWidth: 40,
            padding: 16,
            generateLabels,
          },
        },
        tooltip: { enabled: true },
      },
      scales: {
        x: logAxis(x, data.xLabel, shortNumber),
        y: logAxis(y, `USD per ${data.unit}`, shortDollars),
      },
    },
    plugins: [todayLine(data.today), turnMarks(data.turns ?? [])],
  };
}

/** Chart.js's own labels leave out the dashes of a line. */
function generateLabels(chart: Chart): LegendItem[] {
  return chart.data.datasets.map(({ label }, index) => {
    const { color, dash } = seriesStyle(index);
    return {
      text: label ?? "",
      pointStyle: "line",
      fontColor: INK.text,
      strokeStyle: color,
      fillStyle: color,
      lineWidth: LINE_WIDTH,
      lineDash: [...dash],
      hidden: !chart.isDatasetVisible(index),
      datasetIndex: index,
    };
  });
}

function extent(values: readonly number[]): Range | undefined {
  const [first] = values;
  if (first === undefined) return undefined;
  const range = values.reduce(({ min, max }, value) => ({ min: Math.min(min, value), max: Math.max(max, value) }), {
    min: first,
    max: first,
  });
  const missing = Math.sqrt(Math.max(1, LEAST_RATIO / (range.max / range.min)));
  return { min: range.min / missing, max: range.max * missing };
}

/** Widened a little at both ends, so that no line lies on the frame. */
function padded(range: Range | undefined): Range | undefined {
  if (range === undefined) return undefined;
  const factor = (range.max / range.min) ** PADDING;
  return { min: range.min / factor, max: range.max * factor };
}

function logAxis(range: Range | undefined, label: string, format: (value: number) => string) {
  const ends = range === undefined ? {} : { min: range.min, max: range.max };
  const values = valueAxis(label, format);
  return {
    type: "logarithmic" as const,
    ...ends,
    ...values,
    ticks: { ...values.ticks, maxRotation: 0, autoSkip: false },
    afterBuildTicks: (axis: { ticks: { value: number }[]; min: number; max: number }) => {
      axis.ticks = logTicks(axis.min, axis.max).map((value) => ({ value }));
    },
  };
}

/** A dashed vertical line with words at today's load; the words go to the side that has room. */
function todayLine(today: number): Plugin<"line"> {
  return {
    id: "today",
    afterDatasetsDraw({ ctx, chartArea, scales }) {
      const axis = scales["x"];
      if (axis === undefined || !(today >= axis.min && today <= axis.max)) return;
      const at = axis.getPixelForValue(today);
      const words = `today: ${shortNumber(today)}`;
      ctx.save();
      ctx.strokeStyle = INK.text;
      ctx.lineWidth = 1;
      ctx.setLineDash([4, 4]);
      ctx.beginPath();
      ctx.moveTo(at, chartArea.top);
      ctx.lineTo(at, chartArea.bottom);
      ctx.stroke();
      ctx.fillStyle = INK.text;
      ctx.textBaseline = "bottom";
      ctx.textAlign = at < (chartArea.left + chartArea.right) / 2 ? "left" : "right";
      const side = ctx.textAlign === "left" ? LABEL_GAP : -LABEL_GAP;
      haloText(ctx, words, at + side, chartArea.bottom - LABEL_GAP);
      ctx.restore();
    },
  };
}

const MARK_RADIUS = 6;

/** A circle with the value beside it wherever the cheapest changes. */
function turnMarks(turns: readonly (readonly [number, number])[]): Plugin<"line"> {
  return {
    id: "turns",
    afterDatasetsDraw({ ctx, chartArea, scales }) {
      const { x, y } = scales;
      if (x === undefined || y === undefined) return;
      ctx.save();
      ctx.strokeStyle = INK.text;
      ctx.fillStyle = INK.text;
      ctx.lineWidth = 2;
      ctx.textBaseline = "bottom";
      for (const [at, cost] of turns) {
        if (!(at >= x.min && at <= x.max && cost >= y.min && cost <= y.max)) continue;
        const [left, top] = [x.getPixelForValue(at), y.getPixelForValue(cost)];
        ctx.beginPath();
        ctx.arc(left, top, MARK_RADIUS, 0, 2 * Math.PI);
        ctx.stroke();
        ctx.textAlign = left < (chartArea.left + chartArea.right) / 2 ? "left" : "right";
        haloText(ctx, shortNumber(at), left + (ctx.textAlign === "left" ? LABEL_GAP : -LABEL_GAP), top - LABEL_GAP);
      }
      ctx.restore();
    },
  };
}
