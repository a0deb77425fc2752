// Quotas in words. The title, the unit and what happens come from the catalog.
import { COUNT_LABELS } from "../formula/unit.ts";
import { figure, percent, quantity } from "./number.ts";
import type { Limit } from "./schema.ts";

/** Demands within this of a quota count as met: they are the same but for rounding. */
export const TOLERANCE = 1e-9;

/** Whether the demand at the load exceeds what is granted. */
export function isOver({ demand, granted }: Pick<Limit, "demand" | "granted">): boolean {
  return demand > granted * (1 + TOLERANCE);
}

/** What happens to the work above a quota. */
export const EFFECT_WORDS: Readonly<Record<Limit["effect"], string>> = {
  delay: "work waits",
  reject: "work is rejected",
  fail: "work fails",
  slow: "work is slowed down",
};

/** A figure with its unit; a count has none. What is counted stands in the plural: 30,000 transitions/s. */
export function withUnit(x: number, unit: string): string {
  // The title says what is counted where there is no word for it.
  if (unit === "" || unit === "item") return figure(x);
  const [first = "", ...rest] = unit.split(/(?=[*/])/);
  const counted = COUNT_LABELS.includes(first) && /^[a-z]+$/.test(first) && x !== 1;
  return `${quantity(x)} ${counted ? plural(first) : first}${rest.join("")}`;
}

function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

/** At which load a quota binds, in words. */
export function loadWords({ units, share }: { readonly units: number; readonly share: number }): string {
  return units === 0 ? "at any load" : `at ${percent(share)} of the load`;
}
