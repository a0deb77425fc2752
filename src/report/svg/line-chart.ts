// Lines over an axis that is even or logarithmic, with vertical marks and points that carry words.
import { logTicks } from "../charts/ticks.ts";
import { type Content, html, type Markup } from "../html/markup.ts";
import { type LegendItem, legend, stroke } from "./legend.ts";
import { linePath } from "./path.ts";
import { drawing, label, px, textWidth } from "./text.ts";

export type Axis = {
  readonly title: string;
  readonly log: boolean;
  readonly format: (x: number) => string;
};
export type Line = {
  readonly name: string;
  /** class that gives its colour */
  readonly kind: string;
  readonly dash: readonly number[];
  readonly points: readonly (readonly [number, number])[];
};
export type LineChart = {
  readonly finding: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly Line[];
  /** vertical lines */
  readonly marks?: readonly { readonly x: number; readonly words: string }[];
  readonly dots?: readonly { readonly x: number; readonly y: number; readonly words: string }[];
};

type Scale = {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
  readonly at: (value: number) => number;
};
type Frame = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

const WORDS = 12;
const PADDING = 0.04;

/** @param width pixels */
export function lineChart(chart: LineChart, width: number): Markup {
  const drawn = chart.lines.map((line) => ({
    ...line,
    points: line.points.filter(([x, y]) => fits(x, chart.x) && fits(y, chart.y)),
  }));
  const points = drawn.flatMap((line) => line.points);
  const [first] = points;
  if (first === undefined) return html``;
  const items: LegendItem[] = drawn.map(({ name, kind, dash }) => ({
    name,
    sign: stroke(`line ${kind}`, dashes(dash)),
  }));
  const key = legend(items, width);
  const ys = span(
    points.map(([, y]) => y),
    chart.y.log,
  );
  const plot = width > 500 ? 320 : 260;
  const vertical = [key.height + 26, key.height + 26 + plot] as const;
  const y = scaleOf(ys, chart.y.log, [vertical[1], vertical[0]], 6);
  const gutter = Math.max(...y.ticks.map((tick) => textWidth(chart.y.format(tick), WORDS)), 20) + 10;
  const frame: Frame = { left: gutter, right: width - 12, top: vertical[0], bottom: vertical[1] };
  const xs = points.map(([x]) => x);
  const x = scaleOf(
    { min: Math.min(...xs), max: Math.max(...xs) },
    chart.x.log,
    [frame.left, frame.right],
    width > 500 ? 9 : 5,
  );
  const body = [
    key.markup,
    axes(chart, { x, y }, frame),
    drawn.map(
      ({ kind, dash, points: own }) => html`<path class="line ${kind}"${dashes(dash)} d="${pathOf(own, x, y)}"/>`,
    ),
    (chart.marks ?? []).filter((mark) => inside(mark.x, x)).map((mark, i) => markAt(mark, x, frame, i)),
    (chart.dots ?? []).filter((dot) => inside(dot.x, x) && inside(dot.y, y)).map((dot) => dotAt(dot, { x, y }, frame)),
  ];
  return drawing(width, frame.bottom + 44, chart.finding, body);
}

function fits(value: number, { log }: Axis): boolean {
  return Number.isFinite(value) && (!log || value > 0);
}

/** Range of values with some air; an even axis begins at 0. */
function span(values: readonly number[], log: boolean): { min: number; max: number } {
  const [first = 1] = values;
  const min = values.reduce((least, value) => Math.min(least, value), first);
  const max = values.reduce((most, value) => Math.max(most, value), first);
  if (!log) return { min: Math.min(0, min), max: max > 0 ? max * (1 + PADDING) : 1 };
  const air = Math.max((max / min) ** PADDING, Math.SQRT2 / Math.max(1, Math.sqrt(max / min)), 1.02);
  return { min: min / air, max: max * air };
}

function scaleOf(
  { min, max }: { readonly min: number; readonly max: number },
  log: boolean,
  [from, to]: readonly [number, number],
  most: number,
): Scale {
  const place = (value: number): number => (log ? Math.log10(value) : value);
  const width = place(max) - place(min);
  const at = (value: number): number => from + (width === 0 ? 0.5 : (place(value) - place(min)) / width) * (to - from);
  const ticks = log ? thinned(logTicks(min, max), most) : evenTicks(min, max, most);
  return { min, max, ticks, at };
}

function thinned(ticks: readonly number[], most: number): readonly number[] {
  const every = Math.ceil(ticks.length / most);
  return ticks.filter((_, i) => i % every === 0);
}

function evenTicks(min: number, max: number, most: number): readonly number[] {
  const rough = (max - min) / most;
  if (!(rough > 0)) return [min];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.ceil(min / step);
  return Array.from({ length: Math.floor(max / step) - first + 1 }, (_, i) => (first + i) * step);
}

function inside(value: number, { min, max }: Scale): boolean {
  return value >= min && value <= max;
}

const TENTHS = 10;

function pathOf(points: Line["points"], x: Scale, y: Scale): string {
  return linePath(points.map(([a, b]) => [Math.round(x.at(a) * TENTHS), Math.round(y.at(b) * TENTHS)]));
}

/** Dashes of a line as an attribute; the style sheet cannot know them. */
function dashes(dash: readonly number[]): Content {
  return dash.length === 0 ? "" : html` stroke-dasharray="${dash.join(" ")}"`;
}

function axes(chart: LineChart, { x, y }: { x: Scale; y: Scale }, frame: Frame): Markup {
  const { left, right, top, bottom } = frame;
  const across = y.ticks.map(
    (tick) =>
      html`<path class="grid" d="M${px(left)} ${px(y.at(tick))}H${px(right)}"/>${label(left - 6, y.at(tick) + 4, chart.y.format(tick), "tick", "end")}`,
  );
  const up = x.ticks.map((tick) => {
    const words = chart.x.format(tick);
    const half = textWidth(words, WORDS) / 2;
    const at = Math.min(Math.max(x.at(tick), left + half - 8), right - half + 10);
    return html`<path class="grid" d="M${px(x.at(tick))} ${px(top)}V${px(bottom)}"/>${label(at, bottom + 17, words, "tick", "middle")}`;
  });
  return html`${across}${up}<path class="axis" d="M${px(left)} ${px(top)}V${px(bottom)}H${px(right)}"/>${label(0, top - 10, chart.y.title, "tick")}${label(right, bottom + 36, chart.x.title, "tick", "end")}`;
}

/** @param row words of marks that stand side by side are written below each other */
function markAt(mark: { readonly x: number; readonly words: string }, x: Scale, frame: Frame, row: number): Markup {
  const at = x.at(mark.x);
  const before = at > (frame.left + frame.right) / 2;
  return html`<path class="mark" d="M${px(at)} ${px(frame.top)}V${px(frame.bottom)}"/>${label(at + (before ? -6 : 6), frame.top + 12 + (row % 4) * 16, mark.words, "halo", before ? "end" : "start")}`;
}

function dotAt(
  dot: { readonly x: number; readonly y: number; readonly words: string },
  { x, y }: { readonly x: Scale; readonly y: Scale },
  frame: Frame,
): Markup {
  const at = { x: x.at(dot.x), y: y.at(dot.y) };
  const before = at.x > (frame.left + frame.right) / 2;
  // Below the point, unless that is where the axis is.
  const down = at.y + 22 < frame.bottom ? 18 : -10;
  return html`<circle class="dot" cx="${px(at.x)}" cy="${px(at.y)}" r="5"/>${label(at.x + (before ? -10 : 10), at.y + down, dot.words, "halo", before ? "end" : "start")}`;
}
