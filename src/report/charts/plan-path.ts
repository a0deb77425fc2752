// What each architecture costs month by month, and the way that a plan takes among them.
import type { ChartConfiguration, Plugin } from "chart.js";
import { lineAxis, lineFrame } from "./frame.ts";
import { haloText } from "./halo-text.ts";
import { INK, seriesStyle } from "./palette.ts";
import { logTicks, shortDollars } from "./ticks.ts";

export type PlanPathChart = {
  readonly title: string;
  readonly xLabel: string;
  /** `place` among all of the scenario gives its colour; USD in each month from 0 on; null: it cannot serve the load */
  readonly architectures: readonly {
    readonly name: string;
    readonly place: number;
    readonly cost: readonly (number | null)[];
  }[];
  /** what serves in each month by the plan; null: nothing yet */
  readonly path: readonly (number | null)[];
  /** months in which a move is decided, and the first month of the new one alone */
  readonly moves: readonly { readonly decided: number; readonly done: number; readonly words: string }[];
};

const PATH_WIDTH = 7;
const LABEL_GAP = 6;

/** Costs as thin lines, the plan as a wide band along them; a vertical line where a move is decided. */
export function planPath(data: PlanPathChart): ChartConfiguration<"line"> {
  const spent = data.path.map((serving, month) =>
    serving === null ? null : (data.architectures[serving]?.cost[month] ?? null),
  );
  const values = data.architectures.flatMap(({ cost }) => cost.filter((usd) => usd !== null && usd > 0));
  const least = values.reduce((low, usd) => Math.min(low ?? 1, usd ?? 1), values[0] ?? 1) ?? 1;
  const most = values.reduce((high, usd) => Math.max(high ?? 1, usd ?? 1), values[0] ?? 1) ?? 1;
  const room = Math.max(most / least, 2) ** 0.06;
  const [x, y] = [lineAxis(data.xLabel), lineAxis("USD a month")];
  return {
    type: "line",
    data: {
      labels: data.path.map((_, month) => month),
      datasets: [
        {
          label: "the plan",
          data: spent,
          borderColor: "rgba(90, 90, 90, 0.35)",
          backgroundColor: "rgba(90, 90, 90, 0.35)",
          borderWidth: PATH_WIDTH,
          pointRadius: 0,
          spanGaps: false,
        },
        ...data.architectures.map(({ name, place, cost }) => {
          const { color, dash } = seriesStyle(place);
          return {
            label: name,
            data: cost.map((usd) => (usd !== null && usd > 0 ? usd : null)),
            borderColor: color,
            backgroundColor: color,
            borderDash: [...dash],
            borderWidth: 2,
            pointRadius: 0,
            spanGaps: false,
          };
        }),
      ],
    },
    options: {
      ...lineFrame(data.title),
      scales: {
        x: { ...x, ticks: { ...x.ticks, maxTicksLimit: 13, maxRotation: 0 } },
        y: {
          type: "logarithmic",
          min: least / room,
          max: most * room,
          ...y,
          ticks: { ...y.ticks, callback: (value) => shortDollars(Number(value)) },
          afterBuildTicks: (axis) => {
            axis.ticks = logTicks(axis.min, axis.max).map((value) => ({ value }));
          },
        },
      },
    },
    plugins: [moveLines(data.moves)],
  };
}

/** A dashed line where a move is decided, a plain one where it is done; words beside the first. */
function moveLines(moves: PlanPathChart["moves"]): Plugin<"line"> {
  return {
    id: "moves",
    afterDatasetsDraw({ ctx, chartArea, scales }) {
      const axis = scales["x"];
      if (axis === undefined) return;
      moves.forEach(({ decided, done, words }, i) => {
        const [from, to] = [axis.getPixelForValue(decided), axis.getPixelForValue(done)];
        ctx.save();
        ctx.strokeStyle = INK.text;
        ctx.fillStyle = INK.text;
        ctx.lineWidth = 1;
        for (const [x, dash] of [[from, [4, 4]] as const, [to, []] as const]) {
          ctx.setLineDash([...dash]);
          ctx.beginPath();
          ctx.moveTo(x, chartArea.top);
          ctx.lineTo(x, chartArea.bottom);
          ctx.stroke();
        }
        ctx.textBaseline = "top";
        const left = to < (chartArea.left + chartArea.right) / 2;
        ctx.textAlign = left ? "left" : "right";
        haloText(ctx, words, left ? to + LABEL_GAP : from - LABEL_GAP, chartArea.top + LABEL_GAP + 18 * i);
        ctx.restore();
      });
    },
  };
}
