import type { RateEntry, RatesFile } from "./schema.ts";
import { upperEdge } from "./tiers.ts";

/** How sure a price is on the day it is used. */
export type RateStatus = "listed" | "carried" | "assumed" | "remembered";

export type PriceTier = {
  /** lower edge in pricing units, included */
  readonly from: number;
  /** upper edge, excluded; Infinity for the last */
  readonly to: number;
  /** USD per pricing unit as the price list writes it */
  readonly price: string;
  readonly sku: string | null;
  /** where it differs from that of the rate */
  readonly status?: RateStatus;
};

/** The price of a meter in a region on a day. */
export type Rate = {
  readonly service: string;
  readonly key: string;
  readonly region: string;
  readonly regionOfPrice: string;
  readonly unit: string | undefined;
  readonly tiers: readonly PriceTier[];
  readonly from: string;
  /** the last day on which it was seen */
  readonly observed: string;
  readonly gapDays: number;
  readonly status: RateStatus;
  readonly source: string;
  readonly retrieved: string | null;
  readonly note: string | null;
};

/** The dated entries of one key, defaults of the file merged in, oldest first. */
export function entriesOf(file: RatesFile, key: string): readonly RateEntry[] {
  const found = Object.hasOwn(file.rates, key) ? file.rates[key] : undefined;
  if (found === undefined) return [];
  const list = typeof found === "string" ? [{ price: found }] : Array.isArray(found) ? found : [found];
  return list
    .map((entry) => ({ ...file.defaults, ...entry }))
    .sort((a, b) => ((a.from ?? "") < (b.from ?? "") ? -1 : 1));
}

/** What makes the dated entries of one rate no usable price, each as the end of a sentence; one by one the schema checks them. */
export function entryFaults(entries: readonly RateEntry[]): readonly string[] {
  const days = entries.flatMap(({ from }) => from ?? []);
  return new Set(days).size < days.length ? ["two prices begin on the same day"] : [];
}

/** The entry that holds on a day: the latest whose `from` is not after it. */
export function entryOn(entries: readonly RateEntry[], day: string): RateEntry | undefined {
  return entries.filter((entry) => entry.from !== undefined && entry.from <= day).at(-1);
}

const DAY = 86_400_000;

/** Days from one ISO date to another; negative when `to` is earlier. A date alone is read as UTC: no clock, no zone. */
export function daysBetween(from: string, to: string): number {
  // biome-ignore lint/style/noRestrictedGlobals: reads days that are given, no clock
  return (Date.parse(to) - Date.parse(from)) / DAY;
}

/** Makes a usable rate of an entry; `carried` when the day lies after the last observation. */
export function rateOf(
  id: { readonly service: string; readonly key: string; readonly region: string; readonly regionOfPrice: string },
  entry: RateEntry,
  day: string,
): Rate {
  const from = entry.from ?? "";
  const observed = entry.confirmed ?? from;
  const gapDays = Math.max(0, daysBetween(observed, day));
  const elsewhere = id.region !== id.regionOfPrice && id.regionOfPrice !== "global";
  const statusOf = (written: RateEntry["status"]): RateStatus => {
    if (elsewhere) return "assumed";
    return (written ?? "listed") === "listed" && gapDays > 0 ? "carried" : (written ?? "listed");
  };
  const tiers = entry.tiers?.map((tier) => ({
    from: Number(tier.from),
    to: upperEdge(tier),
    price: tier.price,
    sku: tier.sku ?? entry.sku ?? null,
    ...(tier.status === undefined ? {} : { status: statusOf(tier.status) }),
  })) ?? [{ from: 0, to: Number.POSITIVE_INFINITY, price: entry.price ?? "", sku: entry.sku ?? null }];
  return {
    ...id,
    unit: entry.unit,
    tiers,
    from,
    observed,
    gapDays,
    status: statusOf(entry.status),
    source: entry.source ?? "",
    retrieved: entry.retrieved ?? null,
    note: entry.note ?? (entry.assumed_from === undefined ? null : `assumed from ${entry.assumed_from}`),
  };
}
