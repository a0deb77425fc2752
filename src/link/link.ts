import type { Catalog } from "../catalog/catalog.ts";
import { Problems } from "../diagnostic/diagnostic.ts";
import type { Model } from "../model/model.ts";
import type { Scenario } from "../scenario/read.ts";
import { carbonLinker } from "./carbon-link.ts";
import { linkDesigns } from "./design.ts";
import { linkEvolution } from "./evolution.ts";
import { groundOf, type Variant } from "./ground.ts";
import { linkGrowth } from "./growth.ts";

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
