const MIN_LETTERS = 3;
const MAX_DISTANCE = 3;
/** Words that a run looks for: nobody reads more suggestions, and each word is compared with every name. */
export const MOST_SUGGESTIONS = 300;

let asked = 0;

/** Begins to count anew: a run of the program has suggestions of its own. */
export function startSuggestions(): void {
  asked = 0;
}

/** Whether words were left without a suggestion because there were too many. */
export function suggestionsEnded(): boolean {
  return asked > MOST_SUGGESTIONS;
}

/**
 * The candidate that the writer most likely meant, for "did you mean".
 * Damerau-Levenshtein on lower case, at most 3 and at most half of the shorter word. Where one word contains the other,
 * each missing letter counts half and only the second bound holds, so that `step-function` finds
 * `step-functions-standard`. Ties go to the name that sorts first, so the order of the candidates does not matter.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length < MIN_LETTERS) return undefined;
  asked += 1;
  if (suggestionsEnded()) return undefined;
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate.length < MIN_LETTERS || candidate === word) continue;
    const distance = distanceWithin(wanted, candidate.toLowerCase());
    if (distance < least || (distance === least && best !== undefined && candidate < best)) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

/** Infinity where the words are too far apart to be worth a suggestion. */
function distanceWithin(a: string, b: string): number {
  const half = Math.min(a.length, b.length) / 2;
  const missing = Math.abs(a.length - b.length);
  if (a.includes(b) || b.includes(a)) return missing / 2 <= half ? missing / 2 : Number.POSITIVE_INFINITY;
  if (missing > MAX_DISTANCE) return Number.POSITIVE_INFINITY;
  const distance = damerauLevenshtein(a, b, Math.min(MAX_DISTANCE, half));
  return distance <= Math.min(MAX_DISTANCE, half) ? distance : Number.POSITIVE_INFINITY;
}

/**
 * Least number of insertions, deletions, replacements and swaps of neighbours (optimal string alignment); infinite where
 * it is more than `most`, which needs cells near the diagonal only.
 */
function damerauLevenshtein(a: string, b: string, most: number): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row: number[] = [];
    row[0] = i;
    let least = at(row, 0);
    for (let j = Math.max(1, i - MAX_DISTANCE); j <= Math.min(b.length, i + MAX_DISTANCE); j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = !same && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        at(row, j - 1) + 1,
        at(last, j) + 1,
        at(last, j - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
      least = Math.min(least, at(row, j));
    }
    // A swap reaches back over one row and costs one.
    if (least > most + 1) return Number.POSITIVE_INFINITY;
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
