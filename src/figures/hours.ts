// The hours of a load curve that an explanation shows beside the mean over the week.
import type { Curve } from "../formula/graph.ts";

/** Slots of the curve: those in which something is greatest and least. */
export type Slots = { readonly peak: number; readonly base: number };

/** What a figure is in those two. */
export type InHours = { readonly peak: number; readonly base: number };

export type HourOfWeek = {
  /** hours of the week that are like it */
  readonly hours: number;
  /** Monday is 0; null where the load alone says hours apart */
  readonly weekday: number | null;
  readonly hour: number | null;
};

/** The greatest and the least hour of some values; without any, or where they are the same in all, those of the load. */
export function extremeSlots(curve: Curve, values?: ArrayLike<number>): Slots {
  const lasting = lastingSlots(curve);
  const [first = 0] = lasting;
  const own = values !== undefined && differs(curve, values) ? values : curve.weight;
  const at = (slot: number): number => own[slot] ?? Number.NaN;
  return {
    peak: lasting.reduce((a, b) => (at(b) > at(a) ? b : a), first),
    base: lasting.reduce((a, b) => (at(b) < at(a) ? b : a), first),
  };
}

export function hourOfWeek({ share, hour, weekday }: Curve, slot: number): HourOfWeek {
  const known = (x: number | undefined): number | null => (x === undefined || Number.isNaN(x) ? null : x);
  return { hours: share[slot] ?? Number.NaN, weekday: known(weekday[slot]), hour: known(hour[slot]) };
}

/** @returns undefined where the figure is the same in all hours */
export function inHours(curve: Curve, slots: Slots, values: ArrayLike<number>, factor: number): InHours | undefined {
  if (!differs(curve, values)) return undefined;
  const at = (slot: number): number => (values[slot] ?? Number.NaN) / factor;
  return { peak: at(slots.peak), base: at(slots.base) };
}

/** The mean over the week of what differs from hour to hour. */
export function weekMean(curve: Curve, values: ArrayLike<number>): number {
  const lasting = lastingSlots(curve);
  const share = (slot: number): number => curve.share[slot] ?? Number.NaN;
  const whole = lasting.reduce((total, slot) => total + share(slot), 0);
  return lasting.reduce((total, slot) => total + share(slot) * (values[slot] ?? Number.NaN), 0) / whole;
}

function differs(curve: Curve, values: ArrayLike<number>): boolean {
  const lasting = lastingSlots(curve);
  return lasting.some((slot) => values[slot] !== values[lasting[0] ?? -1]);
}

/** A burst within an hour has a slot that lasts no time: nothing is billed by it. */
function lastingSlots({ share }: Curve): readonly number[] {
  return [...share.keys()].filter((slot) => share[slot] !== 0);
}
