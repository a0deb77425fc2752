import type { LineItem } from "../result/schema.ts";
import type { LineNodes } from "./lines.ts";
import type { Values } from "./values.ts";

/** A line item of the result from its nodes; column names are FOCUS's. */
export function lineItem(line: LineNodes, values: Values): LineItem {
  const { use, rate, kind } = line;
  const tier = rate.tiers[line.tier];
  const list = values(line.list);
  const contracted = values(line.contracted);
  const effective = values(line.effective);
  const quantity = values(line.quantity);
  const listPrice = kind === "commitment" && quantity !== 0 ? list / quantity : Number(tier?.price);
  const focus = use.service.data.focus;
  const stated = kind === "stated" || use.service.id === "custom/line";
  return {
    x_Architecture: use.architecture,
    x_Component: use.component,
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
    ConsumedQuantity: values(line.consumed),
    ConsumedUnit: use.unit.text,
    PricingQuantity: quantity,
    PricingUnit: use.unit.text,
    PricingCategory: kind === "commitment" ? "Committed" : "Standard",
    ListUnitPrice: listPrice,
    ListCost: list,
    ContractedUnitPrice: quantity === 0 || contracted === list ? listPrice : contracted / quantity,
    ContractedCost: contracted,
    EffectiveCost: effective,
    BilledCost: effective,
    BillingCurrency: "USD",
    SkuPriceId: tier?.sku ?? null,
    x_Formula: use.formula,
    x_Source: rate.source,
    x_SourceDate: stated ? null : rate.observed,
    x_PriceStatus: kind === "stated" ? "stated" : rate.status,
    x_Place: use.line,
  };
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
