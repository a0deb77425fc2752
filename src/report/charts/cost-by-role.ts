import type { ChartConfiguration, Plugin } from "chart.js";
import { haloText } from "./halo-text.ts";
import { INK, ROLE_ORDER, roleColor } from "./palette.ts";
import { shortDollars } from "./ticks.ts";

/** Monthly cost by what the money is for. */
export type RoleCosts = {
  readonly title: string;
  /** USD a month by role; a role that an architecture does not have costs nothing there */
  readonly architectures: readonly { readonly name: string; readonly roles: Readonly<Record<string, number>> }[];
};

const LABEL_GAP = 8;
const HEADROOM = 1.15; // the totals stand right of the bars

/** Stacked horizontal bars, one an architecture in the given order, one colour a role, the total at the end. */
export function costByRole(data: RoleCosts): ChartConfiguration<"bar"> {
  const present = new Set(
    data.architectures.flatMap(({ roles }) => Object.keys(roles).filter((role) => roles[role] !== 0)),
  );
  const known = ROLE_ORDER.filter((role) => present.has(role));
  const others = [...present].filter((role) => !ROLE_ORDER.includes(role)).sort();
  const totals = data.architectures.map(({ roles }) => Object.values(roles).reduce((sum, cost) => sum + cost, 0));
  const most = Math.max(...totals, 0);
  return {
    type: "bar",
    data: {
      labels: data.architectures.map(({ name }) => name),
      datasets: [...known, ...others].map((role) => ({
        label: role.replaceAll("-", " "),
        data: data.architectures.map(({ roles }) => roles[role] ?? Number.NaN),
        backgroundColor: roleColor(role),
        borderColor: INK.paper,
        borderWidth: { right: 1 },
        borderSkipped: false,
        barPercentage: 0.7,
        categoryPercentage: 0.9,
      })),
    },
    options: {
      animation: false,
      indexAxis: "y",
      layout: { padding: { top: 12, right: 24, bottom: 12, left: 12 } },
      plugins: {
        title: {
          display: true,
          text: data.title,
          align: "start",
          color: INK.text,
          font: { size: 18, weight: 600 },
          padding: { bottom: 4 },
        },
        legend: {
          position: "top",
          align: "start",
          labels: { color: INK.text, font: { size: 13 }, boxWidth: 14, boxHeight: 14, padding: 16 },
        },
      },
      scales: {
        x: {
          stacked: true,
          ...(most > 0 ? { max: most * HEADROOM } : {}),
          title: { display: true, text: "USD per month", color: INK.muted, font: { size: 13 } },
          border: { color: INK.muted },
          grid: { color: INK.grid },
          ticks: {
            color: INK.muted,
            font: { size: 12 },
            includeBounds: false,
            callback: (value) => shortDollars(Number(value)),
          },
        },
        y: {
          stacked: true,
          border: { color: INK.muted },
          grid: { display: false },
          ticks: { color: INK.text, font: { size: 13 } },
        },
      },
    },
    plugins: [totalsAtEnd(totals)],
  };
}

/** Writes each bar's total behind its end, since a small bar beside a large one is only readable as a figure. */
function totalsAtEnd(totals: readonly number[]): Plugin<"bar"> {
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
        haloText(
          ctx,
          shortDollars(total),
          x.getPixelForValue(Math.max(total, 0)) + LABEL_GAP,
          y.getPixelForValue(index),
        );
      });
      ctx.restore();
    },
  };
}
