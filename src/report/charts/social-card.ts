import type { ChartConfiguration, Plugin } from "chart.js";
import { INK, seriesStyle } from "./palette.ts";

/** What is on a card that links to a report are shown with: 1200 x 630 pixels. */
export type SocialCard = {
  readonly title: string;
  readonly verdict: string;
  /** cheapest first; `place` among all architectures gives the colour */
  readonly rows: readonly {
    readonly name: string;
    readonly place: number;
    readonly month: number;
    readonly words: string;
  }[];
  readonly foot: string;
};

export const CARD_SIZE = { width: 1200, height: 630, scale: 1 } as const;

const MARGIN = 64;
const TITLE = 28;
const LEAST = 30;
const LARGEST = 52;
const SHOWN = 5;
const BARS = 350;

/** Verdict in large letters, below it the architectures as bars. */
export function socialCard(card: SocialCard): ChartConfiguration<"bar"> {
  return {
    type: "bar",
    data: { labels: [], datasets: [] },
    options: { animation: false, scales: {}, plugins: { legend: { display: false } } },
    plugins: [drawn(card)],
  };
}

function drawn(card: SocialCard): Plugin<"bar"> {
  return {
    id: "card",
    afterDraw({ ctx, width, height, options }) {
      const family = options.font?.family ?? "sans-serif";
      const font = (size: number, weight: number): void => {
        ctx.font = `${weight} ${size}px ${family}`;
      };
      ctx.save();
      ctx.textBaseline = "alphabetic";
      ctx.textAlign = "left";
      font(TITLE, 400);
      ctx.fillStyle = INK.muted;
      ctx.fillText(cut(ctx, card.title, width - 2 * MARGIN), MARGIN, MARGIN + TITLE);
      ctx.fillStyle = INK.text;
      verdict(ctx, card.verdict, width - 2 * MARGIN, font);
      bars(ctx, card, width, font);
      font(20, 400);
      ctx.fillStyle = INK.muted;
      ctx.fillText(cut(ctx, card.foot, width - 2 * MARGIN), MARGIN, height - 36);
      ctx.restore();
    },
  };
}

type Font = (size: number, weight: number) => void;

/** As large as three lines allow; what does not fit at the smallest size is cut. */
function verdict(ctx: CanvasRenderingContext2D, words: string, room: number, font: Font): void {
  let size = LARGEST;
  let lines: readonly string[] = [];
  for (; size >= LEAST; size -= 2) {
    font(size, 600);
    lines = wrapped(ctx, words, room);
    if (lines.length <= 3) break;
  }
  lines.slice(0, 3).forEach((line, i) => {
    const last = i === 2 && lines.length > 3;
    ctx.fillText(last ? cut(ctx, `${line} …`, room) : line, MARGIN, 160 + i * size * 1.25);
  });
}

function bars(ctx: CanvasRenderingContext2D, { rows }: SocialCard, width: number, font: Font): void {
  const shown = rows.slice(0, SHOWN);
  const most = Math.max(...shown.map(({ month }) => month), 0);
  const left = MARGIN + 300;
  font(24, 600);
  const behind = Math.max(...shown.map(({ words }) => ctx.measureText(words).width));
  const room = width - left - MARGIN - behind - 12;
  shown.forEach(({ name, place, month, words }, i) => {
    const y = BARS + i * 44;
    const length = most > 0 ? Math.max((month / most) * room, 3) : 3;
    font(24, i === 0 ? 600 : 400);
    ctx.fillStyle = INK.text;
    ctx.fillText(cut(ctx, name, 280), MARGIN, y + 24);
    ctx.fillStyle = seriesStyle(place).color;
    ctx.fillRect(left, y, length, 30);
    ctx.fillStyle = INK.text;
    ctx.fillText(words, left + length + 12, y + 24);
  });
}

function wrapped(ctx: CanvasRenderingContext2D, text: string, room: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && ctx.measureText(longer).width > room) {
      lines.push(line);
      line = cut(ctx, word, room);
    } else line = cut(ctx, longer, room);
  }
  return [...lines, line];
}

function cut(ctx: CanvasRenderingContext2D, text: string, room: number): string {
  if (ctx.measureText(text).width <= room) return text;
  let kept = "";
  for (const character of text) {
    if (ctx.measureText(`${kept}${character}…`).width > room) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
