import { INK } from "./palette.ts";

const HALO_WIDTH = 4;

/** Draws words in the current fill style with a rim of paper, so that they stay readable over lines; x, y in pixels. */
export function haloText(ctx: CanvasRenderingContext2D, words: string, x: number, y: number): void {
  ctx.save();
  ctx.setLineDash([]);
  ctx.lineJoin = "round";
  ctx.lineWidth = HALO_WIDTH;
  ctx.strokeStyle = INK.paper;
  ctx.strokeText(words, x, y);
  ctx.restore();
  ctx.fillText(words, x, y);
}
