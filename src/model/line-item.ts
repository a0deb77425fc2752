import type { LineItem } from "../result/schema.ts";
import type { LineNodes } from "./lines.ts";
import type { Values } from "./values.ts";

type LineFigures = Pick<
  LineItem,
  | "ConsumedQuantity"
  | "PricingQuantity"
  | "ListUnitPrice"
  | "ListCost"
  | "ContractedUnitPrice"
  | "ContractedCost"
  | "EffectiveCost"
  | "BilledCost"
>;

/** What of a line item is computed. A report carries it too, so that its page follows its sliders. */
export type LineFigureNodes = Pick<LineNodes, "price" | "consumed" | "quantity" | "list" | "contracted" | "effective">;

/** The nodes that `lineFigures` needs the values of. */
export function lineFigureNodes(line: LineFigureNodes): readonly number[] {
  return [line.price, line.consumed, line.quantity, line.list, line.contracted, line.effective];
}

/** Quantities and costs of a line item. */
export function lineFigures(line: LineFigureNodes, values: Values): LineFigures {
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

/** A line item of the result from its nodes; column names are FOCUS's. */
export function lineItem(line: LineNodes, values: Values): LineItem {
  const { use, rate, kind } = line;
  const tier = rate.tiers[line.tier];
  const focus = use.service.data.focus;
  const stated = kind === "stated" || use.service.id === "custom/line";
  return {
    x_Architecture: use.architecture,
    x_Component: use.component,
    ...(use.environment === undefined ? {} : { x_Environment: use.environment }),
    x_Service: use.service.id,
    x_Meter: use.name,
    x_Role: use.meter.role,
    x_Kind: kind,
    x_TierFrom: tier === undefined ? 0 : tier.from,
    x_TierTo: tier === undefined || tier.to === Number.POSITIVE_INFINITY ? null : tier.to,
    ServiceName: focus.ServiceName,
    ServiceCategory: focus.ServiceCategory,
    ServiceSubcategory: focus.ServiceSubcategory ?? null,
    ChargeCategory: kind === "commitment" && stated ? "Purchase" : "Usage",
    ChargeDescription: describe(line),
    RegionId: use.region,
    SubAccountId: use.account,
    ConsumedUnit: use.unit.text,
    PricingUnit: use.unit.text,
    PricingCategory: kind === "commitment" ? "Committed" : use.meter.dynamic === true ? "Dynamic" : "Standard",
    ...lineFigures(line, values),
    BillingCurrency: "USD",
    // A price that is a share of another has a SKU of its own, which is not known.
    SkuPriceId: use.priceShare === undefined ? (tier?.sku ?? null) : null,
    x_Formula: use.formula,
    x_Source: rate.source,
    x_SourceDate: stated ? null : rate.observed,
    x_PriceStatus: statusOf(line),
    x_Place: use.line,
  };
}

/** What the provider moves without notice was not observed on any day. */
function statusOf({ use, rate, kind, tier }: LineNodes): LineItem["x_PriceStatus"] {
  if (kind === "stated") return "stated";
  return use.meter.dynamic === true ? "assumed" : (rate.tiers[tier]?.status ?? rate.status);
}

function describe(line: LineNodes): string {
  const { use, rate, kind, tier } = line;
  const tiers = rate.tiers.length > 1 ? `, tier ${tier + 1}` : "";
  const suffix =
    kind === "retries"
      ? ", retries"
      : kind === "commitment" && use.service.id !== "custom/line"
        ? ", under a Savings Plan"
        : "";
  return `${use.meter.title}${tiers}${suffix}`;
}
