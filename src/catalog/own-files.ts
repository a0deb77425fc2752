// What files of prices that a user writes have to fulfil besides their form: a slip there would be a price never used.
import type { Problems } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import type { YamlSource } from "../yaml/source.ts";
import type { KnownPrices } from "./files.ts";
import { nearService } from "./near-service.ts";
import { entriesOf, entryFaults } from "./rate.ts";
import { isRateKey, rateKeys } from "./rate-keys.ts";
import type { QuotasFile, RatesFile, Table } from "./schema.ts";

/** A file of a user's with its places. */
export type Own<T> = { readonly data: T; readonly source: YamlSource };

/** Says that a file names another service, region or table than its path does. */
export function checkPath(source: YamlSource, key: string, written: string, wanted: string, problems: Problems): void {
  if (written === wanted) return;
  const message = `"${key}" is "${written}", the file's path says "${wanted}"`;
  problems.error("wrong-path", message, source.place([key]), `write ${key}: ${wanted}, or move the file`);
}

/** A rate file of a user's: what would leave one of its prices unused, or make it a wrong one. */
export function checkRates(
  { data, source }: Own<RatesFile>,
  at: { readonly service: string; readonly region: string },
  catalog: KnownPrices,
  problems: Problems,
): void {
  checkPath(source, "service", data.service, at.service, problems);
  checkPath(source, "region", data.region, at.region, problems);
  const service = catalog.service(at.service);
  const undated: string[] = [];
  for (const key of Object.keys(data.rates)) {
    if (service !== undefined && !isRateKey(key, service, catalog)) {
      const known = rateKeys(service, catalog);
      const near = suggest(key, known);
      const listed =
        known.length <= 24 ? `keys: ${known.join(", ")}` : `archcost prices show ${service.id} lists the keys`;
      const hint = near === undefined ? listed : `did you mean "${near}"?`;
      problems.error("unknown-rate", `${service.id} has no price "${key}"`, source.place(["rates", key], "key"), hint);
    }
    const entries = entriesOf(data, key);
    if (entries.some((entry) => entry.from === undefined)) undated.push(key);
    for (const fault of entryFaults(entries)) {
      problems.error("price", `${at.service}#${key} in ${at.region}: ${fault}`, source.place(["rates", key], "key"));
    }
  }
  const [first] = undated;
  if (first === undefined) return;
  const more = undated.length === 1 ? "" : `, and so have ${undated.length - 1} more`;
  const message = `${at.service}#${first} in ${at.region} has no date (from)${more}`;
  const hint = "add from: the day since which the price is known to hold, to the rate or once for all under defaults:";
  problems.error("price", message, source.place(["rates", first], "key"), hint);
}

/** A quota file of a user's: a quota that nothing counts against would never be met. */
export function checkQuotas(
  { data, source }: Own<QuotasFile>,
  service: string,
  known: readonly string[],
  problems: Problems,
): void {
  checkPath(source, "service", data.service, service, problems);
  for (const name of Object.keys(data.quotas).filter((own) => !known.includes(own))) {
    const near = suggest(name, known);
    const hint = near === undefined ? `quotas: ${known.join(", ")}` : `did you mean "${near}"?`;
    problems.error("unknown-quota", `${service} has no quota "${name}"`, source.place(["quotas", name], "key"), hint);
  }
}

/** A table of a user's: each row has a value for every column. */
export function checkTable({ data, source }: Own<Table>, name: string, problems: Problems): void {
  checkPath(source, "table", data.table, name, problems);
  const columns = Object.keys(data.columns);
  for (const [key, row] of Object.entries(data.rows)) {
    if (row.length === columns.length) continue;
    const message = `row "${key}" has ${row.length} values for ${columns.length} columns`;
    problems.error("price", message, source.place(["rows", key], "key"), `columns: ${columns.join(", ")}`);
  }
}

/** Files of a user's whose path names no service or region, so that they would never be read. */
export function checkNames(catalog: KnownPrices, problems: Problems): void {
  const known = catalog.serviceIds().filter((id) => catalog.service(id) !== undefined);
  for (const { path, file } of catalog.ownFiles()) {
    const [provider = "", folder = "", kind, region] = path.split("/");
    if (kind !== "rates" && kind !== "quotas") continue;
    const id = `${provider}/${folder}`;
    if (!known.includes(id)) {
      problems.error("unknown-service", `${file}: no service "${id}"`, undefined, nearService(id, known));
      continue;
    }
    const regions = Object.keys(catalog.regions(provider));
    if (region === undefined || regions.length === 0 || [...regions, "global"].includes(region)) continue;
    const near = suggest(region, regions);
    const hint = near === undefined ? `regions: ${regions.join(", ")}` : `did you mean "${near}"?`;
    problems.error("unknown-region", `${file}: no region "${region}"`, undefined, hint);
  }
}
