import type { Curve } from "./graph.ts";

const HOURS_PER_WEEK = 168;

/** A load that never changes: one slot. It knows no hours; a schedule wants `weeklyCurve` with `hours`. */
export function flatCurve(): Curve {
  return { share: [1], weight: [1], hour: [Number.NaN], weekday: [Number.NaN] };
}

/** How long all slots last together, in the unit of `share`. */
export function wholeOf({ share }: Curve): number {
  return share.reduce((total, part) => total + part, 0);
}

export type WeeklyShape = {
  /** load of each hour of the week from Monday 0 h, in any unit; scaled to mean 1 */
  readonly weights: readonly number[];
  /** load at the worst moment of an hour over the mean of that hour, >= 1 */
  readonly burst: number;
  /** whether a formula reads `hour` or `weekday`: if not, hours of equal weight become one slot */
  readonly hours: boolean;
};

type Slot = { readonly weight: number; readonly hour: number; readonly weekday: number };

/**
 * The load over a month from the hours of a week. A burst above 1 adds a slot without duration for each slot, so that
 * `peak` sees it whatever the formula (it need not be largest at the largest load) and `mean` does not.
 * @returns the curve, or what is wrong in the words of the scenario's author
 */
export function weeklyCurve(shape: WeeklyShape): Curve | { readonly problem: string } {
  const problem = problemOf(shape);
  if (problem !== undefined) return { problem };
  const slots = normalise(shape.weights).map((weight, index) =>
    shape.hours
      ? { weight, hour: index % 24, weekday: Math.floor(index / 24) }
      : { weight, hour: Number.NaN, weekday: Number.NaN },
  );
  const found = new Map<string, { slot: Slot; count: number }>();
  for (const slot of slots) {
    const known = found.get(keyOf(slot));
    if (known === undefined) found.set(keyOf(slot), { slot, count: 1 });
    else known.count += 1;
  }
  for (const slot of shape.burst > 1 ? slots : []) {
    const burst = { ...slot, weight: slot.weight * shape.burst };
    if (!found.has(keyOf(burst))) found.set(keyOf(burst), { slot: burst, count: 0 });
  }
  const all = [...found.values()];
  return {
    share: all.map(({ count }) => count),
    weight: all.map(({ slot }) => slot.weight),
    hour: all.map(({ slot }) => slot.hour),
    weekday: all.map(({ slot }) => slot.weekday),
  };
}

function keyOf(slot: Slot): string {
  return `${slot.weight} ${slot.hour} ${slot.weekday}`;
}

function problemOf({ weights, burst }: WeeklyShape): string | undefined {
  if (weights.length !== HOURS_PER_WEEK) {
    return `a week has ${HOURS_PER_WEEK} hours, the curve has ${weights.length} weights`;
  }
  const odd = weights.findIndex((weight) => !Number.isFinite(weight) || weight < 0);
  if (odd >= 0) return `weight ${odd + 1} of the curve is ${weights[odd]}; a weight is a number from 0 on`;
  if (weights.every((weight) => weight === 0)) return "all weights of the curve are 0; at least one hour needs load";
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (!Number.isFinite(sum)) return "the weights of the curve add up to no finite number";
  if (!Number.isFinite(burst) || burst < 1) return `the burst is ${burst}; it is a factor from 1 on`;
  return undefined;
}

function normalise(weights: readonly number[]): readonly number[] {
  const [first] = weights;
  // exactly 1 and not 1 within rounding: a flat week is to give the figures of a flat load
  if (weights.every((weight) => weight === first)) return weights.map(() => 1);
  const mean = weights.reduce((total, weight) => total + weight, 0) / weights.length;
  return weights.map((weight) => weight / mean);
}
