// Cost over load: where the ranking turns, and what a unit of work costs at other loads.
import type { BreakEvenResult } from "../../result/decision-schema.ts";
import { figure, money, quantity, significant } from "../../result/number.ts";
import { seriesStyle } from "../charts/palette.ts";
import { shortDollars, shortNumber } from "../charts/ticks.ts";
import { type Line, type LineChart, lineChart } from "../svg/line-chart.ts";
import { picture } from "../svg/text.ts";
import { type Content, data, html, type Markup, table } from "./markup.ts";
import { paragraphs, type Section } from "./section.ts";
import { placeOf, type View } from "./view.ts";

type Point = readonly [number, number];
type Curve = NonNullable<View["result"]["curve"]>;

/** A load at which the cheapest architecture is another one. */
export type Turn = { readonly at: number; readonly cost: number; readonly below: string; readonly above: string };

export function breakEvenSection(view: View): Section | undefined {
  const { curve, workload, break_even: found } = view.result;
  if (curve === null) return undefined;
  const turns = turnsOf(curve);
  const findings = found === null ? sentences(curve, turns, view) : exactSentences(found);
  const caption = `USD a month over ${curve.over}`;
  return {
    id: "break-even",
    title: "Break-even",
    capability: "Unit Economics",
    body: [
      paragraphs(findings),
      picture(
        (width) => lineChart(monthChart(curve, turns, findings.join(" "), view), width),
        `${caption}, both scales logarithmic. Circles: the cheapest becomes another one.`,
      ),
      picture(
        (width) => lineChart(unitChart(curve, view), width),
        `USD per ${workload.reported_unit} over ${curve.over}: flat where the cost follows the load, falling where a fixed part is spread over more work.`,
      ),
      costTable(curve, view),
    ],
  };
}

/** Where the lower edge of all curves changes hands, between two points by a straight line on logarithmic scales. */
export function turnsOf(curve: Curve): readonly Turn[] {
  const names = Object.keys(curve.month);
  const cheapestAt = (i: number): string | undefined =>
    names.reduce<string | undefined>(
      (best, name) => (best === undefined || costAt(curve, name, i) < costAt(curve, best, i) ? name : best),
      undefined,
    );
  const turns: Turn[] = [];
  for (let i = 1; i < curve.x.length; i += 1) {
    const below = cheapestAt(i - 1);
    const above = cheapestAt(i);
    const [from, to] = [curve.x[i - 1], curve.x[i]];
    if (below === undefined || above === undefined || below === above || from === undefined || to === undefined)
      continue;
    const gap = (at: number): number => Math.log(costAt(curve, above, at) / costAt(curve, below, at));
    const part = gap(i - 1) / (gap(i - 1) - gap(i));
    const share = Number.isFinite(part) ? Math.min(Math.max(part, 0), 1) : 0.5;
    const cost = costAt(curve, below, i - 1) ** (1 - share) * costAt(curve, below, i) ** share;
    turns.push({ at: from * (to / from) ** share, cost, below, above });
  }
  return turns;
}

function costAt(curve: Curve, name: string, i: number): number {
  return curve.month[name]?.[i] ?? Number.POSITIVE_INFINITY;
}

/** Where the cheapest becomes another one, read off the curve; empty without one. */
export function turnSentences(view: View): readonly string[] {
  const { curve } = view.result;
  return curve === null ? [] : sentences(curve, turnsOf(curve), view);
}

function sentences(curve: Curve, turns: readonly Turn[], { result }: View): readonly string[] {
  const first = curve.x[0] ?? Number.NaN;
  const last = curve.x.at(-1) ?? Number.NaN;
  const range = `${quantity(first)} to ${quantity(last)} ${curve.over}`;
  if (turns.length === 0)
    return [
      `From ${range} the cheapest by cost alone does not change: ${result.comparison.rows[0]?.architecture ?? ""}.`,
    ];
  return turns.map(
    ({ at, below, above }) =>
      `Up to about ${curve.over} ${figure(significant(at, 2))} ${below} is the cheapest by cost alone, above it ${above}.`,
  );
}

function exactSentences({ intervals, over, unit, nearest, today }: BreakEvenResult): readonly string[] {
  const amount = (x: number): string => `${quantity(x)}${unit === "" ? "" : ` ${unit}`}`;
  const list = intervals.map(({ from, to, cheapest }) => `${cheapest ?? "none"} from ${amount(from)} to ${amount(to)}`);
  const next =
    nearest === null
      ? `Nothing changes within the range looked at.`
      : `The change nearest to today (${over} ${amount(today)}) is at ${amount(nearest.at)}, ${figure(nearest.factor)} times today's value: beyond it ${nearest.cheapest ?? "none"}.`;
  return [`Cheapest over ${over}: ${list.join("; ")}.`, next];
}

/** Lines of a chart in the colours of their architectures; points that are not > 0 fall out on a logarithmic scale. */
export function linesOf(
  x: readonly number[],
  values: Readonly<Record<string, readonly (number | null)[]>>,
  view: View,
): readonly Line[] {
  return Object.entries(values).map(([name, ys]) => {
    const place = placeOf(view, name);
    const points = x.flatMap((at, i): Point[] => {
      const y = ys[i];
      return y === null || y === undefined ? [] : [[at, y]];
    });
    return { name, kind: `series-${String(place % 7)}`, dash: seriesStyle(place).dash, points };
  });
}

function monthChart(curve: Curve, turns: readonly Turn[], finding: string, view: View): LineChart {
  return {
    finding: `Cost a month over ${curve.over}. ${finding}`,
    x: { title: curve.over, log: true, format: shortNumber },
    y: { title: "USD a month", log: true, format: shortDollars },
    lines: linesOf(curve.x, curve.month, view),
    marks: [todayMark(view)],
    dots: turns.map(({ at, cost }) => ({ x: at, y: cost, words: shortNumber(significant(at, 2)) })),
  };
}

function unitChart(curve: Curve, view: View): LineChart {
  const unit = view.result.workload.reported_unit;
  return {
    finding: `Cost per ${unit} over ${curve.over}; the table below has the figures`,
    x: { title: curve.over, log: true, format: shortNumber },
    y: { title: `USD per ${unit}`, log: true, format: shortDollars },
    lines: linesOf(curve.x, curve.per_unit, view),
    marks: [todayMark(view)],
  };
}

/** Today's load as a vertical line. */
function todayMark({ result }: View): { readonly x: number; readonly words: string } {
  const { driver_value: x } = result.workload;
  return { x, words: `today: ${shortNumber(x)}` };
}

/** Points a decade apart, and today. */
function costTable(curve: Curve, { result }: View): Markup {
  const names = Object.keys(curve.month);
  const every = 15;
  const rows = curve.x.flatMap((x, i): Content[][] => {
    if (i % every !== 0) return [];
    return [
      [
        data(x, quantity),
        ...names.flatMap((name) => [
          data(curve.month[name]?.[i] ?? null, money),
          data(curve.per_unit[name]?.[i] ?? null, money),
        ]),
      ],
    ];
  });
  const heads = [
    { title: curve.over },
    ...names.flatMap((name) => [
      { title: `${name}, a month`, figure: true },
      { title: `per ${result.workload.reported_unit}`, figure: true },
    ]),
  ];
  return html`<details data-key="curve-table"><summary>The figures of both charts</summary>\n${table({ caption: `US dollars over ${curve.over}`, heads, rows })}</details>\n`;
}
