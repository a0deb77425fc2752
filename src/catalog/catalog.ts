import type { z } from "zod";
import type { Place, Problems } from "../diagnostic/diagnostic.ts";
import type { ParsedFormula } from "../formula/parse.ts";
import type { TableView } from "../formula/value.ts";
import { schemaProblems } from "../yaml/schema-problems.ts";
import { readYaml, type YamlSource } from "../yaml/source.ts";
import type { CatalogFiles, CatalogText, KnownPrices, LoadedService } from "./files.ts";
import { checkPath, checkQuotas, checkRates, checkTable, type Own } from "./own-files.ts";
import { entriesOf, entryOn, type Rate, rateOf } from "./rate.ts";
import {
  type CarbonSet,
  carbonSetSchema,
  carbonSetsSchema,
  leversFileSchema,
  type QuotasFile,
  quotasSchema,
  type RatesFile,
  type Regions,
  ratesSchema,
  regionsSchema,
  type Service,
  type Sites,
  type Source,
  serviceSchema,
  sitesSchema,
  sourcesSchema,
  type Table,
  tableSchema,
} from "./schema.ts";

const FORM = { name: "a file of prices", keys: ["service", "regions", "table", "levers", "set", "sets"] };
/** Its keys are the names of the sources. */
const NAMELESS = /[/\\]sources\.yaml$/;

export type { LoadedService } from "./files.ts";

/** Why a price is not known, with what is known nearby. */
export type MissingRate = {
  readonly service: string;
  readonly key: string;
  readonly region: string;
  readonly day: string;
  /** a declared gap */
  readonly gap: { readonly status: "unknown" | "not_offered"; readonly reason: string } | undefined;
  /** the earliest day known in this region, when the day lies before it */
  readonly earliest: string | undefined;
  /** regions that have the rate on that day, at most a handful */
  readonly regions: readonly string[];
};

type Loaded<T> = { readonly data: T; readonly file: string; readonly source: YamlSource | undefined };

/** Before every day on which a price is looked for. */
const EVER = "0001-01-01";

/** Services, rates, quotas, tables and sources under pricing/, read on demand and kept. */
export class Catalog implements KnownPrices {
  /** formulas as read, by their text: most are of services, and the same in the next scenario */
  readonly parsed = new Map<string, ParsedFormula>();
  readonly #files: CatalogFiles;
  readonly #problems: Problems;
  readonly #services = new Map<string, LoadedService | undefined>();
  readonly #layers = new Map<string, readonly unknown[]>();
  readonly #refused = new Set<string>();
  readonly #rateCache = new Map<string, Rate>();
  readonly #tables = new Map<string, TableView>();
  readonly #quotas = new Map<string, QuotasFile["quotas"]>();
  readonly #regionCache = new Map<string, Regions["regions"]>();

  constructor(files: CatalogFiles, problems: Problems) {
    this.#files = files;
    this.#problems = problems;
  }

  serviceIds(): readonly string[] {
    return [...this.#files.services().keys()].sort();
  }

  regionsOf(service: string): readonly string[] {
    return this.#files.services().get(service) ?? [];
  }

  /** The service of the last layer that has it: an overlay's service replaces the built-in one whole. */
  service(id: string): LoadedService | undefined {
    if (!this.#services.has(id)) this.#services.set(id, this.#loadService(id));
    return this.#services.get(id);
  }

  #loadService(id: string): LoadedService | undefined {
    if (!/^[a-z0-9-]+\/[a-z0-9-]+$/.test(id)) return undefined;
    const own = ({ data, source }: Own<Service>): void => {
      checkPath(source, "service", data.service, id, this.#problems);
    };
    const found = this.#read(`${id}/service`, () => serviceSchema, own).at(-1);
    if (found === undefined) return undefined;
    const { source, file } = found;
    return {
      id,
      data: found.data,
      file,
      builtIn: source === undefined,
      place(path, text, span) {
        if (source !== undefined) return span === undefined ? source.place(path) : source.placeIn(path, span);
        return { file: `${file} (${path.join(".")})`, text, span: span ?? { start: 0, end: text.length } };
      },
    };
  }

  /** The price of a meter's rate key in a region on a day, or why it is missing. */
  rate(service: string, key: string, region: string, day: string, assumeFrom?: string): Rate | MissingRate {
    const asked = `${service}#${key}@${region}/${day}/${assumeFrom}`;
    const known = this.#rateCache.get(asked);
    if (known !== undefined) return known;
    for (const regionOfPrice of [region, "global", ...(assumeFrom === undefined ? [] : [assumeFrom])]) {
      const entry = entryOn(this.#entries(service, key, regionOfPrice), day);
      if (entry === undefined) continue;
      const rate = rateOf({ service, key, region, regionOfPrice }, entry, day);
      this.#rateCache.set(asked, rate);
      return rate;
    }
    return this.#missing(service, key, region, day);
  }

  #entries(service: string, key: string, region: string) {
    const last = this.#layerOf(service, key, region);
    // One without a day is reported where its file is read: that there is no price would be the same fault again.
    const entries = last === undefined ? [] : entriesOf(last.data, key);
    return entries.map((entry) => ({ ...entry, from: entry.from ?? EVER }));
  }

  /** Where a user's file gives a rate, or a field of it; undefined for prices of our own, which the tests check. */
  placeOfRate(rate: Rate, field: string): Place | undefined {
    const layer = this.#layerOf(rate.service, rate.key, rate.regionOfPrice);
    const written = layer?.data.rates[rate.key];
    const index = Array.isArray(written) ? [written.findIndex((entry) => entry.from === rate.from)] : [];
    const path = ["rates", rate.key, ...index, field];
    const own = Array.isArray(written) ? written[index.at(0) ?? Number.NaN] : written;
    const isOwn = typeof own === "object" && Object.hasOwn(own, field);
    const isDefault = !isOwn && Object.hasOwn(layer?.data.defaults ?? {}, field);
    return layer?.source?.place(isDefault ? ["defaults", field] : path);
  }

  #layerOf(service: string, key: string, region: string): Loaded<RatesFile> | undefined {
    return this.#rateLayers(service, region).findLast((layer) => Object.hasOwn(layer.data.rates, key));
  }

  #rates(service: string, region: string): readonly RatesFile[] {
    return this.#rateLayers(service, region).map((layer) => layer.data);
  }

  #rateLayers(service: string, region: string): readonly Loaded<RatesFile>[] {
    if (!/^[a-z0-9-]+$/.test(region)) return [];
    const own = (file: Own<RatesFile>): void => checkRates(file, { service, region }, this, this.#problems);
    return this.#read(`${service}/rates/${region}`, () => ratesSchema, own);
  }

  #missing(service: string, key: string, region: string, day: string): MissingRate {
    const gaps = this.#rates(service, region).map((file) =>
      Object.hasOwn(file.gaps, key) ? file.gaps[key] : undefined,
    );
    const regions = this.regionsOf(service).filter(
      (other) => other !== region && entryOn(this.#entries(service, key, other), day) !== undefined,
    );
    return {
      service,
      key,
      region,
      day,
      gap: gaps.findLast((gap) => gap !== undefined),
      earliest: this.#entries(service, key, region)[0]?.from,
      regions,
    };
  }

  /** Every rate file of a service as read, the built-in first. */
  rateFiles(service: string, whose: "all" | "built-in" = "all"): readonly RatesFile[] {
    return this.rateLayers(service).flatMap(({ data, source }) =>
      whose === "all" || source === undefined ? [data] : [],
    );
  }

  /** The same with the places of files that a user wrote. */
  rateLayers(service: string): readonly Loaded<RatesFile>[] {
    return this.regionsOf(service).flatMap((region) => this.#rateLayers(service, region));
  }

  /** The files of prices that a user laid over the built-in ones, by their path below the folder, without suffix. */
  ownFiles(): readonly { readonly path: string; readonly file: string }[] {
    return this.#files.own();
  }

  quotas(service: string): QuotasFile["quotas"] {
    const known = this.#quotas.get(service);
    if (known !== undefined) return known;
    const own = (file: Own<QuotasFile>): void => {
      const loaded = this.service(service);
      const builtIn = this.#files.read(`${service}/quotas`).find((text) => text.format === "json");
      const shipped: QuotasFile | undefined = builtIn === undefined ? undefined : JSON.parse(builtIn.text);
      const known = [...Object.keys(shipped?.quotas ?? {}), ...Object.keys(loaded?.data.quotas ?? {})];
      checkQuotas(file, service, [...new Set(known)], this.#problems);
    };
    const layers = this.#read(`${service}/quotas`, () => quotasSchema, own);
    const quotas: QuotasFile["quotas"] = Object.assign({}, ...layers.map((layer) => layer.data.quotas));
    this.#quotas.set(service, quotas);
    return quotas;
  }

  /** A table of the provider; overlays may add rows or replace them. */
  table(provider: string, name: string): TableView | undefined {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) return undefined;
    const path = `${provider}/tables/${name}`;
    const known = this.#tables.get(path);
    if (known !== undefined) return known;
    const own = (file: Own<Table>): void => checkTable(file, name, this.#problems);
    const layers = this.#read(path, () => tableSchema, own).map((layer) => layer.data);
    const view = layers[0] === undefined ? undefined : tableView(layers);
    if (view !== undefined) this.#tables.set(path, view);
    return view;
  }

  source(provider: string, id: string): Source | undefined {
    const all = this.#read(`${provider}/sources`, () => sourcesSchema).map((layer) => layer.data);
    const holder = all.findLast((sources) => Object.hasOwn(sources, id));
    return holder?.[id];
  }

  regions(provider: string): Regions["regions"] {
    const known = this.#regionCache.get(provider);
    if (known !== undefined) return known;
    const layers = this.#read(`${provider}/regions`, () => regionsSchema);
    const regions: Regions["regions"] = Object.assign({}, ...layers.map((layer) => layer.data.regions));
    this.#regionCache.set(provider, regions);
    return regions;
  }

  /** The names of the sets of carbon coefficients and the one that is used when none is asked for. */
  carbonSets(): { readonly default: string; readonly sets: readonly string[] } | undefined {
    return this.#read("carbon/sets", () => carbonSetsSchema).at(-1)?.data;
  }

  /** A set of carbon coefficients as written, the built-in first, overlays after it. */
  carbonSet(name: string): readonly CarbonSet[] {
    if (!/^[a-z][a-z0-9-]*$/.test(name)) return [];
    return this.#read(`carbon/${name}`, () => carbonSetSchema).map((layer) => layer.data);
  }

  /** Grid, PUE and water of a provider's regions; overlays go before the built-in ones. */
  sites(provider: string): readonly Sites[] {
    return this.#read(`${provider}/sites`, () => sitesSchema).map((layer) => layer.data);
  }

  /** The levers that a provider's services have, by name, as written; an overlay's lever replaces the built-in one whole. */
  levers(
    provider: string,
  ): ReadonlyMap<string, { readonly file: string; readonly spec: Readonly<Record<string, unknown>> }> {
    const layers = this.#read(`${provider}/levers`, () => leversFileSchema);
    return new Map(
      layers.flatMap(({ data, file }) =>
        Object.entries(data.levers).map(([name, spec]) => [name, { file, spec }] as const),
      ),
    );
  }

  /** Whether a file of a user's was refused: what it would have held is not missing too. */
  isRefused(path: string): boolean {
    return this.#refused.has(path);
  }

  /** @param own looks at a file that a user wrote, for what its form does not say */
  #read<T extends z.ZodType>(
    path: string,
    schema: () => T,
    own?: (file: Own<z.infer<T>>) => void,
  ): readonly Loaded<z.infer<T>>[] {
    const known = this.#layers.get(path);
    // The cache holds what this very schema made for this path: paths and schemas go in pairs.
    if (known !== undefined) return known as readonly Loaded<z.infer<T>>[];
    const texts = this.#files.read(path);
    const layers = texts.flatMap((text) => this.#parse(text, schema));
    if (layers.length < texts.length) this.#refused.add(path);
    this.#layers.set(path, layers);
    for (const { data, source } of layers) if (source !== undefined) own?.({ data, source });
    return layers;
  }

  #parse<T extends z.ZodType>(text: CatalogText, schemaOf: () => T): readonly Loaded<z.infer<T>>[] {
    if (text.format === "json") {
      // Compiled by the build from YAML that passed the same schema.
      return [{ data: JSON.parse(text.text) as z.infer<T>, file: text.file, source: undefined }];
    }
    if (text.problem !== undefined) this.#problems.error("unreadable", `${text.file} ${text.problem}`);
    if (text.problem !== undefined) return [];
    const source = readYaml(text.file, text.text, this.#problems, NAMELESS.test(text.file) ? undefined : FORM);
    if (source === undefined) return [];
    const schema = schemaOf();
    const parsed = schema.safeParse(source.data);
    if (parsed.success) return [{ data: parsed.data, file: text.file, source }];
    schemaProblems(parsed.error.issues, source, schema, this.#problems);
    return [];
  }
}

function tableView(layers: readonly Table[]): TableView {
  const rows = new Map(
    layers.flatMap((table) => Object.entries(table.rows).map(([key, row]) => [key, { row, table }])),
  );
  const columns = [...new Set(layers.flatMap((table) => Object.keys(table.columns)))];
  return {
    keys: [...rows.keys()],
    columns,
    cell(key, column) {
      const found = rows.get(key);
      const spec = found?.table.columns[column];
      if (found === undefined || spec === undefined) return undefined;
      const value = found.row[Object.keys(found.table.columns).indexOf(column)] ?? null;
      return { value, ...(spec.unit === undefined ? {} : { unit: spec.unit }) };
    },
  };
}
