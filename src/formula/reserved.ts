// Names that already mean something in a formula: nothing else may be called so.
import { isUnit, UNIT_NAMES } from "./unit.ts";

const WORDS: readonly string[] = ["and", "or", "not", "in", "if"];

/** What every scenario has: the load at an instant and in the month, the clock, and data that is never deleted. */
const BUILT_IN: readonly string[] = ["throughput", "work", "hour", "weekday", "forever"];

/** What a name that cannot be chosen means already, with the list of such names; undefined for one that is free. */
export function reservedName(name: string): { readonly is: string; readonly hint: string } | undefined {
  if (isUnit(name)) {
    const units = UNIT_NAMES.filter((unit) => /^[a-z]+$/.test(unit)).join(", ");
    return { is: "the name of a unit", hint: `choose another, such as "${name}_value". Units: ${units}` };
  }
  if (WORDS.includes(name)) {
    return { is: "a word of the formula language", hint: `choose another. Such words: ${WORDS.join(", ")}` };
  }
  if (BUILT_IN.includes(name)) {
    return { is: "a name that every scenario has", hint: `choose another. Such names: ${BUILT_IN.join(", ")}` };
  }
  return undefined;
}
