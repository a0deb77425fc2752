// Cost month by month as the load grows, and which quota is met when.
import { figure, money, quantity } from "../../result/number.ts";
import { shortDollars, shortNumber } from "../charts/ticks.ts";
import * as limits from "../limits.ts";
import { lineChart } from "../svg/line-chart.ts";
import { picture } from "../svg/text.ts";
import { linesOf } from "./curves.ts";
import { type Content, data, table } from "./markup.ts";
import { type Part, paragraphs } from "./section.ts";
import { ranked, type View } from "./view.ts";

export function growthPart(view: View): Part | undefined {
  const { growth, workload } = view.result;
  if (growth === null) return undefined;
  const names = ranked(view);
  const heads = [{ title: "Month" }, ...[workload.driver, ...names].map((title) => ({ title, figure: true }))];
  const rows = limits
    .growthRows(view.result)
    .map(({ month, driver, cost }): Content[] => [
      figure(month),
      data(driver, quantity),
      ...names.map((name) => data(cost[name] ?? null, money)),
    ]);
  const hits = limits.growthHits(view.result).map((hit) => `${hit}.`);
  const months = growth.months.map(({ month }) => month);
  const costs = Object.fromEntries(names.map((name) => [name, growth.months.map(({ cost }) => cost[name] ?? null)]));
  const chart = (width: number) =>
    lineChart(
      {
        finding: `Cost a month as ${workload.driver} grows. ${hits.join(" ")}`,
        x: { title: "month", log: false, format: shortNumber },
        y: { title: "USD a month", log: true, format: shortDollars },
        lines: linesOf(months, costs, view),
      },
      width,
    );
  return {
    id: "growth",
    title: "Growth",
    capability: "Forecasting",
    body: [
      paragraphs(hits),
      picture(chart, `USD a month as ${workload.driver} grows, cost on a logarithmic scale`),
      table({ caption: "US dollars in the month as the load grows", heads, rows }),
    ],
  };
}
