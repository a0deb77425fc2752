import { afterEach, expect, test, vi } from "vitest";
import { pngRenderer } from "../../src/cli/png-renderer.ts";

afterEach(() => vi.unstubAllEnvs());

test("the canvas's memory comes in ordinary pages, unless the user has asked for others", async () => {
  vi.stubEnv("MIMALLOC_ALLOW_THP", undefined);
  await pngRenderer();
  expect(process.env["MIMALLOC_ALLOW_THP"]).toBe("0");
  vi.stubEnv("MIMALLOC_ALLOW_THP", "1");
  await pngRenderer();
  expect(process.env["MIMALLOC_ALLOW_THP"]).toBe("1");
});
