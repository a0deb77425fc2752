import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import type { Model } from "../model/model.ts";
import { pagePayload } from "../page/payload.ts";
import type { PageProgram } from "../report/html.ts";
import type { Result } from "../result/schema.ts";

// Beside the bundled program, or in the build's output when it runs from its sources.
const PLACES = [join(import.meta.dirname, "page.js"), join(import.meta.dirname, "..", "..", "dist", "page.js")];

/** The program of a report and the model that it computes with. */
export function pageProgram(model: Model, result: Result): PageProgram {
  const file = PLACES.find((path) => existsSync(path));
  if (file === undefined) throw new Error(`no ${PLACES.join(" or ")}: run npm run build`);
  const text = JSON.stringify(pagePayload(model, result));
  return {
    script: readFileSync(file, "utf8"),
    model: deflateRawSync(Buffer.from(text, "utf8"), { level: 9 }).toString("base64"),
  };
}
