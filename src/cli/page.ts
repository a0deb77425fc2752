import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import type { Model } from "../model/model.ts";
import { type Besides, pagePayload, payloadText } from "../page/payload.ts";
import type { PageProgram } from "../report/html.ts";
import { sha256 } from "../report/sha256.ts";
import type { Result } from "../result/schema.ts";

// Beside the bundled program, or in the build's output when it runs from its sources.
const FOLDERS = [import.meta.dirname, join(import.meta.dirname, "..", "..", "dist")];

/** The program of a report and the model that it computes with. */
export function pageProgram(model: Model, result: Result, besides: Besides): PageProgram {
  const payload = pagePayload(model, result, besides);
  // A page carries the program for what its scenario has.
  const kinds = [
    ...(besides.budgets.length === 0 ? [] : ["budgeted"]),
    ...(model.evolution === undefined ? [] : ["planned"]),
  ];
  const program = built(`${kinds.length === 0 ? "plain" : kinds.join("-")}-page.js`);
  return {
    loader: built("loader.js"),
    program: packed(program),
    hash: sha256(program, "base64"),
    model: packed(payloadText(payload)),
  };
}

function built(name: string): string {
  const file = FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (file === undefined) throw new Error(`no ${name} in ${FOLDERS.join(" or ")}: run npm run build`);
  return readFileSync(file, "utf8");
}

function packed(text: string): string {
  return deflateRawSync(Buffer.from(text, "utf8"), { level: 9 }).toString("base64");
}
