// The one place where pictures begin: the canvas is loaded only when one is asked for.

/**
 * What draws a chart as PNG. The canvas's memory comes in ordinary pages: it asks for huge ones by default, and where the
 * system has to clear those first, as virtual machines do, that takes as long as all else about a picture. Whoever sets
 * `MIMALLOC_ALLOW_THP` keeps what they set.
 */
export async function pngRenderer(): Promise<typeof import("../report/png.ts").renderPng> {
  process.env["MIMALLOC_ALLOW_THP"] ??= "0";
  const { renderPng } = await import("../report/png.ts");
  return renderPng;
}
