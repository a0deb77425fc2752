// Charts as PNG through chartjs-node-canvas. Loaded only where a picture is asked for (import()), because the canvas
// costs as much to load as the rest of the program. `canvas` is @napi-rs/canvas here: docs/decisions.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Canvas, GlobalFonts } from "@napi-rs/canvas";
import type { ChartConfiguration, Plugin } from "chart.js";
import { type ChartCallback, ChartJSNodeCanvas } from "chartjs-node-canvas";
import { INK } from "./charts/palette.ts";
import { encodePng } from "./png-encode.ts";

/** Size in CSS pixels; the picture has `scale` times as many pixels each way. All > 0. */
export type PngSize = { readonly width: number; readonly height: number; readonly scale: number };

// Names of our own: a system font called Inter may be another version, and letters would differ between machines.
const LATIN = "archcost Inter";
const LATIN_EXT = "archcost Inter Ext";
const FONTS = [
  { file: "inter-latin-400-normal.woff2", family: LATIN },
  { file: "inter-latin-600-normal.woff2", family: LATIN },
  { file: "inter-latin-ext-400-normal.woff2", family: LATIN_EXT },
  { file: "inter-latin-ext-600-normal.woff2", family: LATIN_EXT },
] as const;
// Beside the bundled program, or in the build's output when it runs from its sources.
const FONT_FOLDERS = [join(import.meta.dirname, "fonts"), join(import.meta.dirname, "..", "..", "dist", "fonts")];

let fontsReady = false;

/**
 * Draws a chart.
 * @returns a PNG of `width * scale` by `height * scale` pixels; the same configuration gives the same bytes
 * @throws Error when the fonts that the build puts into `dist/fonts` are not there
 */
export function renderPng(config: ChartConfiguration, size: PngSize): Uint8Array {
  registerFonts();
  // The callback variant of this call does not work with @napi-rs/canvas.
  return rendererOf(size).renderToBufferSync({
    ...config,
    options: { ...config.options, devicePixelRatio: size.scale },
    plugins: [...(config.plugins ?? []), paper, quick],
  });
}

/** By width and height: each loads Chart.js anew, and draws every chart on a canvas of its own. */
const renderers = new Map<string, ChartJSNodeCanvas>();

function rendererOf({ width, height }: PngSize): ChartJSNodeCanvas {
  const key = `${width} ${height}`;
  const known = renderers.get(key);
  if (known !== undefined) return known;
  const chartCallback: ChartCallback = (chart) => {
    chart.defaults.font.family = `"${LATIN}", "${LATIN_EXT}"`;
  };
  const renderer = new ChartJSNodeCanvas({ width, height, chartCallback });
  renderers.set(key, renderer);
  return renderer;
}

/** The canvas writes itself through our encoder: its own spends on a picture four times what drawing it takes. */
const quick: Plugin = {
  id: "quick",
  beforeInit({ canvas }) {
    if (!(canvas instanceof Canvas)) throw new Error("a chart is drawn on @napi-rs/canvas");
    Object.defineProperty(canvas, "toBuffer", {
      value: () => {
        const png = encodePng({ width: canvas.width, height: canvas.height, data: canvas.data() });
        // Eight megabytes that the garbage collector does not know of.
        canvas.width = 1;
        canvas.height = 1;
        return png;
      },
    });
  },
};

const paper: Plugin = {
  id: "paper",
  beforeDraw({ ctx, width, height }) {
    ctx.save();
    ctx.fillStyle = INK.paper;
    ctx.fillRect(0, 0, width, height);
    ctx.restore();
  },
};

function registerFonts(): void {
  if (fontsReady) return;
  const folder = FONT_FOLDERS.find((path) => existsSync(path));
  if (folder === undefined) throw new Error(`no fonts in ${FONT_FOLDERS.join(" or ")}: run npm run build`);
  for (const { file, family } of FONTS) {
    if (GlobalFonts.registerFromPath(join(folder, file), family) === null) throw new Error(`cannot read font ${file}`);
  }
  fontsReady = true;
}
