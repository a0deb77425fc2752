import { type Content, html, type Markup } from "../html/markup.ts";
import { fitText, label, px, textWidth } from "./text.ts";

const SIZE = 13;
const ROW = 22;
const GAP = 18;

export type LegendItem = {
  readonly name: string;
  /** width of the sign in pixels, and how it is drawn from a point at half its height */
  readonly sign: { readonly width: number; readonly draw: (x: number, y: number) => Content };
};

/** Signs with names in as many rows as they need, from the top of a drawing. */
export function legend(
  items: readonly LegendItem[],
  width: number,
): { readonly markup: Markup; readonly height: number } {
  let x = 0;
  let row = 0;
  const parts = items.map(({ name, sign }) => {
    const words = fitText(name, SIZE, width - sign.width - 8);
    const needed = sign.width + 6 + textWidth(words, SIZE);
    if (x > 0 && x + needed > width) {
      x = 0;
      row += 1;
    }
    const y = row * ROW + ROW / 2;
    const part = html`${sign.draw(x, y)}${label(x + sign.width + 6, y + 4.5, words)}`;
    x += needed + GAP;
    return part;
  });
  return { markup: html`${parts}`, height: (row + 1) * ROW + 4 };
}

/** A square of a class. */
export function swatch(kind: string): LegendItem["sign"] {
  return {
    width: 13,
    draw: (x, y) => html`<rect class="${kind}" x="${px(x)}" y="${px(y - 6.5)}" width="13" height="13" rx="2"/>`,
  };
}

/** A piece of a line of a class with its dashes. */
export function stroke(kind: string, dash: Content): LegendItem["sign"] {
  return {
    width: 30,
    draw: (x, y) => html`<path class="${kind}"${dash} d="M${px(x)} ${px(y)}h30"/>`,
  };
}
