import type { LineFigures, LineNodes } from "../model/line-nodes.ts";
import type { LineItem } from "../result/schema.ts";
import type { Values } from "./values.ts";

/** A line item of the result from its nodes. */
export function lineItem(line: LineNodes, values: Values): LineItem {
  return { ...line.words, ...lineFigures(line, values) };
}

function lineFigures(line: LineNodes, values: Values): LineFigures {
  const list = values(line.list);
  const contracted = values(line.contracted);
  const effective = values(line.effective);
  const quantity = values(line.quantity);
  const listPrice = values(line.price);
  return {
    ConsumedQuantity: values(line.consumed),
    PricingQuantity: quantity,
    ListUnitPrice: listPrice,
    ListCost: list,
    ContractedUnitPrice: quantity === 0 || contracted === list ? listPrice : contracted / quantity,
    ContractedCost: contracted,
    EffectiveCost: effective,
    BilledCost: effective,
  };
}

/** A tier that nothing reaches is no line of a bill. */
export function isWorthALine(line: LineItem): boolean {
  return line.x_TierFrom === 0 || line.PricingQuantity !== 0;
}
