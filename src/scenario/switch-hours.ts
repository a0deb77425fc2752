import { suggest } from "../diagnostic/suggest.ts";

/** When something is switched on: days of the week (0: Monday) and hours [from, to) of each of them. */
export type SwitchHours = { readonly days: readonly number[]; readonly from: number; readonly to: number };

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const WORDS: ReadonlyMap<string, readonly number[]> = new Map([
  ["daily", [0, 1, 2, 3, 4, 5, 6]],
  ["weekdays", [0, 1, 2, 3, 4]],
  ["weekends", [5, 6]],
]);
const EXAMPLE = "write e.g. weekdays 8..18, daily 6..22 or mon..thu 7..19";

/**
 * Reads a schedule such as `weekdays 8..18`: which days, and from which hour to which, on the clock of the load curve.
 * @returns what is wrong, as a sentence, where it cannot be read
 */
export function readSwitchHours(text: string): SwitchHours | string {
  const parts = /^\s*([a-z]+(?:\.\.[a-z]+)?)\s+(\d{1,2})\.\.(\d{1,2})\s*$/.exec(text);
  const [, word, first, last] = parts ?? [];
  if (word === undefined) return `a schedule is days and hours: ${EXAMPLE}`;
  const days = daysOf(word);
  if (days === undefined) {
    const near = suggest(word, [...WORDS.keys(), ...DAYS]);
    return `no days "${word}"${near === undefined ? ":" : `, did you mean "${near}"?`} ${EXAMPLE}`;
  }
  const from = Number(first);
  const to = Number(last);
  if (from >= to || to > 24) return `hours run from 0..24, the first before the last: ${EXAMPLE}`;
  return { days, from, to };
}

function daysOf(word: string): readonly number[] | undefined {
  const known = WORDS.get(word);
  if (known !== undefined) return known;
  const [first = "", last = first] = word.split("..");
  const from = DAYS.indexOf(first);
  const to = DAYS.indexOf(last);
  if (from === -1 || to === -1) return undefined;
  const length = ((to - from + 7) % 7) + 1;
  return Array.from({ length }, (_, i) => (from + i) % 7).sort((a, b) => a - b);
}
