// Text on a terminal: names come from strangers' files, so they are cleaned, measured and cut before they are printed.
import { HIDDEN } from "../result/harmless.ts";

const CONTROL_SEQUENCE = "[0-?]*[ -/]*[@-~]";
const [ESCAPE, ONE_BYTE, BELL] = ["\u001b", "\u009b", "\u0007"];
// colours and cursor moves, then links and titles, then any other escape
const ESCAPES = new RegExp(
  `(?:${ESCAPE}\\[|${ONE_BYTE})${CONTROL_SEQUENCE}|${ESCAPE}\\][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)?|${ESCAPE}[@-_]?`,
  "g",
);
const UNSEEN = new RegExp(`[${HIDDEN}]`, "gu");
// the joiner that glues emoji into one of unknown width
const JOINED = /(\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]*)\u200d/gu;
const SIMPLE = /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u2013\u2014\u2026\u2500\u2265\u2192]*$/;
const STRAY_TONE = /(?<!\p{Emoji_Modifier_Base})\p{Emoji_Modifier}/gu;
const ZERO = /\p{M}|\p{Cf}|\p{Emoji_Modifier}/u;
const EMOJI = /(?!\p{Regional_Indicator})\p{Emoji_Presentation}/u;
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x1b2ff],
  [0x1f200, 0x1f2ff],
  [0x20000, 0x3fffd],
];
const EMOJI_STYLE = "\ufe0f";

/** One line of harmless text: escape sequences go, white space becomes one space, other invisible characters a `\ufffd`. */
export function clean(text: string): string {
  const line = text.replace(ESCAPES, "").replace(/[\s\u2028\u2029]+/g, " ");
  const seen = line.replace(JOINED, "$1").replace(UNSEEN, "\ufffd").replace(STRAY_TONE, "\ufffd");
  return seen.normalize("NFC").trim();
}

function columnsOf(character: string): number {
  if (character === EMOJI_STYLE) return 1; // makes the narrow character before it wide
  if (ZERO.test(character)) return 0;
  const code = character.codePointAt(0);
  if (code === undefined) return 0;
  return EMOJI.test(character) || WIDE.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}

/** Columns that a clean text takes on a terminal: wide characters and emoji two, combining marks none. */
export function widthOf(text: string): number {
  if (SIMPLE.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}

/** At most `width` columns; what is cut is marked with an ellipsis. */
export function truncate(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  return width < 1 ? "" : `${head(text, width - 1).trimEnd()}…`;
}

function head(text: string, width: number): string {
  let used = 0;
  let kept = "";
  for (const character of text) {
    used += columnsOf(character);
    if (used > width) break;
    kept += character;
  }
  return kept;
}

/** Exactly `width` columns: cut or filled with spaces, on the right or on the left. */
export function pad(text: string, width: number, align: "left" | "right"): string {
  const cut = truncate(text, width);
  const space = " ".repeat(Math.max(0, width - widthOf(cut)));
  return align === "left" ? cut + space : space + cut;
}

/** A space ends a word, but for one before a percent sign: a figure keeps its sign. */
const WORDS_END = / (?!%)/;

/** Breaks a text at spaces into lines of at most `width` columns, all after the first indented; longer words are split. */
export function wrap(text: string, width: number, indent = ""): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of clean(text)
    .split(WORDS_END)
    .flatMap((w) => pieces(w, Math.max(2, width - indent.length)))) {
    const start = lines.length === 0 ? "" : indent;
    const longer = line === "" ? start + word : `${line} ${word}`;
    if (line !== "" && widthOf(longer) > width) {
      lines.push(line);
      line = indent + word;
    } else line = longer;
  }
  return line === "" ? lines : [...lines, line];
}

function pieces(word: string, width: number): string[] {
  const parts: string[] = [];
  let rest = word;
  while (widthOf(rest) > width) {
    const part = head(rest, width);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return [...parts, rest];
}
