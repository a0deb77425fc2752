/** Load over time as a share of the expected load (1: as expected), t in seconds from the start. */
export type Load = (t: number) => number;

const WEEK_HOURS = 168;

/** Rises (or falls) in a straight line, then stays. */
export function ramp(from: number, to: number, over: number): Load {
  return (t) => (t >= over ? to : from + ((to - from) * t) / over);
}

/** The hours of a week from Monday 0 h, relative to their mean, again and again. */
export function weekly(weights: readonly number[]): Load {
  return (t) => weights[Math.floor(t / 3600) % WEEK_HOURS] ?? 1;
}

/** A measured series: each point holds until the next; before the first it is 0. */
export function trace(points: readonly (readonly [number, number])[]): Load {
  let at = 0;
  return (t) => {
    if (at > 0 && t < (points[at - 1]?.[0] ?? Number.NEGATIVE_INFINITY)) at = 0;
    while (at < points.length && (points[at]?.[0] ?? Number.POSITIVE_INFINITY) <= t) at += 1;
    const [, value] = points[at - 1] ?? [0, 0];
    return value;
  };
}

/**
 * Reads `0..100% over 10m`: a ramp, its ends as shares of the expected load.
 * @returns the load, or undefined when the text is no ramp
 */
export function parseRamp(text: string): { readonly load: Load; readonly over: number } | undefined {
  const match = /^\s*([\d.]+)\s*%?\s*\.\.\s*([\d.]+)\s*%\s+over\s+([\d.]+)\s*(s|m|min|h)\s*$/.exec(text);
  const over = seconds(`${match?.[3]}${match?.[4]}`);
  const [from, to] = [Number(match?.[1]) / 100, Number(match?.[2]) / 100];
  if (match === null || over === undefined || !(over > 0) || Number.isNaN(from) || Number.isNaN(to)) return undefined;
  return { load: ramp(from, to, over), over };
}

/** Seconds of `90s`, `10m`, `1h`, `2d`; undefined for anything else. */
export function seconds(text: string): number | undefined {
  const match = /^\s*([\d.]+)\s*(s|m|min|h|d)\s*$/.exec(text);
  const factor = { s: 1, m: 60, min: 60, h: 3600, d: 86_400 }[match?.[2] ?? ""];
  const value = Number(match?.[1]);
  return factor === undefined || Number.isNaN(value) ? undefined : value * factor;
}

/** Machines that follow the load, as a person writes them: `per=6,start=90s,cooldown=5m,min=2,max=100,launch=20`. */
export type ReplicaWords = {
  readonly perReplica: number;
  readonly start: number;
  readonly cooldown: number;
  readonly min: number;
  readonly max: number;
  readonly launchRate: number;
};

/** @returns the replicas, or undefined when a word is missing or is no figure */
export function parseReplicas(text: string): ReplicaWords | undefined {
  const words = new Map(text.split(",").map((pair) => pair.split("=").map((part) => part.trim()) as [string, string]));
  const number = (key: string): number => Number(words.get(key) ?? Number.NaN);
  const time = (key: string): number => seconds(words.get(key) ?? "") ?? Number.NaN;
  const found = {
    perReplica: number("per"),
    start: time("start"),
    cooldown: time("cooldown"),
    min: number("min"),
    max: number("max"),
    launchRate: number("launch"),
  };
  const sound =
    Object.values(found).every((value) => value >= 0) &&
    found.perReplica > 0 &&
    found.max >= found.min &&
    found.max >= 1;
  return sound && words.size === 6 ? found : undefined;
}
