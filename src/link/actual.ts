import { parseFormula } from "../formula/parse.ts";
import type { StatedActual } from "../model/architecture-nodes.ts";
import type { ResolvedComponent } from "../scenario/read.ts";

/** The bill that a component is compared with; undefined where it states none, or no cost. */
export function statedActual({ spec }: ResolvedComponent): StatedActual | undefined {
  const given = spec["actual"];
  if (typeof given !== "object" || given === null || !("cost" in given) || !("month" in given) || !("source" in given))
    return undefined;
  const cost = literal(given.cost);
  if (cost === undefined) return undefined;
  return {
    month: String(given.month),
    source: String(given.source),
    cost,
    quantity: "quantity" in given ? literal(given.quantity) : undefined,
    meter: "meter" in given && typeof given.meter === "string" ? given.meter : undefined,
  };
}

/** A figure as written: a number, or a literal such as `412.50 USD`. */
function literal(text: unknown): number | undefined {
  if (typeof text === "number") return text;
  if (typeof text !== "string") return undefined;
  const parsed = parseFormula(text);
  if (!("expr" in parsed)) return undefined;
  if (parsed.expr.kind === "number" || parsed.expr.kind === "literal") return parsed.expr.value;
  return undefined;
}
