// Horizontal stacked bars: an architecture a bar, what the money is for in pieces, the total at its end.
import { html, type Markup } from "../html/markup.ts";
import { type LegendItem, legend, swatch } from "./legend.ts";
import { boldWidth, drawing, fitText, label, px, textWidth } from "./text.ts";

export type BarPiece = { readonly kind: string; readonly name: string; readonly value: number };
export type Bar = {
  readonly name: string;
  readonly pieces: readonly BarPiece[];
  /** what stands at its end */
  readonly total: string;
  /** low and high end of the total, drawn as a whisker */
  readonly range?: readonly [number, number];
};

const BAR = 24;
const ROW = 52;
const WORDS = 13;
const LEAST = 1.5;

/**
 * @param finding the picture in a sentence
 * @param width pixels
 */
export function stackedBars(bars: readonly Bar[], finding: string, width: number): Markup {
  const kinds = new Map(bars.flatMap(({ pieces }) => pieces.map((piece) => [piece.kind, piece.name] as const)));
  const items: LegendItem[] = [...kinds].map(([kind, name]) => ({ name, sign: swatch(`fill ${kind}`) }));
  const key = legend(items, width);
  const room = Math.max(0, ...bars.map(({ total }) => boldWidth(total, WORDS))) + 14;
  const most = Math.max(0, ...bars.map(lengthOf));
  const scale = most > 0 ? (width - room) / most : 0;
  const rows = bars.map((bar, i) => row(bar, key.height + i * ROW, scale, width));
  return drawing(width, key.height + bars.length * ROW + 6, finding, [key.markup, rows]);
}

function lengthOf({ pieces, range }: Bar): number {
  const sum = pieces.reduce((total, piece) => total + Math.max(0, piece.value), 0);
  return Math.max(sum, range?.[1] ?? sum);
}

function row(bar: Bar, top: number, scale: number, width: number): Markup {
  const y = top + 20;
  let x = 0;
  const pieces = bar.pieces.map(({ kind, name, value }) => {
    const length = Math.max(0, value) * scale;
    // A whisker would strike the words through.
    const words =
      bar.range === undefined && length > textWidth(name, 12) + 10
        ? label(x + 6, y + BAR / 2 + 4.5, name, `on ${kind}`)
        : "";
    const piece =
      length < 0.05
        ? ""
        : html`<rect class="fill ${kind}" x="${px(x)}" y="${px(y)}" width="${px(Math.max(length - 1, LEAST))}" height="${px(BAR)}"/>${words}`;
    x += length;
    return piece;
  });
  const [low, high] = bar.range ?? [];
  const whisker =
    low === undefined || high === undefined
      ? ""
      : html`<path class="whisker" d="M${px(low * scale)} ${px(y + BAR / 2)}H${px(high * scale)}m0-6v12M${px(low * scale)} ${px(y + BAR / 2 - 6)}v12"/>`;
  const end = Math.max(x, (high === undefined ? 0 : high) * scale, LEAST) + 8;
  return html`${label(0, top + 14, fitText(bar.name, WORDS, width / 1.15), "strong")}${pieces}${whisker}${label(end, y + BAR / 2 + 4.5, bar.total, "strong")}`;
}
