import { parseFormula } from "../formula/parse.ts";
import type { Model } from "../model/model.ts";
import type { ArchitectureResult, LineItem } from "../result/schema.ts";
import type { ResolvedComponent } from "../scenario/read.ts";

type Actual = NonNullable<ArchitectureResult["components"][string]["actual"]>;

/**
 * Estimate against a bill: variance = actual - estimate, split into what quantity explains (at the estimated unit cost)
 * and what unit cost explains (at the actual quantity); the two add up to the whole.
 */
export function actualOf(
  model: Model,
  spec: ResolvedComponent,
  lines: readonly LineItem[],
  estimate: number,
): Actual | undefined {
  const given = spec.spec["actual"];
  if (typeof given !== "object" || given === null || !("cost" in given) || !("month" in given) || !("source" in given))
    return undefined;
  const cost = literal(given.cost);
  if (cost === undefined) return undefined;
  const quantity = "quantity" in given ? literal(given.quantity) : undefined;
  const meter = "meter" in given ? given.meter : undefined;
  const metered = lines.filter((line) => meter === undefined || line.x_Meter === meter);
  const planned = metered.reduce((total, line) => total + line.PricingQuantity, 0);
  const unitCost = planned === 0 ? undefined : estimate / planned;
  const byQuantity = quantity === undefined || unitCost === undefined ? null : (quantity - planned) * unitCost;
  void model;
  return {
    month: String(given.month),
    source: String(given.source),
    estimate,
    actual: cost,
    variance: difference(cost, estimate),
    quantity_variance: byQuantity,
    price_variance: byQuantity === null ? null : difference(cost - byQuantity, estimate),
  };
}

/** a - b; what rounding alone would leave of equal amounts is nothing. */
function difference(a: number, b: number): number {
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b)) ? 0 : a - b;
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
