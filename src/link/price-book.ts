import type { Catalog } from "../catalog/catalog.ts";
import type { Rate } from "../catalog/rate.ts";
import type { PriceUsed } from "../result/schema.ts";

/** The price book of a model: each rate used, once, in order of first use, and the place of each in it. */
export type PriceBook = {
  readonly prices: readonly PriceUsed[];
  /** a hash by which the prices of two runs can be distinguished */
  readonly hash: string;
  readonly priceOf: (rate: Rate) => number;
};

const keyOf = ({ service, key, region }: Rate): string => `${service}#${key}@${region}`;

/** @param used rates, in order of use */
export function priceBook(used: readonly Rate[], catalog: Catalog): PriceBook {
  const rates = [...new Map(used.map((rate) => [keyOf(rate), rate])).values()];
  const places = new Map(rates.map((rate, place) => [keyOf(rate), place]));
  const prices = rates.map((rate) => priceUsed(rate, catalog));
  return {
    prices,
    hash: fnv1a(JSON.stringify(prices.map((p) => [p.service, p.rate, p.region, p.tiers]))),
    priceOf: (rate) => places.get(keyOf(rate)) ?? -1,
  };
}

function priceUsed(rate: Rate, catalog: Catalog): PriceUsed {
  const source = catalog.source(rate.service.split("/")[0] ?? "", rate.source);
  return {
    service: rate.service,
    rate: rate.key,
    region: rate.region,
    region_of_price: rate.regionOfPrice,
    unit: rate.unit ?? "",
    tiers: rate.tiers.map(({ from, to, price, sku }) => ({
      from,
      to: to === Number.POSITIVE_INFINITY ? null : to,
      price,
      sku,
    })),
    from: rate.from,
    observed: rate.observed,
    gap_days: rate.gapDays,
    status: rate.service === "custom/line" ? "stated" : rate.status,
    source: rate.source,
    source_title: source?.title ?? rate.source,
    source_url: source?.url ?? null,
    retrieved: rate.retrieved,
    note: rate.note,
  };
}

/** FNV-1a, 64 bit, as hex: a fingerprint, not a safeguard. */
function fnv1a(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}
