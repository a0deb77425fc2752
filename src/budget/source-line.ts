import type { Place } from "../diagnostic/diagnostic.ts";
import { lineColumn } from "../diagnostic/render.ts";
import type { SourceLine } from "../result/check.ts";

/** A place as formats tell it. */
export function sourceLine({ file, text, span }: Place): SourceLine {
  const { line, column } = lineColumn(text, span.start);
  return { file: file.replaceAll("\\", "/"), line, column };
}

/** `scenario.yaml:12`, as results tell places; undefined for what is none. */
export function lineFrom(place: string | null): SourceLine | undefined {
  const found = place === null ? null : /^(.+):(\d+)$/.exec(place);
  const [, file, line] = found ?? [];
  return file === undefined || line === undefined
    ? undefined
    : { file: file.replaceAll("\\", "/"), line: Number(line), column: 1 };
}
