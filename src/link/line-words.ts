import type { LineNodes } from "../model/line-nodes.ts";
import type { LinkedLine } from "./lines.ts";

/** The words of a line item; column names are FOCUS's. */
export function lineWords(line: LinkedLine): LineNodes["words"] {
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
function statusOf({ use, rate, kind, tier }: LinkedLine): LineNodes["words"]["x_PriceStatus"] {
  if (kind === "stated") return "stated";
  return use.meter.dynamic === true ? "assumed" : (rate.tiers[tier]?.status ?? rate.status);
}

function describe(line: LinkedLine): string {
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
