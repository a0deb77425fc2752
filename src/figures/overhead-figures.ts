import type { ArchitectureNodes } from "../model/architecture-nodes.ts";
import type { Model } from "../model/model.ts";
import type { EnvironmentCost, OverheadLine, Overheads } from "../result/overhead-schema.ts";
import { ROLES } from "../result/roles.ts";
import type { LineItem } from "../result/schema.ts";
import { rolesOf, share, total } from "./architecture-figures.ts";
import type { Values } from "./values.ts";

/** The cost of each environment, in the order of the file; undefined where the scenario states none. */
export function environmentCosts(
  model: Model,
  lines: readonly LineItem[],
  whole: number,
  mean: Values,
): Record<string, EnvironmentCost> | undefined {
  if (model.environments.length === 0) return undefined;
  const costs: Record<string, EnvironmentCost> = {};
  for (const { name, load, schedule } of model.environments) {
    const own = lines.filter((line) => line.x_Environment === name);
    const month = total(own);
    const regions = [...new Set(own.map(({ RegionId }) => RegionId))];
    const elsewhere = regions.some((region) => region !== model.scenario.region);
    costs[name] = {
      load: load === undefined ? 1 : mean(load),
      schedule,
      accounts: [...new Set(own.flatMap(({ SubAccountId }) => (SubAccountId === null ? [] : [SubAccountId])))],
      ...(elsewhere ? { regions } : {}),
      month,
      share: share(month, whole),
      roles: rolesOf(own, month, ROLES),
    };
  }
  return costs;
}

/** The second total of an architecture; undefined where the scenario states no overheads. */
export function overheadFigures(model: Model, { overheads }: ArchitectureNodes, mean: Values): Overheads | undefined {
  if (overheads === undefined) return undefined;
  const lines = overheads.lines.map(
    ({ words, base, existing, cost }): OverheadLine => ({
      ...words,
      base: mean(base),
      existing: mean(existing),
      cost: mean(cost),
    }),
  );
  const month = mean(overheads.total);
  const { currency: stated } = model;
  const currency =
    stated === undefined ? null : { ...stated, month: month * stated.rate, year: month * stated.rate * 12 };
  return { lines, month, year: month * 12, currency };
}
