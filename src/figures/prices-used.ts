import type { Catalog } from "../catalog/catalog.ts";
import type { Model } from "../model/model.ts";
import type { PriceUsed } from "../result/schema.ts";

/** The price book of a run: each rate used, once, with its source; and a hash by which two runs can be told apart. */
export function pricesUsed(model: Model, catalog: Catalog): { readonly list: PriceUsed[]; readonly hash: string } {
  const list = model.rates.map((rate): PriceUsed => {
    const provider = rate.service.split("/")[0] ?? "";
    const source = catalog.source(provider, rate.source);
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
  });
  return { list, hash: fnv1a(JSON.stringify(list.map((p) => [p.service, p.rate, p.region, p.tiers]))) };
}

/** FNV-1a, 64 bit, as hex: a fingerprint, not a safeguard. */
function fnv1a(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}
