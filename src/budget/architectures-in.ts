import { wordFor } from "./budget.ts";

/** The architectures that an assertion names, as the scenario writes them. */
export function architecturesIn(assert: string, names: Iterable<string>): readonly string[] {
  const words = new Set(assert.match(/[a-z][a-z0-9_]*/g) ?? []);
  return [...names].filter((name) => words.has(wordFor(name)));
}
