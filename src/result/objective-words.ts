// Apart from the schema, so that who only says of objectives (the page of a report) carries none.

/** Begins what is said of an architecture that misses an objective. */
const MISSED = "it misses the objective";

/** Why an objective rules an architecture out. */
export function missedWords(id: string, assert: string): string {
  return `${MISSED} "${id}" (${assert})`;
}

/** Whether an objective is what rules an architecture out, and not the load. */
export function isMissed(reason: string): boolean {
  return reason.startsWith(MISSED);
}
