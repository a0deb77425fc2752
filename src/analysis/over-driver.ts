import { shownUnit } from "../model/assumptions.ts";
import type { Model } from "../model/model.ts";
import type { BreakEvenResult } from "../result/decision-schema.ts";
import { ruledOutCases } from "./able.ts";
import { breakEven } from "./break-even.ts";
import { manyCases } from "./many-cases.ts";

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

/** Break-even of a model's architectures over one input; null where the input cannot be moved or has no room to. */
export function breakEvenOver(model: Model, task: OverTask): BreakEvenResult | null {
  const today = model.graph.inputs.find(({ address }) => address === task.over)?.value;
  if (today === undefined) return null;
  const to = task.to ?? today * DECADES;
  // A range that begins at 0 is looked at down to a millionth of its end.
  const from = task.from === 0 ? to / (DECADES * DECADES) : (task.from ?? today / DECADES);
  if (!(from > 0) || !(to > from) || !Number.isFinite(to)) return null;
  const names = model.architectures.map(({ name }) => name);
  const run = manyCases(
    model,
    model.architectures.map(({ cost }) => cost),
    [task.over],
  );
  const isDriver = task.over === model.workload.driver;
  const ruled = ruledOutCases(model, [task.over], !isDriver);
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
  return inUnit(found, task.over, model, today);
}

/** Values of the variable in the unit that people read it in. */
function inUnit(found: ReturnType<typeof breakEven>, over: string, model: Model, today: number): BreakEvenResult {
  const definition = model.definitions.get(over);
  const { text, factor } =
    definition === undefined ? { text: "", factor: 1 } : shownUnit(definition, model.monthSeconds);
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
