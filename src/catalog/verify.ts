import type { Problems } from "../diagnostic/diagnostic.ts";
import { GraphBuilder } from "../formula/builder.ts";
import { flatCurve } from "../formula/curve.ts";
import { link } from "../formula/link.ts";
import { parseFormula } from "../formula/parse.ts";
import { parseUnit } from "../formula/unit.ts";
import type { Scope } from "../formula/value.ts";
import type { Catalog, LoadedService } from "./catalog.ts";
import { entriesOf, entryFaults } from "./rate.ts";
import type { Meter, RatesFile, Service } from "./schema.ts";

const MONTH_SECONDS = 730 * 3600;

/** Files of prices that are read, as `verify` names them where it finds another one. */
const LAYOUT =
  "PROVIDER/SERVICE/service.yaml, quotas.yaml, rates/REGION.yaml, PROVIDER/tables/TABLE.yaml: docs/pricing.md";

/**
 * Checks prices for what makes a figure trustworthy; every fault becomes a problem. Returns how much was looked at.
 * With files of a user's, they alone are looked at, and only a service of their own has to be whole.
 */
export function verifyPrices(
  catalog: Catalog,
  ids: readonly string[],
  problems: Problems,
): { services: number; rates: number } {
  const own = catalog.ownFiles();
  for (const { path, file } of own)
    if (!readOwn(path, catalog)) problems.error("not-read", `${file} is not read`, undefined, LAYOUT);
  const looked = own.length === 0 ? ids : ids.filter((id) => own.some(({ path }) => path.startsWith(`${id}/`)));
  let rates = 0;
  for (const id of looked) {
    const service = catalog.service(id);
    if (service === undefined) continue;
    const whole = own.length === 0 || !service.builtIn;
    if (whole) verifyService(service, catalog, problems);
    for (const layer of catalog.rateLayers(id)) {
      if (own.length > 0 && layer.source === undefined) continue;
      for (const key of Object.keys(layer.data.rates)) rates += verifyRate(catalog, id, layer, key, problems);
      if (whole) verifyGaps(catalog, service, layer.data, problems);
    }
  }
  return { services: looked.length, rates };
}

/** Reads a file of a user's, which reports what is wrong with it; whether there is a reader for its path. */
function readOwn(path: string, catalog: Catalog): boolean {
  const [provider = "", name = "", kind = "", region] = path.split("/");
  if (provider === "carbon") return catalog.carbonSet(name).length > 0 || name === "sets";
  if (name === "tables") return catalog.table(provider, kind) !== undefined || !/^[a-z][a-z0-9_]*$/.test(kind);
  if (kind === "service" || kind === "cases") return true;
  if (kind === "quotas") catalog.quotas(`${provider}/${name}`);
  if (kind === "" && name === "regions") catalog.regions(provider);
  if (kind === "" && name === "levers") catalog.levers(provider);
  if (kind === "" && name === "sites") catalog.sites(provider);
  if (kind === "" && name === "sources") catalog.source(provider, "");
  return kind === ""
    ? ["regions", "levers", "sites", "sources"].includes(name)
    : kind === "quotas" || (kind === "rates" && region !== undefined);
}

function verifyRate(
  catalog: Catalog,
  id: string,
  { data: file, source }: ReturnType<Catalog["rateLayers"]>[number],
  key: string,
  problems: Problems,
): number {
  const entries = entriesOf(file, key);
  const fault = (message: string): void =>
    problems.error("price", `${id}#${key} in ${file.region}: ${message}`, source?.place(["rates", key], "key"));
  // Of a user's file these were found when it was read.
  if (source === undefined) {
    for (const message of entryFaults(entries)) fault(message);
    if (entries.some((entry) => entry.from === undefined)) fault("has no date (from)");
  }
  for (const entry of entries) {
    const provider = id.split("/")[0] ?? "";
    if (entry.source === undefined) fault("has no source");
    else if (!/^https?:/.test(entry.source) && catalog.source(provider, entry.source) === undefined)
      fault(`no source "${entry.source}"`);
    if (entry.retrieved === undefined) fault("has no day of retrieval (retrieved)");
    if (entry.unit === undefined) fault("has no unit");
    else if ("error" in parseUnit(entry.unit, { monthSeconds: MONTH_SECONDS })) fault(`no unit "${entry.unit}"`);
    if (entry.confirmed !== undefined && entry.from !== undefined && entry.confirmed < entry.from)
      fault("was confirmed before it began");
    if (entry.status === "assumed" && entry.assumed_from === undefined && entry.note === undefined)
      fault("is assumed, but does not say from what");
  }
  return entries.length;
}

/** Every meter has a rate in each region file, or the file says why not. */
function verifyGaps(catalog: Catalog, service: LoadedService, file: RatesFile, problems: Problems): void {
  if (file.region === "global") return;
  const worldwide = new Set(
    catalog
      .rateFiles(service.id)
      .filter((f) => f.region === "global")
      .flatMap((f) => Object.keys(f.rates)),
  );
  for (const [name, meter] of Object.entries(service.data.meters)) {
    if (meter.use !== undefined) continue;
    for (const key of keysOf(name, meter, service.data)) {
      if (Object.hasOwn(file.rates, key) || Object.hasOwn(file.gaps, key) || worldwide.has(key)) continue;
      problems.error("price", `${service.id}#${key} in ${file.region}: no price, and no gap is declared`);
    }
  }
}

/** The keys a meter can need: one for each choice of words under which the meter exists. Rows of tables are not enumerated. */
function keysOf(name: string, meter: Meter, service: Service): readonly string[] {
  const template = meter.rate ?? name;
  const mentioned = [...template.matchAll(/\{([a-z][a-z0-9_]*)\}/g)].map((match) => match[1] ?? "");
  if (mentioned.some((parameter) => service.parameters[parameter]?.one_of === undefined)) return [];
  const conditioned = Object.keys(service.parameters).filter(
    (parameter) =>
      service.parameters[parameter]?.one_of !== undefined && new RegExp(`\\b${parameter}\\b`).test(meter.when ?? ""),
  );
  const keys = choices([...new Set([...mentioned, ...conditioned])], service)
    .filter((words) => exists(meter.when, words, service))
    .map((words) => template.replace(/\{([a-z][a-z0-9_]*)\}/g, (_, parameter: string) => words.get(parameter) ?? ""));
  return [...new Set(keys)];
}

function choices(parameters: readonly string[], service: Service): readonly ReadonlyMap<string, string>[] {
  return parameters.reduce<readonly ReadonlyMap<string, string>[]>(
    (all, parameter) =>
      all.flatMap((words) =>
        (service.parameters[parameter]?.one_of ?? []).map((word) => new Map([...words, [parameter, word]])),
      ),
    [new Map()],
  );
}

/** Whether a meter exists under a choice of words; a condition that cannot be decided counts as yes. */
function exists(when: string | undefined, words: ReadonlyMap<string, string>, service: Service): boolean {
  if (when === undefined) return true;
  const parsed = parseFormula(when);
  if (!("expr" in parsed)) return true;
  const builder = new GraphBuilder(flatCurve());
  const scope: Scope = {
    value(name) {
      const text = words.get(name);
      return text === undefined
        ? undefined
        : { kind: "text", text, options: service.parameters[name]?.one_of ?? [text] };
    },
    names: () => [...words.keys()],
    table: () => undefined,
  };
  const value = link(parsed.expr, { builder, scope, monthSeconds: MONTH_SECONDS, report: () => undefined });
  return value?.kind !== "boolean" || builder.constantValue(value.node) !== 0;
}

/** Formulas and units of a service can be read at all; that they fit together is found when a scenario uses them. */
function verifyService(service: LoadedService, catalog: Catalog, problems: Problems): void {
  const { data, id } = service;
  const formula = (text: string | number | undefined, path: readonly string[]): void => {
    if (text === undefined) return;
    const parsed = parseFormula(String(text));
    if ("expr" in parsed) return;
    for (const { code, message, span, hint } of parsed.problems) {
      problems.error(code, `${id}: ${message}`, service.place(path, String(text), span), hint);
    }
  };
  for (const [name, text] of Object.entries(data.let)) formula(text, ["let", name]);
  for (const [name, meter] of Object.entries(data.meters)) {
    formula(meter.flow, ["meters", name, "flow"]);
    formula(meter.quantity, ["meters", name, "quantity"]);
    formula(meter.when, ["meters", name, "when"]);
    if ((meter.flow === undefined) === (meter.quantity === undefined)) {
      problems.error(
        "catalog",
        `${id}: meter "${name}" wants either a flow or a quantity`,
        service.place(["meters", name], name),
      );
    }
    if ("error" in parseUnit(meter.unit, { monthSeconds: MONTH_SECONDS })) {
      problems.error(
        "unknown-unit",
        `${id}: meter "${name}" has no unit "${meter.unit}"`,
        service.place(["meters", name, "unit"], meter.unit),
      );
    }
    const [home, allowance] = meter.free?.includes("#") === true ? meter.free.split("#") : [id, meter.free];
    if (meter.free !== undefined && catalog.service(home ?? id)?.data.free[allowance ?? ""] === undefined) {
      problems.error(
        "catalog",
        `${id}: meter "${name}" names no free allowance "${meter.free}"`,
        service.place(["meters", name, "free"], meter.free),
      );
    }
  }
  for (const [index, check] of data.checks.entries()) formula(check.assert, ["checks", String(index), "assert"]);
  for (const [name, quota] of Object.entries(data.quotas)) formula(quota.demand, ["quotas", name, "demand"]);
  if (data.size !== undefined) formula(data.size, ["size"]);
  for (const [name, { demand, value, set_by: by }] of Object.entries(data.capacities)) {
    formula(demand, ["capacities", name, "demand"]);
    formula(value, ["capacities", name, "value"]);
    for (const parameter of by.filter((own) => data.parameters[own] === undefined)) {
      const message = `${id}: capacity "${name}" is set by no parameter "${parameter}"`;
      problems.error("catalog", message, service.place(["capacities", name, "set_by"], parameter));
    }
  }
}
