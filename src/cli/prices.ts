import type { Catalog } from "../catalog/catalog.ts";
import { nearService } from "../catalog/near-service.ts";
import { daysBetween, entriesOf } from "../catalog/rate.ts";
import type { RatesFile } from "../catalog/schema.ts";
import { verifyPrices } from "../catalog/verify.ts";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { inLine } from "../result/harmless.ts";
import { openCatalog } from "./load.ts";
import { EXIT, type Io, today } from "./process.ts";

export type PriceOptions = { readonly pricing?: readonly string[] };

function open(options: PriceOptions): { catalog: Catalog; problems: Problems } {
  const problems = new Problems();
  const catalog = openCatalog(options.pricing ?? [], problems);
  if (problems.hasErrors) throw new InputError(problems.list);
  return { catalog, problems };
}

function servicesOf(catalog: Catalog, service: string | undefined): readonly string[] {
  const known = catalog.serviceIds();
  if (service === undefined) return known;
  if (known.includes(service)) return [service];
  const problems = new Problems();
  const hint = nearService(service, known) ?? "archcost prices list shows what is known";
  problems.error("unknown-service", `no service "${service}"`, undefined, hint);
  throw new InputError(problems.list);
}

type Seen = { readonly day: string; readonly status: string };

function seenOf(file: RatesFile): readonly Seen[] {
  return Object.keys(file.rates).flatMap((key) =>
    entriesOf(file, key).map((entry) => ({
      day: entry.confirmed ?? entry.from ?? "",
      status: entry.status ?? "listed",
    })),
  );
}

/** `archcost prices list`: services with regions, number of prices, and how old they are. */
export function pricesList(service: string | undefined, options: PriceOptions, io: Io): number {
  const { catalog, problems } = open(options);
  const day = today(io);
  const rows = servicesOf(catalog, service).map((id) => {
    const seen = catalog.rateFiles(id).flatMap(seenOf);
    const days = seen.map((item) => item.day).sort();
    const oldest = days[0];
    const statuses = ["listed", "assumed", "remembered"].flatMap((status) => {
      const count = seen.filter((item) => item.status === status).length;
      return count === 0 ? [] : [`${count} ${status}`];
    });
    const age = oldest === undefined ? "" : `${oldest} to ${days.at(-1)}`;
    const gap = oldest === undefined ? "" : `${daysBetween(oldest, day)} d`;
    return [id, String(catalog.regionsOf(id).length), statuses.join(", "), age, gap];
  });
  if (problems.hasErrors) throw new InputError(problems.list);
  io.stdout.write(columns([["service", "regions", "prices", "seen", "oldest"], ...rows]));
  return EXIT.fine;
}

/** `archcost prices show SERVICE [REGION]`: every price with tiers, source, date, age and status. */
export function pricesShow(service: string, region: string | undefined, options: PriceOptions, io: Io): number {
  const { catalog, problems } = open(options);
  servicesOf(catalog, service);
  const day = today(io);
  const files = catalog
    .rateFiles(service)
    .filter((file) => region === undefined || file.region === region || file.region === "global");
  if (files.length === 0) {
    const known = catalog.regionsOf(service);
    problems.error("unknown-region", `no prices of ${service} in ${region}`, undefined, `regions: ${known.join(", ")}`);
  }
  if (problems.hasErrors) throw new InputError(problems.list);
  const rows = files.flatMap((file) =>
    Object.keys(file.rates).flatMap((key) =>
      entriesOf(file, key).flatMap((entry) => {
        const seen = entry.confirmed ?? entry.from ?? "";
        const tail = [
          entry.unit ?? "",
          entry.from ?? "",
          seen,
          `${daysBetween(seen, day)} d`,
          entry.status ?? "listed",
          entry.source ?? "",
        ];
        if (entry.tiers === undefined) return [[file.region, key, entry.price ?? "", ...tail]];
        return entry.tiers.map((tier) => [file.region, `${key} [${tier.from}, ${tier.to})`, tier.price, ...tail]);
      }),
    ),
  );
  io.stdout.write(columns([["region", "rate", "USD", "per", "from", "seen", "age", "status", "source"], ...rows]));
  return EXIT.fine;
}

/** `archcost prices verify`: 0 when every price has what it must have, else 2 with every fault. */
export function pricesVerify(service: string | undefined, options: PriceOptions, io: Io): number {
  const { catalog, problems } = open(options);
  const ids = servicesOf(catalog, service);
  const count = verifyPrices(catalog, ids, problems);
  if (problems.hasErrors) throw new InputError(problems.list);
  io.stdout.write(
    `${counted(count.rates, "price")} of ${counted(count.services, "service")}: each has a source and a date; tiers and dates join; gaps are declared\n`,
  );
  return EXIT.fine;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function columns(cells: readonly (readonly string[])[]): string {
  const rows = cells.map((row) => row.map(inLine));
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, i) => cell.padEnd(Number(widths[i])))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
