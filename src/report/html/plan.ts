// With which architecture to start, and when to change it as the load grows.
import { figure, money, quantity } from "../../result/number.ts";
import { planSentences } from "../../result/plan-words.ts";
import { shortDollars, shortNumber } from "../charts/ticks.ts";
import { planSheet } from "../plan-sheet.ts";
import { lineChart } from "../svg/line-chart.ts";
import { picture } from "../svg/text.ts";
import { linesOf } from "./curves.ts";
import { type ColumnHead, table } from "./markup.ts";
import { type Part, paragraphs } from "./section.ts";
import type { View } from "./view.ts";

export function planPart(view: View): Part | undefined {
  const { plan, scenario } = view.result;
  if (plan === null) return undefined;
  const names = Object.keys(plan.months[0]?.cost ?? {});
  const months = plan.months.map(({ month }) => month);
  const able = (name: string) =>
    plan.months.map(({ cost, able: can }) => (can[name] === true ? (cost[name] ?? null) : null));
  const findings = planSentences(plan);
  const moves = plan.best?.moves ?? [];
  const dots = plan.months.flatMap(({ month, serving, cost }, i) => {
    const usd = serving === null ? null : cost[serving];
    const changed = serving !== plan.months[i - 1]?.serving;
    return usd === null || usd === undefined || !changed ? [] : [{ x: month, y: usd, words: serving ?? "" }];
  });
  const chart = (width: number) =>
    lineChart(
      {
        finding: findings.join(" "),
        x: { title: "month", log: false, format: shortNumber },
        y: { title: "USD a month", log: true, format: shortDollars },
        lines: linesOf(months, Object.fromEntries(names.map((name) => [name, able(name)])), view),
        marks: moves.map(({ decided, to }) => ({ x: decided, words: `move to ${to} decided` })),
        dots,
      },
      width,
    );
  const growth = `${plan.driver} from ${quantity(plan.start_load)} to ${quantity(plan.end_load)}`;
  return {
    id: "plan",
    title: "Evolution plan",
    capability: "Architecting & Workload Placement",
    body: [
      paragraphs(findings),
      picture(chart, `USD a month over ${plan.horizon} months, ${growth}; circles: from here on it serves by the plan`),
      ...planSheet(scenario.name, plan).tables.flatMap(({ caption, heading, left, tail = 0, rows }) =>
        rows.length === 0
          ? []
          : [
              table({
                caption,
                heads: heading.map((title, i) => headOf(title, i, { left, figures: heading.length - tail })),
                rows,
              }),
            ],
      ),
      table({
        caption: "What the plan rests on: figures of the scenario's evolution",
        heads: [
          { title: "Figure" },
          { title: "Value", text: "word" },
          { title: "Range", text: "word" },
          { title: "Status" },
          { title: "Reason", text: "sentence" },
        ],
        rows: plan.figures.map(({ address, value, unit, low, high, status, reason }) => [
          address.replace(/^evolution\./, ""),
          `${figure(value)} ${unit === "month" && value !== 1 ? "months" : unit}`,
          low === null || high === null ? "" : `${figure(low)} to ${figure(high)}`,
          status,
          reason ?? "",
        ]),
      }),
      paragraphs(
        [`${money(plan.best?.cost ?? null)} and all other sums of the plan are discounted to month 0.`],
        "soft",
      ),
    ],
  };
}

/** Names stand to the left of the figures, and where they are several architectures in order to the right too. */
function headOf(title: string, i: number, { left, figures }: { left: number; figures: number }): ColumnHead {
  if (i >= left && i < figures) return { title, figure: true };
  return i === 0 ? { title } : { title, text: "sentence" };
}
