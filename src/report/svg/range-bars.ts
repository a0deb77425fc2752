// Bars from a low to a high value with a stroke between: ranges of figures, and the tornado.
import { html, type Markup } from "../html/markup.ts";
import { drawing, fitText, label, px, textWidth } from "./text.ts";

export type RangeBar = {
  readonly name: string;
  readonly kind: string;
  readonly low: number;
  readonly mid: number;
  readonly high: number;
  readonly words: string;
};

const ROW = 46;
const BAR = 16;
const SIZE = 13;
const PADDING = 0.02;

/**
 * @param chart the picture in a sentence; whether the scale is logarithmic (then values that are not > 0 stand at its low end)
 * @param width pixels
 */
export function rangeBars(
  bars: readonly RangeBar[],
  chart: { readonly finding: string; readonly log: boolean },
  width: number,
): Markup {
  const values = bars.flatMap(({ low, mid, high }) => [low, mid, high]).filter((x) => !chart.log || x > 0);
  const place = (x: number): number => (chart.log ? Math.log10(x) : x);
  const least = place(Math.min(...values));
  const most = place(Math.max(...values));
  const air = (most - least) * PADDING;
  const at = (x: number): number =>
    chart.log && x <= 0
      ? 0
      : most === least
        ? width / 2
        : ((place(x) - least + air) / (most - least + 2 * air)) * width;
  const rows = bars.map((bar, i) => {
    const top = i * ROW;
    const words = textWidth(bar.words, SIZE);
    const left = at(bar.low);
    const length = Math.max(at(bar.high) - left, 2);
    return html`${label(0, top + 14, fitText(bar.name, SIZE, (width - words - 16) / 1.15), "strong")}${label(width, top + 14, bar.words, "tick", "end")}<rect class="fill ${bar.kind}" x="${px(left)}" y="${px(top + 22)}" width="${px(length)}" height="${px(BAR)}" rx="2"/><path class="whisker" d="M${px(at(bar.mid))} ${px(top + 19)}v${px(BAR + 6)}"/>`;
  });
  return drawing(width, bars.length * ROW + 2, chart.finding, rows);
}
