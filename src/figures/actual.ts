import { gapBetween, sumOf } from "../formula/arithmetic.ts";
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
  const planned = sumOf(metered.map((line) => line.PricingQuantity));
  const unitCost = planned === 0 ? undefined : estimate / planned;
  const byQuantity =
    quantity === undefined || unitCost === undefined ? null : gapBetween(quantity.value, planned) * unitCost;
  return {
    month,
    source,
    estimate,
    actual: cost,
    variance: gapBetween(cost, estimate),
    quantity_variance: byQuantity,
    price_variance: byQuantity === null ? null : gapBetween(cost - byQuantity, estimate),
  };
}
