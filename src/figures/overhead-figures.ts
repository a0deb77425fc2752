import type { ModelArchitecture } from "../link/design.ts";
import type { Model } from "../model/model.ts";
import type { EnvironmentCost, OverheadLine, Overheads } from "../result/overhead-schema.ts";
import { ROLES } from "../result/roles.ts";
import type { LineItem } from "../result/schema.ts";
import { rolesOf, share, total } from "./architecture-figures.ts";
import type { Values } from "./values.ts";

/** The cost of each environment, in the order of the file; undefined where the scenario tells none. */
export function environmentCosts(
  model: Model,
  lines: readonly LineItem[],
  whole: number,
  mean: Values,
): Record<string, EnvironmentCost> | undefined {
  const costs: Record<string, EnvironmentCost> = {};
  for (const { environment, load } of model.environments) {
    if (environment === undefined) return undefined;
    const own = lines.filter((line) => line.x_Environment === environment.name);
    const month = total(own);
    costs[environment.name] = {
      load: load === undefined ? 1 : mean(load.load.node),
      schedule: environment.spec.schedule ?? null,
      accounts: [...new Set(own.flatMap(({ SubAccountId }) => (SubAccountId === null ? [] : [SubAccountId])))],
      month,
      share: share(month, whole),
      roles: rolesOf(own, month, ROLES),
    };
  }
  return costs;
}

/** Nodes that the figures below need. */
export function overheadNodes(model: Model): readonly number[] {
  return [
    ...model.environments.flatMap(({ load }) => (load === undefined ? [] : [load.load.node])),
    ...model.architectures.flatMap(({ overheads }) =>
      overheads === undefined
        ? []
        : [overheads.total, ...overheads.lines.flatMap(({ base, existing, cost }) => [base, existing, cost])],
    ),
  ];
}

/** The second total of an architecture; undefined where the scenario tells no overheads. */
export function overheadFigures(model: Model, { overheads }: ModelArchitecture, mean: Values): Overheads | undefined {
  if (overheads === undefined) return undefined;
  const lines = overheads.lines.map(
    ({ kind, title, account, base, existing, cost, formula, rate }): OverheadLine => ({
      kind,
      title,
      account,
      base: mean(base),
      existing: mean(existing),
      cost: mean(cost),
      formula,
      source: rate?.source ?? null,
      source_date: rate?.observed ?? null,
      price_status: rate?.status ?? "stated",
      note: rate?.note ?? null,
    }),
  );
  const month = mean(overheads.total);
  const stated = model.scenario.data.overheads?.currency;
  const currency =
    stated === undefined ? null : { ...stated, month: month * stated.rate, year: month * stated.rate * 12 };
  return { lines, month, year: month * 12, currency };
}
