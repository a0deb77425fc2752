// Words in drawings. A drawing does not know the reader's font: widths are those of a common sans serif, on the safe side.
import { type Content, html, type Markup } from "../html/markup.ts";

const NARROW = /[iljtfrI1.,:;'|()[\]{}! ]/;
const WIDE = /[mwMW@%\u2e80-\uffff]|[A-Z]/;
/** Bold words are so much wider. */
const BOLD = 1.15;

/** Estimated width of words in pixels at a font size in pixels. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of text) ems += NARROW.test(character) ? 0.4 : WIDE.test(character) ? 0.85 : 0.64;
  return ems * size;
}

/** The same of bold words. */
export function boldWidth(text: string, size: number): number {
  return textWidth(text, size) * BOLD;
}

/** Cut to a width in pixels, with an ellipsis where something is missing. */
export function fitText(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (textWidth(`${kept}${character}…`, size) > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** A coordinate in pixels with at most one decimal. */
export function px(x: number): string {
  return String(Math.round(x * 10) / 10);
}

export type Anchor = "start" | "middle" | "end";

/** Words at a point; `kind` is a class of the style sheet. */
export function label(x: number, y: number, words: Content, kind = "", anchor: Anchor = "start"): Markup {
  const where = anchor === "start" ? "" : html` text-anchor="${anchor}"`;
  const what = kind === "" ? "" : html` class="${kind}"`;
  return html`<text x="${px(x)}" y="${px(y)}"${where}${what}>${words}</text>`;
}

/** A drawing with its finding in words; it grows with its column up to its own width. */
export function drawing(width: number, height: number, finding: string, body: Content): Markup {
  return html`<svg viewBox="0 0 ${px(width)} ${px(height)}" width="${px(width)}" height="${px(height)}" role="img" aria-label="${finding}">${body}</svg>`;
}

/** Widths in which each drawing is made: for a wide column and for a phone. */
const WIDTHS = { wide: 880, narrow: 350 } as const;

/** The same drawing for wide and narrow columns, one of them shown, with what it says below. */
export function picture(make: (width: number) => Markup, caption: Content): Markup {
  return html`<figure><div class="wide">${make(WIDTHS.wide)}</div><div class="narrow">${make(WIDTHS.narrow)}</div><figcaption>${caption}</figcaption></figure>\n`;
}
