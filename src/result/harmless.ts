// What a terminal and a build log act on. Names come from strangers' files.

/** Controls, marks that turn the direction of text round or hide it, halves of pairs; as the inside of a character class. */
export const HIDDEN =
  "\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e0fff}";

const ACTED_ON = new RegExp(`[${HIDDEN}]`, "gu");
/** Our own colours. */
const COLOUR = "\u001b\\[(?:[012]|3[1236]|1;3[136])m";
const IS_COLOUR = new RegExp(`^${COLOUR}$`);
const COLOUR_OR_ACTED_ON = new RegExp(`${COLOUR}|[${HIDDEN}]`, "gu");
/** What begins a command: at the start of a line, white space and colours aside. */
const IN_FRONT = new RegExp(`^((?:[^\\S\n]|${COLOUR})*):(?=:)`, "gm");

/**
 * The one way to a terminal or a log: every command writes through it (`cli/harmless-io.ts`). Lines stay lines; whatever else a
 * terminal acts on or hides becomes an escape such as `\u001b`, which JSON reads back as it was; and no line is a command to a
 * runner: `::` in front, `##[`, `##vso[`.
 * @param coloured whether our own colours pass
 */
export function harmless(text: string, coloured = false): string {
  const shown = text.replace(coloured ? COLOUR_OR_ACTED_ON : ACTED_ON, (found) =>
    found === "\n" || found === "\t" || IS_COLOUR.test(found) ? found : codes(found),
  );
  return shown.replace(/##(?=\w*\[)/g, "#\\u0023").replace(IN_FRONT, "$1: ");
}

/** A name within a line: it cannot end the line either. */
export function inLine(name: string): string {
  return harmless(name).replaceAll("\n", "\\n").replaceAll("\t", "\\t");
}

/** One escape for each UTF-16 unit. */
function codes(text: string): string {
  return text.split("").reduce((all, unit) => `${all}\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`, "");
}
