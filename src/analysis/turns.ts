import type { BreakEvenResult } from "../result/decision-schema.ts";
import type { Result } from "../result/schema.ts";
import { breakEven } from "./break-even.ts";
import type { ManyCases } from "./cases-through.ts";
import { type Conditioned, ruledOutThrough } from "./ruled-out.ts";

/** Points that a run looks at. */
export const RUN_POINTS = 6000;

/** What is turned over one input: a model, or what a report carries of one. */
export type Turned = {
  readonly architectures: readonly (Conditioned & { readonly name: string; readonly cost: number })[];
  /** nodes as a function of the input */
  readonly cases: (nodes: readonly number[], fullest?: boolean) => ManyCases;
  /** value of the input, base units, and the unit that people read it in */
  readonly today: number;
  readonly unit: { readonly text: string; readonly factor: number };
  /** the driver: hard limits are given, else they are conditions like others */
  readonly isDriver: boolean;
};

export type OverTask = {
  /** address of an input: the driver, another variable, a price */
  readonly over: string;
  /** ends in base units, above 0; default: three decades to each side of the value */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** greatest driver that each architecture can serve at all, by name, where a hard limit stands against more */
  readonly hard: ReadonlyMap<string, number>;
  readonly points: number;
};

const DECADES = 1000;

/** Break-even over one input; null where it has no room to move. */
export function turnsOver(
  { architectures, cases, today, unit, isDriver }: Turned,
  task: OverTask,
): BreakEvenResult | null {
  const to = task.to ?? today * DECADES;
  // A range that begins at 0 is looked at down to a millionth of its end.
  const from = task.from === 0 ? to / (DECADES * DECADES) : (task.from ?? today / DECADES);
  if (!(from > 0) || !(to > from) || !Number.isFinite(to)) return null;
  const names = architectures.map(({ name }) => name);
  const run = cases(architectures.map(({ cost }) => cost));
  const ruled = ruledOutThrough(architectures, !isDriver, cases);
  const found = breakEven({
    names,
    costs: (values) => run([Float64Array.from(values)], values.length),
    today,
    from,
    to,
    points: task.points,
    ...(ruled === undefined
      ? {}
      : { ruledOut: (values: readonly number[]) => ruled([Float64Array.from(values)], values.length) }),
    ...(isDriver ? { until: names.map((name) => task.hard.get(name) ?? Number.POSITIVE_INFINITY) } : {}),
  });
  return inUnit(found, task.over, unit, today);
}

/** The greatest driver that each architecture can serve whatever is raised, where a hard limit stands against more. */
export function hardLimits({ architectures }: Pick<Result, "architectures">): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(architectures).flatMap(([name, { capacity }]) =>
      capacity.hard === null ? [] : [[name, capacity.hard.units]],
    ),
  );
}

/** Values of the variable in the unit that people read it in. */
function inUnit(
  found: ReturnType<typeof breakEven>,
  over: string,
  { text, factor }: Turned["unit"],
  today: number,
): BreakEvenResult {
  const { nearest } = found;
  return {
    over,
    unit: text,
    from: found.from / factor,
    to: found.to / factor,
    today: today / factor,
    intervals: found.intervals.map((each) => ({ ...each, from: each.from / factor, to: each.to / factor })),
    crossings: found.crossings.map((each) => ({ ...each, at: each.at / factor })),
    bands: found.bands.map((each) => ({ ...each, from: each.from / factor, to: each.to / factor })),
    nearest: nearest === undefined ? null : { ...nearest, at: nearest.at / factor },
    resolution: found.resolution,
  };
}
