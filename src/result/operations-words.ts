// Cost of ownership in sentences.
import { figure, money, quantity } from "./number.ts";
import type { OperationsResult } from "./operations.ts";

/** Turns reported: the nearest bills decide. */
const TURNS = 3;

/** Which is the cheapest with people counted, and how sure that is; nothing where hours of some are not stated. */
export function ownershipSentence({ cheapest, settled, architectures }: OperationsResult): string[] {
  const total = cheapest === null ? undefined : architectures[cheapest]?.total;
  if (cheapest === null || total === undefined || total === null) return [];
  const costs = `${money(total.typical)} a month, bill and operations`;
  if (Object.keys(architectures).length === 1) return [`${cheapest} costs ${costs}.`];
  const sure = settled === true ? "whatever the hours in their ranges" : "the ranges of hours leave it open";
  return [`With operations ${cheapest} is the cheapest at ${costs}; ${sure}.`];
}

/** The answer with people counted, and the hours that would turn the ranking. */
export function operationsSentences(found: OperationsResult): string[] {
  const { turns } = found;
  const [first] = turns;
  const words = [...ownershipSentence(found)];
  for (const { architecture, other, difference, hours, rate, stated } of turns.slice(0, TURNS)) {
    const known = stated === null ? "" : ` (told: ${figure(stated)})`;
    words.push(
      `The ranking turns if ${architecture} needs more than ${quantity(hours)} hours a month beyond ${other}${known}: the bills differ by ${money(difference)}, an hour costs ${money(rate)}.`,
    );
  }
  const origin = first === undefined ? Object.values(found.architectures)[0] : found.architectures[first.architecture];
  if (origin?.rate_status === "assumed" && (turns.length > 0 || words.length > 0)) {
    const source = origin.rate_source === null ? "" : `; ${origin.rate_source}`;
    words.push(`${money(origin.rate)} an hour is assumed: ${origin.rate_reason ?? "no reason"}${source}.`);
  }
  for (const [name, { hours, reason }] of Object.entries(found.architectures)) {
    if (hours !== null && reason !== null) words.push(`${name}: ${quantity(hours.typical)} hours (${reason}).`);
  }
  return words;
}
