import { nearUnit } from "./unit.ts";

const CHARACTER_HINTS: ReadonlyMap<string, string> = new Map([
  ["×", "write *"],
  ["·", "write *"],
  ["÷", "write /"],
  ["−", "write -"],
  ["–", "write -"],
  ["≤", "write <="],
  ["≥", "write >="],
  ["≠", "write !="],
  ["=", "write == to compare"],
  ["!", "write not, or != to compare"],
  ["&", "write and"],
  ["&&", "write and"],
  ["|", "write or"],
  ["||", "write or"],
  ["^", "write pow(base, exponent)"],
  ["**", "write pow(base, exponent)"],
  ["?", "write if(condition, a, b)"],
  [":", "write if(condition, a, b)"],
  ["$", "write the unit after the number: 5 USD"],
  ["€", "prices are in USD: convert with a variable"],
  [".", "a dot stands inside a number or a name, without spaces round it"],
  ["{", "quote the formula: in YAML a comma or brace may have cut it"],
  ["}", "quote the formula: in YAML a comma or brace may have cut it"],
  ["\u00a0", "this is a non-breaking space: write a plain one"],
  ["µ", "write us for microseconds"],
  ["μ", "write us for microseconds"],
  ["“", 'write "'],
  ["”", 'write "'],
]);

/** What to write in place of a character that formulas do not have. */
export function characterHint(character: string): string | undefined {
  return CHARACTER_HINTS.get(character);
}

/** How people shorten large counts, with the power of ten that a formula writes. */
const MAGNITUDES: ReadonlyMap<string, number> = new Map([
  ["k", 3],
  ["K", 3],
  ["thousand", 3],
  ["M", 6],
  ["mn", 6],
  ["mio", 6],
  ["million", 6],
  ["B", 9],
  ["G", 9],
  ["bn", 9],
  ["billion", 9],
  ["T", 12],
]);

/** How to write a number that stands before a word for millions and the like. */
function magnitudeHint(word: string): string | undefined {
  const power = MAGNITUDES.get(word) ?? MAGNITUDES.get(word.toLowerCase());
  return power === undefined ? undefined : `write e${power} in place of ${word}, as in 20e${power}`;
}

type WordProblem = { readonly code: string; readonly message: string; readonly hint?: string };

/** Why a word is no token: after a number it should have been a unit, elsewhere a name. */
export function wordProblem(word: string, afterNumber: boolean): WordProblem {
  const unit = nearUnit(word);
  if (afterNumber) {
    const magnitude = magnitudeHint(word);
    if (magnitude !== undefined) return { code: "unknown-unit", message: `no unit "${word}"`, hint: magnitude };
    const hint = unit === undefined ? "write * between a number and a name" : `did you mean "${unit}"?`;
    return { code: "unknown-unit", message: `no unit "${word}"`, hint };
  }
  const lower = word.toLowerCase();
  const named = /^[a-z]/.test(lower) ? `write "${lower}"` : "begin with a letter";
  return {
    code: "bad-name",
    message: `"${word}" is not a name: names are lower case letters, digits and _`,
    hint: unit !== undefined && unit.toLowerCase() === lower ? `did you mean the unit "${unit}"?` : named,
  };
}
