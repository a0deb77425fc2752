import { readSeconds, readShare } from "../../formula/literal.ts";
import type { Replicas } from "./fleet.ts";

/** Load over time as a share of the expected load (1: as expected), t in seconds from the start. */
export type Load = ((t: number) => number) & {
  /** the second until which the load stays what it is at t; where it is not stated, every second is looked at */
  readonly until?: (t: number) => number;
};

const WEEK_HOURS = 168;

/** The same load for ever. */
export function steady(share: number): Load {
  return Object.assign(() => share, { until: () => Number.POSITIVE_INFINITY });
}

/** Rises (or falls) in a straight line, then stays. */
export function ramp(from: number, to: number, over: number): Load {
  const at = (t: number): number => (t >= over ? to : from + ((to - from) * t) / over);
  return Object.assign(at, { until: (t: number) => (t >= over || from === to ? Number.POSITIVE_INFINITY : t) });
}

/** The hours of a week from Monday 0 h, relative to their mean, again and again. */
export function weekly(weights: readonly number[]): Load {
  const at = (t: number): number => weights[Math.floor(t / 3600) % WEEK_HOURS] ?? 1;
  return Object.assign(at, { until: (t: number) => (Math.floor(t / 3600) + 1) * 3600 });
}

/** A trace before its first point. */
const NOTHING: readonly [number, number] = [0, 0];

/** A measured series: each point holds until the next; before the first it is 0. */
export function trace(points: readonly (readonly [number, number])[]): Load {
  let next = 0;
  const find = (t: number): void => {
    if (next > 0 && t < (points[next - 1]?.[0] ?? Number.NEGATIVE_INFINITY)) next = 0;
    while (next < points.length && (points[next]?.[0] ?? Number.POSITIVE_INFINITY) <= t) next += 1;
  };
  const at = (t: number): number => {
    find(t);
    const [, share] = points[next - 1] ?? NOTHING;
    return share;
  };
  const until = (t: number): number => {
    find(t);
    return points[next]?.[0] ?? Number.POSITIVE_INFINITY;
  };
  return Object.assign(at, { until });
}

/** The longest ramp in seconds: each of its seconds is another load, and is looked at. */
export const LONGEST_RAMP = 86_400;

/**
 * Reads `0..100% over 10m`: a ramp, its ends as shares of the expected load.
 * @returns the load, or undefined when the text is no ramp
 */
export function parseRamp(text: string): { readonly load: Load; readonly over: number } | undefined {
  const match = /^([^%]+)%?\s*\.\.\s*([^%]+%)\s+over\s+(.+)$/.exec(text);
  const over = readSeconds(match?.[3] ?? "");
  const [from, to] = [readShare(`${match?.[1]}%`), readShare(match?.[2] ?? "")];
  if (over === undefined || !(over > 0 && from >= 0 && to >= 0)) return undefined;
  return { load: ramp(from, to, over), over };
}

/** @returns the replicas, or undefined when a word is missing, unknown or is no figure */
export function parseReplicas(text: string): Replicas | undefined {
  const words = new Map(
    text.split(",").map((pair): [string, string] => {
      const [key = "", value = ""] = pair.split("=").map((part) => part.trim());
      return [key, value];
    }),
  );
  const number = (key: string): number => readShare(words.get(key) ?? "");
  const time = (key: string): number => readSeconds(words.get(key) ?? "") ?? Number.NaN;
  const found: Replicas = {
    perReplica: number("per"),
    start: time("start"),
    cooldown: time("cooldown"),
    min: number("min"),
    max: number("max"),
    launchRate: number("launch"),
    ...(words.has("burst") ? { launchBucket: number("burst") } : {}),
    ...(words.has("target") ? { target: number("target") } : {}),
  };
  const sound =
    Object.values(found).every((value) => value >= 0) &&
    found.perReplica > 0 &&
    (found.target === undefined || found.target > 0) &&
    (found.launchBucket === undefined || found.launchBucket >= 1) &&
    found.max >= found.min &&
    found.max >= 1;
  return sound && words.size === Object.keys(found).length ? found : undefined;
}
