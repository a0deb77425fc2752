// What a report carries of `evolution:`: figures by their place in a list, growth month by month, no code.
import type {
  PlanArchitecture,
  PlanEvolution,
  PlanModel,
  PlanQuota,
  PlanVariable,
} from "../analysis/plan/plan-model.ts";
import { isSampled } from "../model/definition.ts";
import type { Evolution, PlanBuild, PlanMove, PlannedFigure } from "../model/evolution.ts";
import type { Model } from "../model/model.ts";

/** Place of a figure in the list. */
type At = number | null;
type PackedBuild = { readonly effort: At; readonly cost: At; readonly release: At };
type PackedMove = Pick<PlanMove, "from" | "to"> & {
  readonly effort: At;
  readonly cost: At;
  readonly lead: At;
  readonly parallel: At;
};

export type PackedPlan = Pick<Evolution, "months" | "spread" | "growthWords" | "discount" | "running"> & {
  /** month by month: the driver, or its factor where it is `relative` to that of month 0 */
  readonly growth: { readonly relative: boolean; readonly drivers: readonly number[] };
  readonly figures: readonly PlannedFigure[];
  readonly startLoad: At;
  readonly delay: At;
  readonly personRate: At;
  readonly builds: readonly (readonly [string, PackedBuild])[];
  readonly moves: readonly PackedMove[];
  readonly architectures: readonly PlanArchitecture[];
  /** the driver, and variables with a range */
  readonly variables: readonly PlanVariable[];
};

/** Nodes of the figures. */
export function planNodes({ evolution }: Model): readonly number[] {
  return (evolution?.figures ?? []).map(({ node }) => node);
}

/** Months of growth, as factors where it follows the load of month 0. */
export function packMonths(
  at: (month: number, today: number) => number,
  months: number,
): { readonly relative: boolean; readonly drivers: readonly number[] } {
  const all = Array.from({ length: months }, (_, month) => month);
  const relative = all.some((month) => at(month, 1) !== at(month, 2));
  return { relative, drivers: all.map((month) => at(month, 1)) };
}

export function packPlan(model: Model, place: (node: number) => number): PackedPlan | null {
  const { evolution } = model;
  if (evolution === undefined) return null;
  const at = (figure: Evolution["startLoad"]): At => (figure === undefined ? null : evolution.figures.indexOf(figure));
  const { months, spread, growthWords, discount, running } = evolution;
  return {
    months,
    spread,
    growthWords,
    discount,
    running,
    growth: packMonths(evolution.at, months),
    figures: evolution.figures.map(({ written: _, place: __, unit: { text, factor }, node, ...told }) => ({
      ...told,
      unit: { text, factor },
      node: place(node),
    })),
    startLoad: at(evolution.startLoad),
    delay: at(evolution.delay),
    personRate: at(evolution.personRate),
    builds: [...evolution.builds].map(([name, build]) => [name, packBuild(build, at)]),
    moves: evolution.moves.map(({ from, to, effort, cost, lead, parallel }) => ({
      from,
      to,
      effort: at(effort),
      cost: at(cost),
      lead: at(lead),
      parallel: at(parallel),
    })),
    architectures: model.architectures.map(({ name, cost, quotas, checks }) => ({
      name,
      cost: place(cost),
      quotas: quotas.map((quota) => packQuota(quota, place)),
      checks: checks.map(({ node, level, message }) => ({ node: place(node), level, message })),
    })),
    variables: variablesOf(model),
  };
}

function packBuild({ effort, cost, release }: PlanBuild, at: (figure: Evolution["startLoad"]) => At): PackedBuild {
  return { effort: at(effort), cost: at(cost), release: at(release) };
}

function packQuota(
  { id, service, region, account, through, demand, granted, unit, quota }: PlanQuota,
  place: (node: number) => number,
): PlanQuota {
  const { title, code, adjustable, on_exceed, kind, scope } = quota;
  return {
    id,
    service,
    region,
    account,
    through,
    demand: place(demand),
    granted: place(granted),
    unit: { text: unit.text, factor: unit.factor },
    quota: { title, code, adjustable, on_exceed, kind, scope },
  };
}

function variablesOf({ definitions, workload }: Model): readonly PlanVariable[] {
  return [...definitions.values()].flatMap((definition) => {
    const { address, origin, market, low, high, unit, formula, dimension } = definition;
    const counts = address === workload.driver || (isSampled(definition) && low !== undefined && high !== undefined);
    if (!counts) return [];
    return [{ address, origin, ...(market && { market }), low, high, unit, formula, dimension }];
  });
}

/** The evolution again. */
export function unpackEvolution(packed: PackedPlan): PlanEvolution {
  const { months, spread, growthWords, discount, running, growth, figures } = packed;
  const figure = (at: At): PlannedFigure | undefined => (at === null ? undefined : figures[at]);
  const { relative, drivers } = growth;
  return {
    months,
    spread,
    growthWords,
    discount,
    running,
    figures,
    at: (month, today) => {
      const value = drivers[month] ?? Number.NaN;
      return relative ? today * value : value;
    },
    startLoad: figure(packed.startLoad),
    delay: figure(packed.delay),
    personRate: figure(packed.personRate),
    builds: new Map(
      packed.builds.map(([name, { effort, cost, release }]): [string, PlanBuild<PlannedFigure>] => [
        name,
        { effort: figure(effort), cost: figure(cost), release: figure(release), reason: undefined },
      ]),
    ),
    moves: packed.moves.map(({ from, to, effort, cost, lead, parallel }) => ({
      from,
      to,
      effort: figure(effort),
      cost: figure(cost),
      lead: figure(lead),
      parallel: figure(parallel),
      reason: undefined,
    })),
  };
}

/** What a plan is computed from: the packed part, and what the page evaluates for every other figure. */
export function planModelOf(
  packed: PackedPlan,
  evaluated: Omit<PlanModel, "definitions" | "architectures" | "evolution">,
  certain: ReadonlyMap<string, number>,
): PlanModel {
  const definitions = packed.variables.map((variable): [string, PlanVariable] => [
    variable.address,
    certain.has(variable.address) ? { ...variable, origin: "command" } : variable,
  ]);
  return {
    ...evaluated,
    definitions: new Map(definitions),
    architectures: packed.architectures,
    evolution: unpackEvolution(packed),
  };
}
