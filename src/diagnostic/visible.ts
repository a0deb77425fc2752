/**
 * Controls, escape codes, marks that reorder or hide text, and halves of surrogate pairs: a terminal must never get them
 * from a scenario that a stranger wrote.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const COMBINING = /\p{M}/u;
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** The text with everything that a terminal would act on, or hide, written as an escape such as `\x1b`. */
export function visible(text: string): string {
  let shown = "";
  for (const character of text) shown += visibleCharacter(character);
  return shown;
}

/** One character (code point) as it may be shown; a tab becomes one space. */
export function visibleCharacter(character: string): string {
  if (character === "\t") return " ";
  if (!HIDDEN.test(character)) return character;
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  const code = character.codePointAt(0)?.toString(16) ?? "";
  if (code.length <= 2) return `\\x${code.padStart(2, "0")}`;
  return code.length <= 4 ? `\\u${code.padStart(4, "0")}` : `\\u{${code}}`;
}

/** Columns of a terminal that a text already made visible takes: East Asian characters and emoji take two. */
export function terminalWidth(shown: string): number {
  let width = 0;
  for (const character of shown) {
    if (!COMBINING.test(character)) width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}
