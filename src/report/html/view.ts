import type { Result } from "../../result/schema.ts";

/** What sections are rendered from: in the page some architectures may be switched off, the others keep their colours. */
export type View = {
  readonly result: Result;
  /** all architectures of the scenario: the place of a name gives its colour and dashes */
  readonly order: readonly string[];
};

/** Place of an architecture among all of the scenario. */
export function placeOf({ order }: View, name: string): number {
  return Math.max(0, order.indexOf(name));
}

/** Architectures cheapest first. */
export function ranked({ result }: View): readonly string[] {
  return result.comparison.rows.map((row) => row.architecture);
}
