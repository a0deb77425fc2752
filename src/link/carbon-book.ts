import type { Sites } from "../catalog/schema.ts";
import { PLAIN } from "../formula/unit.ts";
import type { TableView, Value } from "../formula/value.ts";
import type { Coefficient } from "../model/carbon-nodes.ts";
import { type CarbonTask, type ResolvedSet, resolveSet, SITE_UNITS } from "./carbon-set.ts";
import type { LinkedComponent } from "./component-task.ts";
import { EnergyOrigins } from "./energy-reads.ts";
import { type Linker, NO_UNIT, type Written } from "./linker.ts";
import { LazyScope } from "./scope.ts";
import { writtenAt } from "./workload.ts";

/** Nodes of what a region adds: plain, kg/kWh, L/kWh, kg/kWh. */
export type Site = {
  readonly pue: number;
  readonly grid: number;
  readonly water: number | undefined;
  /** after purchases of renewable energy; undefined: unknown, which is not 0 */
  readonly market: number | undefined;
};

/** The coefficients of a scenario as inputs of its graph, each made when it is first asked for. */
export class CarbonBook {
  readonly set: ResolvedSet;
  /** by address, in order of first use */
  readonly coefficients = new Map<string, Coefficient>();
  /** years of the grid's intensity that were used */
  readonly years = new Set<number>();
  readonly #task: CarbonTask;
  readonly #tables = new Map<string, TableView | undefined>();
  readonly #origins: EnergyOrigins;

  constructor(task: CarbonTask, set: ResolvedSet) {
    this.#task = task;
    this.set = set;
    this.#origins = new EnergyOrigins(set);
  }

  /** Undefined where the catalog has no sets, or the scenario asks for one that is not there (reported). */
  static open(task: CarbonTask): CarbonBook | undefined {
    const set = resolveSet(task);
    return set === undefined ? undefined : new CarbonBook(task, set);
  }

  /**
   * An input for a coefficient; one that is not shared is an input of each architecture by itself. What an architecture
   * inherits, unchanged in all that energy depends on, is the same thing in both, and so is what nobody knows of it.
   */
  #input(coefficient: Omit<Coefficient, "address">, origin: string, suffix = ""): Value {
    const own = coefficient.shared ? suffix : `@${origin}`;
    const address = `carbon:${coefficient.name}${own}`;
    const { builder } = this.#task.linker;
    this.coefficients.set(address, { ...coefficient, address });
    const node = builder.input(address, coefficient.central);
    return { kind: "number", node, dimension: coefficient.unit.dimension, instant: false };
  }

  /**
   * The names that energy formulas of a component may use: those of its service, of the set, and of the service's
   * `energy.let`; what the scenario says goes before all of them.
   * @param quiet says faults of the catalog's formulas apart: they leave energy uncounted, and the cost stands
   */
  scope(component: LinkedComponent, quiet: Linker): LazyScope {
    const { linker, scenario, workload } = this.#task;
    const { service, spec } = component;
    const origin = this.#origins.of(component, quiet);
    const scope = new LazyScope(quiet.problems, (name) => this.#table(name), component.scope);
    for (const [name, entry] of this.set.entries) {
      scope.define(name, () => {
        if (entry.kind === "coefficient") return this.#input(entry.coefficient, origin);
        const inner = entry.own ? workload.scope : scope;
        const by = entry.own ? linker : quiet;
        return entry.unit === undefined
          ? by.value(entry.written, inner)
          : by.number(entry.written, inner, entry.unit, `"${name}"`);
      });
    }
    const replaced = scenario.data.carbon?.coefficients ?? {};
    for (const [name, text] of Object.entries(service.data.energy.let ?? {})) {
      if (Object.hasOwn(replaced, name)) continue;
      const place = (span = { start: 0, end: String(text).length }) =>
        service.place(["energy", "let", name], String(text), span);
      scope.define(name, () => quiet.value({ text, place }, scope));
    }
    const own = spec.spec["cpu_utilisation"];
    const common = scenario.data.carbon?.utilisation;
    const given = typeof own === "string" || typeof own === "number" ? own : common;
    if (given !== undefined) {
      const path = given === own ? spec.path("cpu_utilisation") : ["carbon", "utilisation"];
      const written = writtenAt(scenario, path, given);
      const value = this.#utilisation(written);
      scope.define("cpu_utilisation", () => value);
    }
    return scope;
  }

  #utilisation(written: Written): Value | undefined {
    const { linker, workload } = this.#task;
    const value = linker.number(written, workload.scope, NO_UNIT, '"cpu_utilisation"');
    const share = value === undefined ? undefined : linker.builder.constantValue(value.node);
    if (share !== undefined && !(share >= 0 && share <= 1)) {
      linker.problems.error("out-of-range", '"cpu_utilisation" is between 0 and 100%', written.place());
    }
    return value;
  }

  #table(name: string): TableView | undefined {
    if (!this.#tables.has(name)) this.#tables.set(name, this.#task.workload.scope.table(name));
    return this.#tables.get(name);
  }

  /** What the region of a component adds, or why it is not known. */
  site(component: LinkedComponent, scope: LazyScope): Site | string {
    const { region, service } = component;
    const provider = service.id.split("/")[0] ?? "";
    const layers = this.#task.catalog.sites(provider);
    const layer = layers.findLast((sites) => Object.hasOwn(sites.regions, region));
    const site = layer?.regions[region];
    const named = (name: string): number | undefined => {
      if (!this.set.entries.has(name)) return undefined;
      const value = scope.value(name);
      return value !== undefined && value !== "failed" && value.kind === "number" ? value.node : undefined;
    };
    const pue = named("pue") ?? (layer === undefined ? undefined : this.#pue(region, layer));
    const grid = named("grid_intensity") ?? (layer === undefined ? undefined : this.#grid(region, layer));
    if (pue === undefined || grid === undefined) return `no grid intensity is known for ${region}`;
    const { builder } = this.#task.linker;
    const replaced = this.set.entries.has("grid_intensity");
    const water = named("water_per_kwh") ?? (site?.wue === undefined ? undefined : builder.constant(site.wue));
    const market =
      site?.market_based === undefined || replaced ? undefined : builder.constant(site.market_based / 1000);
    return { pue, grid, water, market };
  }

  #pue(region: string, sites: Sites): number | undefined {
    const site = sites.regions[region];
    if (site === undefined) return undefined;
    const published = site.pue_basis === "published";
    return this.#site("pue", region, {
      title: `PUE of ${region}`,
      low: Math.max(1, site.pue - sites.pue_band),
      central: site.pue,
      high: site.pue + sites.pue_band,
      source: sites.pue_source,
      retrieved: sites.retrieved,
      note: published ? undefined : "mean of the geography: none is published for the region",
    });
  }

  #grid(region: string, sites: Sites): number | undefined {
    const site = sites.regions[region];
    const years = Object.keys(site?.grid ?? {}).sort();
    const latest = years.at(-1);
    const year = this.#year(years, region);
    const value = year === undefined ? undefined : site?.grid[year];
    const reference = latest === undefined ? undefined : site?.grid[latest];
    if (site === undefined || year === undefined || value === undefined || reference === undefined) return undefined;
    this.years.add(Number(year));
    // The sources differ by this much in the latest year; the same share is taken for the others.
    const scale = reference === 0 ? 1 : value / reference;
    return this.#site("grid_intensity", region, {
      title: `grid intensity of ${region}`,
      low: (site.grid_low * scale) / 1000,
      central: value / 1000,
      high: (site.grid_high * scale) / 1000,
      source: sites.source,
      retrieved: sites.retrieved,
      note: `${site.zone}, mean of ${year}; band: five sources`,
    });
  }

  /** The year asked for; else the latest up to the scenario's day; before all, the earliest. */
  #year(years: readonly string[], region: string): string | undefined {
    const { scenario, linker, carbonDay } = this.#task;
    const asked = scenario.data.carbon?.year;
    if (asked === undefined) return years.filter((year) => year <= carbonDay.slice(0, 4)).at(-1) ?? years[0];
    if (years.includes(String(asked))) return String(asked);
    const place = scenario.source.place(["carbon", "year"]);
    linker.problems.error(
      "unknown-year",
      `no grid intensity of ${asked} for ${region}`,
      place,
      `years: ${years.join(", ")}`,
    );
    return undefined;
  }

  #site(
    name: string,
    region: string,
    figures: Pick<Coefficient, "title" | "low" | "central" | "high" | "source" | "retrieved" | "note">,
  ): number {
    const text = SITE_UNITS[name] ?? "";
    const unit = this.#task.linker.unit(text === "" ? undefined : text) ?? { text, factor: 1, dimension: PLAIN };
    const rest = { name, unit, per: 1, most: undefined, basis: "documented" as const, shared: true };
    const value = this.#input({ ...figures, ...rest }, "", `@${region}`);
    if (value.kind !== "number") throw new Error("an input is a number");
    return value.node;
  }
}
