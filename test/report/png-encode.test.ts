import { createCanvas, loadImage } from "@napi-rs/canvas";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodePng } from "../../src/report/png-encode.ts";

async function pixelsOf(png: Buffer): Promise<{ width: number; height: number; data: number[] }> {
  const image = await loadImage(png);
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  return { width: image.width, height: image.height, data: [...canvas.data()] };
}

/** Opaque pixels, of few colours, so that rows are alike here and there. */
const picture = fc
  .record({
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 9 }),
    seed: fc.infiniteStream(fc.nat(2)),
  })
  .map(({ width, height, seed }) => {
    const rows = Array.from({ length: height }, () => {
      const isPlain = seed.next().value === 0;
      return Array.from(
        { length: width },
        () =>
          [
            [0, 0, 0, 255],
            [255, 7, 1, 255],
            [9, 255, 200, 255],
          ][isPlain ? 0 : (seed.next().value ?? 0)] ?? [],
      );
    });
    return { width, height, data: Uint8Array.from(rows.flat(2)) };
  });

test("a decoder gets back the pixels that were written", async () => {
  await fc.assert(
    fc.asyncProperty(picture, async (pixels) => {
      expect(await pixelsOf(encodePng(pixels))).toEqual({ ...pixels, data: [...pixels.data] });
    }),
  );
});

test("the same pixels give the same bytes, whatever was written before", () => {
  const data = Uint8Array.from({ length: 4 * 3 * 5 }, (_, i) => (i % 4 === 3 ? 255 : (i * 37) % 251));
  const first = encodePng({ width: 3, height: 5, data });
  encodePng({ width: 3, height: 5, data: new Uint8Array(60) });
  encodePng({ width: 5, height: 3, data });
  expect(encodePng({ width: 3, height: 5, data }).equals(first)).toBe(true);
});

test("data of another size is refused", () => {
  expect(() => encodePng({ width: 2, height: 2, data: new Uint8Array(15) })).toThrow("15 bytes for 2 x 2 pixels");
});
