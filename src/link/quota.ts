import { nearService } from "../catalog/near-service.ts";
import type { QuotaUse } from "../catalog/schema.ts";
import { suggest } from "../diagnostic/suggest.ts";
import type { GraphBuilder } from "../formula/builder.ts";
import type { Unit } from "../formula/unit.ts";
import { applies } from "./component.ts";
import type { LinkedComponent } from "./component-task.ts";
import type { NumberValue } from "./linker.ts";
import { isShared, type QuotaBook, type QuotaBookTask, type QuotaValue, quotaFigure } from "./quota-value.ts";
import type { LazyScope } from "./scope.ts";
import { serviceFormula } from "./service-formula.ts";

/** What one component puts against a quota. */
type QuotaPart = {
  readonly component: string;
  /** node of the peak over the month, in base units: of one copy where the quota is a copy's, else of all copies */
  readonly demand: number;
  /** node of the time in which one execution comes to its demand */
  readonly spans: number | undefined;
};

/** A quota that an architecture meets, and what counts against it. */
export type LinkedQuota = QuotaValue & {
  /** `aws/lambda/concurrent_executions` */
  readonly id: string;
  readonly service: string;
  readonly region: string;
  readonly account: string | null;
  readonly parts: readonly QuotaPart[];
  /** node of what counts against it, in base units: peak over the month, existing use included */
  readonly demand: number;
  /** the same hour by hour where it follows the load (an instant), without existing use: what a simulation takes */
  readonly flow: number;
  /** node of what is in use outside the scenario */
  readonly existing: number;
  /** node of the mean time for which work holds what counts; undefined where a part does not say */
  readonly holds: number | undefined;
};

type Use = {
  /** uses of one group count against one quota */
  readonly group: string;
  readonly component: LinkedComponent;
  readonly value: QuotaValue;
  readonly service: string;
  readonly name: string;
  /** one copy's, an instant where it follows the load */
  readonly demand: NumberValue;
  readonly spans: number | undefined;
  readonly holds: number | undefined;
};

type Gathered = { readonly uses: readonly Use[]; readonly linked: LinkedQuota };

/** Quotas that components meet. A class because it keeps what it has linked: many designs have most components in common. */
export class QuotaLinks {
  readonly #book: QuotaBook;
  /** by the scope of their component: architectures that inherit a component share its scope */
  readonly #uses = new WeakMap<LazyScope, readonly Use[]>();
  /** by the first of them: designs that differ elsewhere have the same quota */
  readonly #gathered = new WeakMap<Use, Gathered[]>();

  constructor(book: QuotaBook) {
    this.#book = book;
  }

  /** Links every quota that the components of an architecture meet. Account-wide ones add up over components and services. */
  of(components: readonly LinkedComponent[]): readonly LinkedQuota[] {
    const groups = new Map<string, Use[]>();
    for (const component of components) {
      for (const use of this.#usesOf(component)) {
        const group = groups.get(use.group);
        if (group === undefined) groups.set(use.group, [use]);
        else group.push(use);
      }
    }
    return [...groups.values()].flatMap((uses) => {
      const linked = this.#gather(uses);
      return linked === undefined ? [] : [linked];
    });
  }

  #gather(uses: readonly Use[]): LinkedQuota | undefined {
    const [first] = uses;
    if (first === undefined) return undefined;
    const all = this.#gathered.get(first) ?? [];
    this.#gathered.set(first, all);
    const same = (other: Gathered): boolean =>
      other.uses.length === uses.length && other.uses.every((use, i) => use === uses[i]);
    const known = all.find(same)?.linked;
    const linked = known ?? gather(uses, this.#book);
    if (known === undefined && linked !== undefined) all.push({ uses, linked });
    return linked;
  }

  #usesOf(component: LinkedComponent): readonly Use[] {
    const found =
      this.#uses.get(component.scope) ??
      Object.entries(component.service.data.quotas).flatMap(([name, spec]) => {
        const use = linkUse(component, name, spec, this.#book);
        return use === undefined || use.value.quota.on_exceed === "none" ? [] : [use];
      });
    this.#uses.set(component.scope, found);
    return found;
  }
}

function groupOf({ service, name, value, component }: Omit<Use, "group">): string {
  const where = value.quota.scope === "account" ? "" : component.region;
  const account = isShared(value.quota) ? (component.account ?? "") : "";
  return `${service}/${name}@${where}@${account}`;
}

function linkUse(component: LinkedComponent, name: string, spec: QuotaUse, book: QuotaBook): Use | undefined {
  const { task, scope, service } = component;
  const path = ["quotas", name];
  if (!applies(task, spec.when, [...path, "when"], scope)) return undefined;
  const target = spec.counts_against ?? `${service.id}/${name}`;
  const at = target.lastIndexOf("/");
  const owner = target.slice(0, at);
  const quotaName = target.slice(at + 1);
  const quota = book.quota(owner, quotaName);
  if (quota === undefined) {
    task.linker.problems.error("catalog", `${service.id}: no quota "${target}"`, service.place(path, target));
    return undefined;
  }
  const value = book.value(owner, quotaName, component.region);
  if (value === undefined) return undefined;
  const figure = (key: "demand" | "spans" | "holds", unit: Unit): NumberValue | undefined => {
    const text = spec[key];
    if (text === undefined) return undefined;
    const written = serviceFormula(task, [...path, key], text);
    return quotaFigure({ linker: task.linker, unit, what: `${service.id}: ${key} of quota "${name}"` }, written, scope);
  };
  const demand = figure("demand", value.unit);
  const seconds = task.linker.unit("s");
  const spans = seconds === undefined ? undefined : figure("spans", seconds);
  if (demand === undefined) return undefined;
  const holds = seconds === undefined ? undefined : figure("holds", seconds);
  const peak = (time: NumberValue | undefined): number | undefined =>
    time === undefined ? undefined : task.linker.builder.op("peak", time.node);
  const use = { component, value, service: owner, name: quotaName, demand, spans: peak(spans), holds: peak(holds) };
  return { ...use, group: groupOf(use) };
}

function gather(uses: readonly Use[], book: QuotaBook): LinkedQuota | undefined {
  const [first] = uses;
  if (first === undefined) return undefined;
  const { service, name, value, component } = first;
  const { builder } = component.task.linker;
  const shared = isShared(value.quota);
  const existing = book.existing(service, name, value);
  const parts = uses.map((use) => {
    const all = shared ? builder.op("mul", use.demand.node, use.component.count.node) : use.demand.node;
    return { component: use.component.name, flow: all, demand: builder.op("peak", all), spans: use.spans };
  });
  // Copies have a quota each: the component with the greatest demand counts. What is shared adds up hour by hour.
  const flow = parts.map((part) => part.flow).reduce((a, b) => builder.op(shared ? "add" : "max", a, b));
  return {
    ...value,
    id: `${service}/${name}`,
    service,
    region: component.region,
    account: component.account,
    parts,
    flow,
    existing,
    holds: meanHold(
      builder,
      uses.map(({ holds }, i) => ({ holds, demand: parts[i]?.demand })),
    ),
    demand: builder.op("add", builder.op("peak", flow), existing),
  };
}

/** Little's law over all parts: what is held over what begins a second. */
function meanHold(
  builder: GraphBuilder,
  parts: readonly { readonly holds: number | undefined; readonly demand: number | undefined }[],
): number | undefined {
  const known = parts.flatMap(({ holds, demand }) =>
    holds === undefined || demand === undefined ? [] : [{ holds, demand }],
  );
  if (known.length < parts.length || known.length === 0) return undefined;
  const sum = (nodes: readonly number[]): number => nodes.reduce((a, b) => builder.op("add", a, b));
  const begun = sum(known.map(({ holds, demand }) => builder.op("div", demand, holds)));
  return builder.op("div", sum(known.map(({ demand }) => demand)), begun);
}

/** Quotas that the scenario names and the catalog does not know are errors, with a suggestion. */
export function checkQuotaNames({ scenario, catalog, linker }: QuotaBookTask): void {
  const sections = [
    { path: ["quotas"], named: scenario.data.quotas },
    { path: ["existing", "quotas"], named: scenario.data.existing?.quotas },
  ];
  for (const { path, named } of sections) {
    for (const [service, quotas] of Object.entries(named ?? {})) {
      const unknown = (word: string, known: readonly string[], at: readonly string[], what: string): void => {
        const near = suggest(word, known);
        const listed = known.length > 0 && known.length <= 24 ? `known: ${known.join(", ")}` : undefined;
        const hint = near === undefined ? listed : `did you mean "${near}"?`;
        linker.problems.error("unknown-quota", what, scenario.source.place(at, "key"), hint);
      };
      const ids = catalog.serviceIds();
      if (!ids.includes(service)) {
        const place = scenario.source.place([...path, service], "key");
        linker.problems.error("unknown-quota", `no service "${service}"`, place, nearService(service, ids));
        continue;
      }
      const names = Object.keys(catalog.quotas(service));
      for (const name of Object.keys(quotas)) {
        if (!names.includes(name)) unknown(name, names, [...path, service, name], `${service} has no quota "${name}"`);
        else hardGrant(service, name, [...path, service, name], { scenario, catalog, linker });
      }
    }
  }
}

/** What the data calls hard cannot have been granted; the provider may know better, so it is said and taken. */
function hardGrant(
  service: string,
  name: string,
  path: readonly string[],
  { scenario, catalog, linker }: Pick<QuotaBookTask, "scenario" | "catalog" | "linker">,
): void {
  if (path[0] !== "quotas" || catalog.quotas(service)[name]?.adjustable !== false) return;
  const message = `${service}: "${name}" is not adjustable as far as is known; the granted value is taken all the same`;
  linker.problems.warning("not-adjustable", message, scenario.source.place(path, "key"));
}
