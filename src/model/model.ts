import type { Catalog } from "../catalog/catalog.ts";
import type { Rate } from "../catalog/rate.ts";
import { Problems } from "../diagnostic/diagnostic.ts";
import type { Graph } from "../formula/graph.ts";
import type { Scenario } from "../scenario/read.ts";
import { type CarbonModel, carbonLinker } from "./carbon-link.ts";
import type { Definition } from "./definition.ts";
import { linkDesigns, type ModelArchitecture } from "./design.ts";
import type { LinkedEnvironment } from "./environment.ts";
import { type Evolution, linkEvolution } from "./evolution.ts";
import { type AsOf, groundOf, type Variant } from "./ground.ts";
import { type Growth, linkGrowth } from "./growth.ts";
import type { WorkloadScope } from "./workload.ts";

/** A scenario linked with the catalog for one variant: one graph, and what its nodes mean. */
export type Model = {
  readonly scenario: Scenario;
  readonly asOf: AsOf;
  readonly monthSeconds: number;
  readonly load: number;
  readonly graph: Graph;
  readonly workload: WorkloadScope;
  readonly environments: readonly LinkedEnvironment[];
  readonly architectures: readonly ModelArchitecture[];
  readonly definitions: ReadonlyMap<string, Definition>;
  /** rates used, each once, in order of first use */
  readonly rates: readonly Rate[];
  /** data is kept for ever somewhere: the month depends on the time since the start */
  readonly grows: boolean;
  readonly growth: Growth | undefined;
  readonly evolution: Evolution | undefined;
  readonly carbon: CarbonModel | undefined;
};

/** Links a scenario; undefined when the problems hold errors. Nothing is computed before everything is known. */
export function linkModel(
  scenario: Scenario,
  catalog: Catalog,
  variant: Variant,
  problems: Problems,
): Model | undefined {
  // Slots that differ only in hour and weekday are one slot, unless a formula asks for them: most do not.
  const first = new Problems();
  const model = linkWith(scenario, catalog, variant, first, false);
  if (model === undefined || !model.workload.asked.hours) {
    for (const problem of first.list) problems.add(problem);
    return model;
  }
  return linkWith(scenario, catalog, variant, problems, true);
}

function linkWith(
  scenario: Scenario,
  catalog: Catalog,
  variant: Variant,
  problems: Problems,
  hours: boolean,
): Model | undefined {
  const ground = groundOf({ scenario, catalog, variant, problems, hours, variants: false });
  if (ground === undefined) return undefined;
  const { linker, workload, environments, asOf, monthSeconds } = ground;
  const growth = linkGrowth(scenario, linker, workload);
  const evolution = linkEvolution({ scenario, linker, workload }, growth);
  const chosen = [...scenario.architectures.values()].filter(
    (architecture) => variant.only.length === 0 || variant.only.includes(architecture.name),
  );
  const designs = linkDesigns(chosen, ground, () => carbonLinker({ ...ground, carbonDay: asOf.carbon }));
  if (designs === undefined) return undefined;
  const { architectures, carbon } = designs;
  const scopes = new Set([workload, ...environments.map((environment) => environment.workload)]);
  const variables = [...scopes].flatMap((scope) => scope.definitions);
  const definitions = [...variables, ...architectures.flatMap((a) => a.components.flatMap((c) => c.definitions))];
  for (const { uncounted } of architectures) uncounted();
  const rates = new Map(
    architectures.flatMap((a) => a.lines).map(({ rate }) => [`${rate.service}#${rate.key}@${rate.region}`, rate]),
  );
  return {
    scenario,
    asOf,
    monthSeconds,
    load: variant.load,
    graph: linker.builder.graph(),
    workload,
    environments,
    architectures,
    definitions: new Map(definitions.map((definition) => [definition.address, definition])),
    rates: [...rates.values()],
    grows: architectures.some((a) => a.components.some((c) => c.usesElapsed)),
    growth,
    evolution,
    carbon,
  };
}
