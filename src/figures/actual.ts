import type { StatedActual } from "../model/architecture-nodes.ts";
import type { ArchitectureResult, LineItem } from "../result/schema.ts";

type Actual = NonNullable<ArchitectureResult["components"][string]["actual"]>;

/**
 * Estimate against a bill: variance = actual - estimate, split into what quantity explains (at the estimated unit cost)
 * and what unit cost explains (at the actual quantity); the two add up to the whole.
 */
export function actualOf(stated: StatedActual, lines: readonly LineItem[], estimate: number): Actual {
  const { cost, quantity, month, source } = stated;
  const metered = lines.filter((line) => quantity !== undefined && line.x_Meter === quantity.meter);
  const planned = metered.reduce((total, line) => total + line.PricingQuantity, 0);
  const unitCost = planned === 0 ? undefined : estimate / planned;
  const byQuantity = quantity === undefined || unitCost === undefined ? null : (quantity.value - planned) * unitCost;
  return {
    month,
    source,
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
