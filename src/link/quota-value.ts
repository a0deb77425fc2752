import type { Catalog } from "../catalog/catalog.ts";
import type { Quota } from "../catalog/schema.ts";
import { namesIn } from "../formula/names.ts";
import type { Unit } from "../formula/unit.ts";
import { describeDimension, divideDimensions, multiplyDimensions, sameDimension, TIME } from "../formula/unit.ts";
import type { Scenario } from "../scenario/read.ts";
import type { Linker, NumberValue, Written } from "./linker.ts";
import { LazyScope } from "./scope.ts";
import { type WorkloadScope, writtenAt } from "./workload.ts";

type Entry = Quota["values"][number];

/** What a limit is, whoever sets it: a provider in its quotas, or a component by a setting of its own. */
export type QuotaTerms = Omit<Quota, "scope" | "values" | "retrieved" | "note"> & {
  readonly scope: Quota["scope"] | "setting";
};

/** A quota of a service in a region on a day: what the provider publishes and what the scenario says was granted. */
export type QuotaValue = {
  readonly quota: QuotaTerms;
  /** unit of the figures below; rates are per second where the unit names no time */
  readonly unit: Unit;
  /** node of the published value, in base units */
  readonly published: number;
  /** node of the value that holds: the granted one, else the published one */
  readonly granted: number;
  /** nodes of a token bucket's size; undefined for other kinds */
  readonly bucket: number | undefined;
  readonly grantedBucket: number | undefined;
  /** day from which the published value is known */
  readonly from: string;
  /** the day asked for lies before the earliest known value, which is taken */
  readonly assumed: boolean;
  readonly evidence: string | undefined;
  readonly source: string;
  /** adjustable quotas of the same service that its value follows: raising them raises it */
  readonly through: readonly string[];
};

export type QuotaBookTask = {
  readonly scenario: Scenario;
  readonly catalog: Catalog;
  readonly linker: Linker;
  readonly workload: WorkloadScope;
  /** the day whose quotas hold */
  readonly quotaDay: string;
};

/** Quotas as of a day. A class because it keeps what it has linked: a quota's formula may name other quotas. */
export class QuotaBook {
  readonly #task: QuotaBookTask;
  readonly #scopes = new Map<string, LazyScope>();
  readonly #values = new Map<string, QuotaValue | undefined>();
  readonly #existing = new Map<string, number>();

  constructor(task: QuotaBookTask) {
    this.#task = task;
  }

  /** Undefined where the service has no such quota (not stated here) or its value is faulty (reported). */
  value(service: string, name: string, region: string): QuotaValue | undefined {
    const key = `${service}/${name}@${region}`;
    if (!this.#values.has(key)) this.#values.set(key, this.#link(service, name, region));
    return this.#values.get(key);
  }

  #link(service: string, name: string, region: string): QuotaValue | undefined {
    const quota = this.quota(service, name);
    const unit = quota === undefined ? undefined : this.#unit(service, name, quota);
    if (quota === undefined || unit === undefined) return undefined;
    const { entry, assumed } = entryOn(quota, this.#task.quotaDay);
    const published = this.#scope(service, region, false).value(name);
    const granted = this.#scope(service, region, true).value(name);
    if (published === undefined || published === "failed" || published.kind !== "number") return undefined;
    if (granted === undefined || granted === "failed" || granted.kind !== "number") return undefined;
    return {
      quota,
      unit,
      published: published.node,
      granted: granted.node,
      bucket: this.#bucket(service, name, region, false),
      grantedBucket: this.#bucket(service, name, region, true),
      from: entry.from,
      assumed,
      evidence: entry.evidence,
      source: entry.source,
      through: this.#through(service, name, region, [name]),
    };
  }

  /** Node of what the organisation uses of a shared quota already, in base units; 0 where the scenario says nothing. */
  existing(service: string, name: string, { quota, unit }: Pick<QuotaValue, "quota" | "unit">): number {
    const key = `${service}/${name}`;
    const node = this.#existing.get(key) ?? this.#linkExisting(service, name, quota, unit);
    this.#existing.set(key, node);
    return node;
  }

  #linkExisting(service: string, name: string, quota: QuotaTerms, unit: Unit): number {
    const { scenario, linker, workload } = this.#task;
    const nothing = linker.builder.constant(0);
    const text = scenario.data.existing?.quotas?.[service]?.[name];
    if (text === undefined) return nothing;
    const written = writtenAt(scenario, ["existing", "quotas", service, name], text);
    if (!isShared(quota)) {
      const message = `each ${quota.scope} has "${name}" of its own: what others use does not count against it`;
      linker.problems.error("not-shared", message, written.place());
    }
    const figure = quotaFigure({ linker, unit, what: `"${name}"` }, written, workload.scope);
    const month = figure === undefined ? undefined : linker.month(figure, written, `"${name}"`);
    return month?.node ?? nothing;
  }

  quota(service: string, name: string): Quota | undefined {
    const quotas = this.#task.catalog.quotas(service);
    return Object.hasOwn(quotas, name) ? quotas[name] : undefined;
  }

  /** Names of the service's quotas, each its value; with what the scenario says was granted, or without. */
  #scope(service: string, region: string, granted: boolean): LazyScope {
    const key = `${service}@${region} ${granted}`;
    const known = this.#scopes.get(key);
    if (known !== undefined) return known;
    const { linker, workload, catalog } = this.#task;
    const scope = new LazyScope(linker.problems, (table) => workload.scope.table(table));
    for (const name of Object.keys(catalog.quotas(service))) {
      scope.define(name, () => this.#figure(service, name, region, granted));
    }
    this.#scopes.set(key, scope);
    return scope;
  }

  #figure(service: string, name: string, region: string, granted: boolean): NumberValue | undefined {
    const { linker, scenario, workload } = this.#task;
    const quota = this.quota(service, name);
    const unit = quota === undefined ? undefined : this.#unit(service, name, quota);
    if (quota === undefined || unit === undefined) return undefined;
    const own = scenario.data.quotas?.[service]?.[name];
    if (granted && own !== undefined) {
      const written = writtenAt(scenario, ["quotas", service, name, "granted"], own.granted);
      const value = quotaFigure({ linker, unit, what: `"${name}"` }, written, workload.scope);
      const month = value === undefined ? undefined : linker.month(value, written, `"${name}"`);
      return this.#asInput(month, `${service}/${name}@${region}/granted`);
    }
    const written = catalogText(service, name, this.#entryOf(quota, service, region).value);
    const task = { linker, unit, what: `${service}: quota "${name}"` };
    const value = quotaFigure(task, written, this.#scope(service, region, granted));
    return this.#asInput(value, `${service}/${name}@${region}`);
  }

  /** A figure of its own has an address, as a price has: how much hangs on it can be asked. */
  #asInput(value: NumberValue | undefined, address: string): NumberValue | undefined {
    const { builder } = this.#task.linker;
    const constant = value === undefined ? undefined : builder.constantValue(value.node);
    if (value === undefined || constant === undefined) return value;
    return { ...value, node: builder.input(`quota:${address}`, constant) };
  }

  #bucket(service: string, name: string, region: string, granted: boolean): number | undefined {
    const { linker, scenario, workload } = this.#task;
    const quota = this.quota(service, name);
    const text = quota === undefined ? undefined : this.#entryOf(quota, service, region).bucket;
    const own = scenario.data.quotas?.[service]?.[name]?.bucket;
    // A bucket holds what the rate counts: the unit without its time.
    const unit = linker.unit(quota?.unit);
    if (unit === undefined) return undefined;
    const counted: Unit = {
      ...unit,
      dimension: isPerTime(unit) ? multiplyDimensions(unit.dimension, TIME) : unit.dimension,
    };
    if (granted && own !== undefined) {
      const written = writtenAt(scenario, ["quotas", service, name, "bucket"], own);
      return quotaFigure({ linker, unit: counted, what: `"${name}"` }, written, workload.scope)?.node;
    }
    if (text === undefined) return undefined;
    const written = catalogText(service, name, text);
    return quotaFigure(
      { linker, unit: counted, what: `${service}: quota "${name}"` },
      written,
      this.#scope(service, region, granted),
    )?.node;
  }

  /** The dated entry with the figures of the region: its own name first, then the first of its groups that is listed. */
  #entryOf(quota: Quota, service: string, region: string): Pick<Entry, "value" | "bucket"> {
    const { entry } = entryOn(quota, this.#task.quotaDay);
    const provider = service.split("/")[0] ?? "";
    const groups = [region, ...(this.#task.catalog.regions(provider)[region]?.groups ?? [])];
    const listed = Object.entries(entry.regions ?? {});
    const own = listed.find(([group]) => group === region) ?? listed.find(([group]) => groups.includes(group));
    return own?.[1] ?? entry;
  }

  #unit(service: string, name: string, quota: Quota): Unit | undefined {
    const unit = quotaUnit(this.#task.linker, quota);
    if (unit !== undefined) return unit;
    this.#task.linker.problems.error("catalog", `${service}: quota "${name}" has no unit "${quota.unit}"`);
    return undefined;
  }

  #through(service: string, name: string, region: string, chain: readonly string[]): readonly string[] {
    const quota = this.quota(service, name);
    if (quota === undefined) return [];
    const expr = this.#task.linker.parse(catalogText(service, name, this.#entryOf(quota, service, region).value));
    const others = (expr === undefined ? [] : namesIn(expr)).filter(
      (other) => this.quota(service, other) !== undefined,
    );
    return others.flatMap((other) => {
      if (chain.includes(other)) return [];
      const own = this.quota(service, other)?.adjustable === true ? [other] : [];
      return [...own, ...this.#through(service, other, region, [...chain, other])];
    });
  }
}

/** The entry that holds on a day: the latest that has begun, else the earliest known, which is then an assumption. */
function entryOn(quota: Quota, day: string): { readonly entry: Entry; readonly assumed: boolean } {
  const sorted = [...quota.values].sort((a, b) => (a.from < b.from ? -1 : 1));
  const begun = sorted.filter((entry) => entry.from <= day).at(-1);
  const entry = begun ?? sorted[0];
  if (entry === undefined) throw new Error(`quota "${quota.title}" has no value`);
  return { entry, assumed: begun === undefined };
}

/** Whether copies, components and services share the quota. */
export function isShared({ scope }: Pick<QuotaTerms, "scope">): boolean {
  return scope === "account-region" || scope === "account";
}

/** The unit of a limit's figures: rates are per second where it names no time. */
export function quotaUnit(linker: Linker, quota: Pick<Quota, "kind" | "unit">): Unit | undefined {
  const unit = linker.unit(quota.unit);
  return unit !== undefined && isRate(quota) && !isPerTime(unit) ? perSecond(unit) : unit;
}

/** Kinds whose figures are per second. */
function isRate(quota: Pick<Quota, "kind">): boolean {
  return quota.kind === "token_bucket" || quota.kind === "rate_per_scope";
}

function isPerTime(unit: Unit): boolean {
  const exponent = unit.dimension[1];
  return exponent !== undefined && exponent < 0;
}

function perSecond(unit: Unit): Unit {
  return { text: `${unit.text}/s`, factor: unit.factor, dimension: divideDimensions(unit.dimension, TIME) };
}

function catalogText(service: string, name: string, text: string | number): Written {
  const shown = String(text);
  return {
    text,
    place: (span) => ({
      file: `pricing/${service}/quotas.yaml (${name})`,
      text: shown,
      span: span ?? { start: 0, end: shown.length },
    }),
  };
}

type FigureTask = { readonly linker: Linker; readonly unit: Unit; readonly what: string };

const BARE_NUMBER = /^\s*-?\d+(\.\d+)?(e[+-]?\d+)?\s*$/i;

/**
 * A figure of a quota, or what counts against it, in base units. A bare number is in the quota's unit; for a rate a
 * formula may leave out the second ("10 * concurrent_executions").
 */
export function quotaFigure(
  { linker, unit, what }: FigureTask,
  written: Written,
  scope: LazyScope,
): NumberValue | undefined {
  if (BARE_NUMBER.test(String(written.text))) return linker.number(written, scope, unit, what);
  const value = linker.value(written, scope);
  if (value === undefined) return undefined;
  if (value.kind !== "number") {
    linker.problems.error("wants-number", `${what} is to be a number`, written.place());
    return undefined;
  }
  const fits = value.zero === true || sameDimension(value.dimension, unit.dimension);
  const perSecondLeftOut = isPerTime(unit) && sameDimension(value.dimension, multiplyDimensions(unit.dimension, TIME));
  if (fits || perSecondLeftOut) return { ...value, dimension: unit.dimension };
  const message = `${what} is ${describeDimension(value.dimension)}, its unit ${unit.text || "is a count"} wants ${describeDimension(unit.dimension)}`;
  linker.problems.error("unit-mismatch", message, written.place());
  return undefined;
}
