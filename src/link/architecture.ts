import type { Catalog, LoadedService } from "../catalog/catalog.ts";
import { nearService } from "../catalog/near-service.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { PLAIN } from "../formula/unit.ts";
import type { StatedActual } from "../model/architecture-nodes.ts";
import type { BaseCheck } from "../model/check.ts";
import type { Environment, PlacedComponent } from "../scenario/environment.ts";
import type { ResolvedArchitecture, ResolvedComponent, Scenario } from "../scenario/read.ts";
import { linkActual } from "./actual.ts";
import { type Bill, billOf } from "./bill.ts";
import { linkCapacities } from "./capacity.ts";
import { linkComponent } from "./component.ts";
import type { LinkedComponent } from "./component-task.ts";
import { CUSTOM_LINE, customLine } from "./custom-line.ts";
import { componentEnvironment, type LinkedEnvironment } from "./environment.ts";
import type { InheritedComponents } from "./inherited.ts";
import type { LinkedLine } from "./lines.ts";
import { type Linker, NO_UNIT, type NumberValue } from "./linker.ts";
import type { LinkedQuota, QuotaLinks } from "./quota.ts";
import { type WorkloadScope, writtenAt } from "./workload.ts";

export type Link = {
  readonly scenario: Scenario;
  readonly catalog: Catalog;
  readonly linker: Linker;
  readonly workload: WorkloadScope;
  readonly priceDay: string;
  readonly quotas: QuotaLinks;
  readonly inherited: InheritedComponents;
  /** what is held starts empty: all designs are compared over the first year */
  readonly startsEmpty: boolean;
  /** chosen on the command line: goes before every region of the scenario */
  readonly region: string | undefined;
  /** one without a name where the scenario states none */
  readonly environments: readonly LinkedEnvironment[];
};

/** A component of an architecture as it stands in an environment. */
export type Member = {
  readonly spec: ResolvedComponent;
  readonly environment: string | undefined;
  /** what the bill says of it */
  readonly actual: StatedActual | undefined;
};

export type LinkedArchitecture = {
  readonly name: string;
  readonly spec: ResolvedArchitecture;
  /** its components in every environment, custom lines included */
  readonly members: readonly Member[];
  readonly components: readonly LinkedComponent[];
  readonly lines: readonly LinkedLine[];
  /** node, made when it is first wanted: USD a month of free allowances that the scenario does not mention */
  readonly uncounted: Bill["uncounted"];
  readonly quotas: readonly LinkedQuota[];
  readonly checks: readonly BaseCheck[];
};

/** Links every component of an architecture, in each environment, makes its bill and looks for its quotas. */
export function linkArchitecture(spec: ResolvedArchitecture, task: Link): LinkedArchitecture {
  const billed = linkBill(spec, task);
  const { components } = billed;
  return {
    ...billed,
    name: spec.name,
    spec,
    quotas: [...task.quotas.of(components), ...linkCapacities(components)],
    checks: components.flatMap((component) => component.checks),
  };
}

/** The components of an architecture with its bill. */
export function linkBill(
  spec: ResolvedArchitecture,
  task: Link,
): Pick<LinkedArchitecture, "members" | "components" | "lines" | "uncounted"> {
  const parts = task.environments.map((environment) => linkEnvironment(spec, environment, task));
  const components = parts.flatMap((part) => part.components);
  // One payer: tiers pool over all environments.
  const { lines: billed, uncounted } = billOf(spec.name, components, task);
  const lines = [...billed, ...parts.flatMap((part) => part.stated)];
  return { members: parts.flatMap((part) => part.members), components, lines, uncounted };
}

function linkEnvironment(spec: ResolvedArchitecture, environment: LinkedEnvironment, task: Link) {
  const components: LinkedComponent[] = [];
  const stated: LinkedLine[] = [];
  const { environment: named, workload } = environment;
  const placed = spec.components.flatMap((component) => {
    return task.inherited.placed(component, named, task.scenario.data) ?? [];
  });
  const attempts = attemptsOf(spec.name, placed, { ...task, workload });
  for (const { base, component, changed } of placed) {
    const region = regionOf({ component, architecture: spec, environment: named }, task);
    const { linker, scenario, catalog, priceDay, startsEmpty } = task;
    const common = { architecture: spec.name, spec: component, region, workload, linker, scenario };
    if (component.spec["service"] === CUSTOM_LINE) {
      const line = customLine({ ...common, day: priceDay, environment: named?.name });
      if (line !== undefined) stated.push(line);
      continue;
    }
    const service = findService(component, task);
    const tries = attempts.get(base);
    if (service === undefined || tries === undefined) continue;
    const here = componentEnvironment(environment, changed);
    const companionOf = companionsOf(service, component, placed, catalog);
    const own = { ...common, service, catalog, attempts: tries, priceDay, startsEmpty, companionOf, environment: here };
    components.push(task.inherited.get(own, linkComponent));
  }
  const members = placed.map(({ component }) => {
    const service = task.catalog.service(String(component.spec["service"]));
    return { spec: component, environment: named?.name, actual: linkActual(component, service, { ...task, workload }) };
  });
  return { components, stated, members };
}

/** Who wants a component as a companion: its caller where it says one, else every other component that does. */
function companionsOf(
  service: LoadedService,
  { spec }: ResolvedComponent,
  placed: readonly PlacedComponent[],
  catalog: Catalog,
): readonly string[] {
  if (Object.values(service.data.parameters).every((parameter) => parameter.default_beside === undefined)) return [];
  const caller = placed.filter(({ base }) => base === spec["called_by"]);
  const ids = (caller.length > 0 ? caller : placed).map(({ component }) => String(component.spec["service"]));
  const wants = (id: string): boolean =>
    catalog.service(id)?.data.companions.some((companion) => service.data.provides.includes(companion)) === true;
  return [...new Set(ids)].filter(wants).sort();
}

function findService(component: ResolvedComponent, task: Link) {
  const id = String(component.spec["service"]);
  const service = task.catalog.service(id);
  if (service !== undefined || task.catalog.isRefused(`${id}/service`)) return service;
  const known = [...task.catalog.serviceIds(), CUSTOM_LINE];
  const hint = nearService(id, known) ?? "archcost prices list shows what is known; custom/line takes anything else";
  task.linker.problems.error(
    "unknown-service",
    `no service "${id}"`,
    task.scenario.source.place(component.path("service")),
    hint,
  );
  return undefined;
}

type Placed = {
  readonly component: ResolvedComponent;
  readonly architecture: ResolvedArchitecture;
  readonly environment: Environment | undefined;
};

function regionOf(placed: Placed, task: Link): string {
  const { component, architecture, environment } = placed;
  const own = component.spec["region"];
  const around = environment?.spec.region ?? architecture.region ?? task.scenario.data.region;
  const written = typeof own === "string" ? own : around;
  const region = task.region ?? written;
  const provider = String(component.spec["service"]).split("/")[0] ?? "";
  const known = Object.keys(task.catalog.regions(provider));
  if (known.length > 0 && !known.includes(region)) {
    const near = suggest(region, known);
    const hint = near === undefined ? `regions: ${known.join(", ")}` : `did you mean "${near}"?`;
    const path = typeof own === "string" ? component.path("region") : regionPath(placed, task);
    const place = task.region === undefined ? task.scenario.source.place(path) : undefined;
    const where = task.region === undefined ? "" : "--region: ";
    task.linker.problems.error("unknown-region", `${where}no region "${region}"`, place, hint);
  }
  return region;
}

function regionPath({ architecture, environment }: Placed, task: Link): readonly string[] {
  if (environment?.spec.region !== undefined) return ["environments", environment.name, "region"];
  const { architectures } = task.scenario.data;
  return architectures[architecture.name]?.region === undefined
    ? ["region"]
    : ["architectures", architecture.name, "region"];
}

/** Expected tries of each component: its own times those of the components that call it. */
function attemptsOf(
  architecture: string,
  placed: readonly PlacedComponent[],
  task: Link,
): ReadonlyMap<string, NumberValue> {
  const { linker, scenario, workload } = task;
  const { builder } = linker;
  const result = new Map<string, NumberValue>();
  const byName = new Map(placed.map(({ base, component }) => [base, component]));
  const own = (component: ResolvedComponent): NumberValue => {
    const one: NumberValue = { kind: "number", node: builder.constant(1), dimension: PLAIN, instant: false };
    const text = component.spec["attempts"];
    if (typeof text !== "string" && typeof text !== "number") return one;
    const written = writtenAt(scenario, component.path("attempts"), text);
    const value = linker.number(written, workload.scope, NO_UNIT, '"attempts"');
    const month = value === undefined ? undefined : linker.month(value, written, '"attempts"');
    const fixed = month === undefined ? undefined : builder.constantValue(month.node);
    if (fixed !== undefined && fixed < 1) {
      linker.problems.error(
        "out-of-range",
        '"attempts" is at least 1: it counts the tries, not the retries',
        written.place(),
      );
    }
    return month ?? one;
  };
  const resolve = (base: string, component: ResolvedComponent, chain: readonly string[]): NumberValue => {
    const known = result.get(base);
    if (known !== undefined) return known;
    const mine = own(component);
    const caller = component.spec["called_by"];
    let value = mine;
    if (typeof caller === "string") {
      const found = byName.get(caller);
      const place = scenario.source.place(component.path("called_by"));
      if (found === undefined) {
        const near = suggest(caller, [...byName.keys()]);
        linker.problems.error(
          "unknown-component",
          `no component "${caller}" in "${architecture}"`,
          place,
          near === undefined ? undefined : `did you mean "${near}"?`,
        );
      } else if (chain.includes(caller)) {
        linker.problems.error(
          "cycle",
          `components call each other in a circle: ${[...chain, caller].join(" -> ")}`,
          place,
        );
      } else {
        const theirs = resolve(caller, found, [...chain, caller]);
        value = { ...mine, node: builder.op("mul", theirs.node, mine.node) };
      }
    }
    result.set(base, value);
    return value;
  };
  for (const { base, component } of placed) resolve(base, component, [base]);
  return result;
}
