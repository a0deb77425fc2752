import type { Catalog } from "../catalog/catalog.ts";
import { Problems } from "../diagnostic/diagnostic.ts";
import type { Model } from "../model/model.ts";
import type { Scenario } from "../scenario/read.ts";
import { carbonLinker } from "./carbon-link.ts";
import { carbonModel } from "./carbon-nodes.ts";
import { linkDesigns } from "./design.ts";
import { linkEvolution } from "./evolution.ts";
import { type Ground, groundOf, type Variant } from "./ground.ts";
import { linkGrowth } from "./growth.ts";
import { designNodes, environmentNodes } from "./nodes.ts";
import { priceBook } from "./price-book.ts";
import { fullestMonth } from "./season.ts";
import { statementsOf } from "./statements.ts";

/** Links a scenario; undefined when the problems hold errors. Nothing is computed before everything is known. */
export function linkModel(
  scenario: Scenario,
  catalog: Catalog,
  variant: Variant,
  problems: Problems,
): Model | undefined {
  // Slots that differ only in hour and weekday are one slot, unless a formula asks for them: most do not.
  const first = new Problems();
  const open = (hours: boolean, faults: Problems): Ground | undefined =>
    groundOf({ scenario, catalog, variant, problems: faults, hours, variants: false });
  const ground = open(false, first);
  const model = ground === undefined ? undefined : linkInto(ground, variant);
  if (model === undefined || ground?.workload.asked.hours !== true) {
    for (const problem of first.list) problems.add(problem);
    return model;
  }
  const again = open(true, problems);
  return again === undefined ? undefined : linkInto(again, variant);
}

function linkInto(ground: Ground, variant: Variant): Model | undefined {
  const { scenario, catalog, linker, workload, environments, asOf, monthSeconds } = ground;
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
  const all = [...variables, ...architectures.flatMap((a) => a.components.flatMap((c) => c.definitions))];
  const definitions = new Map(all.map((definition) => [definition.address, definition]));
  const book = priceBook(
    architectures.flatMap((a) => a.lines.map(({ rate }) => rate)),
    catalog,
  );
  const task = { scenario, catalog, priceDay: asOf.prices, priceOf: book.priceOf, allowances: true };
  const nodes = architectures.map((design) => designNodes(design, task));
  const graph = linker.builder.graph();
  const { driver, driverNode, work } = workload;
  const { unit, report_per } = scenario.data.workload;
  return {
    asOf,
    monthSeconds,
    load: variant.load,
    graph,
    workload: { unit, reported: report_per ?? { unit, count: 1 }, driver, driverNode, work: { node: work.node } },
    environments: environmentNodes(environments),
    architectures: nodes,
    definitions: [...definitions.values()],
    prices: book.prices,
    grows: workload.season !== undefined || architectures.some((a) => a.components.some((c) => c.usesElapsed)),
    fullest: fullestMonth(workload),
    seasonal: workload.season !== undefined,
    growth,
    evolution,
    carbon: carbon === undefined ? undefined : carbonModel(carbon, catalog, variant.explained ? graph : undefined),
    ...statementsOf(ground, architectures, book.hash),
  };
}
