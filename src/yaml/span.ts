import type { Scalar } from "yaml";
import type { Span } from "../diagnostic/diagnostic.ts";

/**
 * The span in the file of a span in a scalar's value.
 * Plain and quoted texts on one line map exactly; of a text over several lines, whose line breaks and indents YAML folds,
 * every character but white space does. Where the two texts do not match the answer is the whole scalar.
 */
export function spanInScalar(scalar: Scalar, text: string, span: Span): Span {
  const whole = spanOfScalar(scalar, text);
  const value = String(scalar.value);
  if (span.start < 0 || span.start > span.end || span.end > value.length) return whole;
  const offsets = offsetsOf(scalar, text, value, whole);
  if (offsets === undefined) return whole;
  const start = offsets[span.start];
  const end = offsets[span.end];
  return start === undefined || end === undefined ? whole : { start, end };
}

/** The scalar as written, quotes included, without the line break that ends a block. */
export function spanOfScalar(scalar: Scalar, text: string): Span {
  const [start, end] = scalar.range ?? [0, 0];
  return { start, end: start + text.slice(start, end).trimEnd().length };
}

/** For each character of the value, and the place after the last, its offset in the file. */
function offsetsOf(scalar: Scalar, text: string, value: string, whole: Span): readonly number[] | undefined {
  const source = text.slice(whole.start, whole.end);
  if (scalar.type === "QUOTE_DOUBLE" || scalar.type === "QUOTE_SINGLE") {
    return source.includes("\n")
      ? undefined
      : quotedOffsets(source, scalar.type === "QUOTE_DOUBLE", whole.start, value);
  }
  const isBlock = scalar.type === "BLOCK_LITERAL" || scalar.type === "BLOCK_FOLDED";
  const body = isBlock ? source.indexOf("\n") + 1 : 0;
  return foldedOffsets(source.slice(body), whole.start + body, value);
}

function quotedOffsets(source: string, double: boolean, start: number, value: string): readonly number[] | undefined {
  const offsets: number[] = [];
  let at = 1;
  while (at < source.length - 1) {
    const length = double ? escapeLength(source, at) : source.startsWith("''", at) ? 2 : 1;
    offsets.push(start + at);
    if (length === 10 && Number.parseInt(source.slice(at + 2, at + 10), 16) > 0xffff) offsets.push(start + at);
    at += length;
  }
  offsets.push(start + at);
  return offsets.length === value.length + 1 ? offsets : undefined;
}

function escapeLength(source: string, at: number): number {
  if (source[at] !== "\\") return 1;
  const lengths: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };
  return lengths[source[at + 1] ?? ""] ?? 2;
}

/** Walks value and source side by side: characters but white space are the same in both, in the same order. */
function foldedOffsets(source: string, start: number, value: string): readonly number[] | undefined {
  const offsets: number[] = [];
  let at = 0;
  for (const character of value.split("")) {
    if (isSpace(character)) {
      offsets.push(start + at);
      if (source[at] === character) at += 1;
      continue;
    }
    while (at < source.length && isSpace(source[at] ?? "")) at += 1;
    if (source[at] !== character) return undefined;
    offsets.push(start + at);
    at += 1;
  }
  offsets.push(start + Math.min(at, source.length));
  return offsets;
}

function isSpace(character: string): boolean {
  return character === " " || character === "\n" || character === "\t" || character === "\r";
}
