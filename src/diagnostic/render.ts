import type { Diagnostic, Place, Severity } from "./diagnostic.ts";
import { terminalWidth, visible, visibleCharacter } from "./visible.ts";

export type RenderOptions = { readonly color?: boolean };

/** Characters of a source line that are shown at most; a longer line is cut to a window round the span. */
const WINDOW = 100;
/** Characters kept before the span in such a window. */
const LEAD = 30;
const INDENT = "  ";

/**
 * Line and column of an offset, both from 1. A column is a character (code point), so that an emoji before the place
 * counts once; a byte order mark counts nothing. Offsets outside the text are taken as its start or end.
 */
export function lineColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const end = Math.max(0, Math.min(offset, text.length));
  let line = 1;
  let start = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) {
    line += 1;
    start = at + 1;
  }
  const before = text.slice(start, end);
  const mark = start === 0 && before.startsWith("\ufeff") ? 1 : 0;
  return { line, column: [...before].length - mark + 1 };
}

/** One problem as people read it: place, message, the line with carets under the span, hint. No newline at the end. */
export function renderDiagnostic(diagnostic: Diagnostic, options: RenderOptions = {}): string {
  const { severity, message, place, hint } = diagnostic;
  const paint = options.color === true ? painted : plain;
  const label = `${paint(severity, `${severity}:`)} ${visible(message)}`;
  const lines: string[] = [];
  if (place === undefined) {
    lines.push(label);
  } else {
    const { line, column } = lineColumn(place.text, place.span.start);
    lines.push(`${paint("place", `${visible(place.file)}:${line}:${column}:`)} ${label}`);
    const frame = codeFrame(place);
    lines.push(`${INDENT}${frame.line}`, `${INDENT}${frame.blank}${paint(severity, frame.carets)}`);
  }
  if (hint !== undefined) {
    const [first = "", ...rest] = hint.split("\n").map(visible);
    lines.push(`${INDENT}hint: ${first}`, ...rest.map((more) => `${INDENT}      ${more}`));
  }
  return lines.join("\n");
}

/** All problems, by file and place, and a last line that counts them; the empty text where there are none. */
export function renderDiagnostics(list: readonly Diagnostic[], options: RenderOptions = {}): string {
  if (list.length === 0) return "";
  const sorted = [...list].sort(byPlace);
  return [...sorted.map((diagnostic) => renderDiagnostic(diagnostic, options)), summary(list)].join("\n");
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.place === undefined || b.place === undefined)
    return Number(b.place === undefined) - Number(a.place === undefined);
  if (a.place.file !== b.place.file) return a.place.file < b.place.file ? -1 : 1;
  return a.place.span.start - b.place.span.start;
}

function summary(list: readonly Diagnostic[]): string {
  const severities: readonly Severity[] = ["error", "warning", "note"];
  return severities
    .map((severity) => ({ severity, count: list.filter((d) => d.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}${count === 1 ? "" : "s"}`)
    .join(", ");
}

type Frame = { readonly line: string; readonly blank: string; readonly carets: string };

/** The line of the span's start, what stands before the carets, and the carets: at least one, none past the line's end. */
function codeFrame({ text, span }: Place): Frame {
  const start = Math.max(0, Math.min(span.start, text.length));
  const newline = text.lastIndexOf("\n", start - 1);
  const lineStart = start === 0 ? 0 : newline + 1;
  const nextLine = text.indexOf("\n", start);
  const rawEnd = nextLine === -1 ? text.length : nextLine;
  const lineEnd = rawEnd > lineStart && text[rawEnd - 1] === "\r" ? rawEnd - 1 : rawEnd;
  const from = text[lineStart] === "\ufeff" && start > lineStart ? lineStart + 1 : lineStart;
  const before = [...text.slice(from, start)];
  const inside = [...text.slice(start, Math.max(start, Math.min(span.end, lineEnd)))];
  const after = [...text.slice(start, Math.max(start, lineEnd))].slice(inside.length);
  return windowed(before, inside, after);
}

function windowed(before: readonly string[], inside: readonly string[], after: readonly string[]): Frame {
  const long = before.length + inside.length + after.length > WINDOW;
  const whole = !long || before.length <= LEAD;
  const lead = whole ? before : before.slice(before.length - LEAD);
  const kept = long ? inside.slice(0, WINDOW - lead.length) : inside;
  const tail = long ? after.slice(0, WINDOW - lead.length - kept.length) : after;
  const cut = kept.length < inside.length || tail.length < after.length;
  const blank = `${whole ? "" : "…"}${shown(lead)}`;
  const marked = shown(kept);
  return {
    line: `${blank}${marked}${shown(tail)}${cut ? "…" : ""}`.trimEnd(),
    blank: " ".repeat(terminalWidth(blank)),
    carets: "^".repeat(Math.max(1, terminalWidth(marked))),
  };
}

function shown(characters: readonly string[]): string {
  return characters.map(visibleCharacter).join("");
}

type Paint = (what: Severity | "place", text: string) => string;

const STYLES: Readonly<Record<Severity | "place", string>> = {
  error: "1;31",
  warning: "1;33",
  note: "1;36",
  place: "1",
};

const plain: Paint = (_what, text) => text;
const painted: Paint = (what, text) => `\u001b[${STYLES[what]}m${text}\u001b[0m`;
