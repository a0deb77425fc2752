// A result as JSON: the contract itself, nothing rounded.

import { json } from "../result/number.ts";
import { type Result, resultSchema } from "../result/schema.ts";

/**
 * One result as an object, several as an array; keys in the order of the schema, names in the order of the scenario.
 * @throws when a result breaks its own schema (a figure that is not finite, say): our fault, never written
 */
export function renderJson(results: readonly Result[]): string {
  const checked = results.map((result) => resultSchema.parse(result));
  return `${json(checked.length === 1 ? checked[0] : checked)}\n`;
}
