/**
 * Where architectures change rank as one variable moves. Costs are looked at as functions only: tiers make kinks, whole
 * instances make jumps. Nothing is assumed but that between two neighbouring points of the grid (1/64 of a decade) a cost
 * goes one way; where it turns round there, a pair of swaps can hide.
 */
import { bisect } from "../formula/bisect.ts";
import { log, log10, pow } from "../formula/exact.ts";
import { type RankGrid, refinedGrid } from "./rank-grid.ts";

/** Costs at many values of the variable: a row for each architecture, in the order of `names`. */
export type Costs = (values: readonly number[]) => readonly ArrayLike<number>[];

/** A value at which two architectures swap rank: `below` is the cheaper one under it, `above` over it. */
export type Crossing = {
  readonly at: number;
  /** crossing: both cost the same there; jump: a step of one leaps over the other */
  readonly kind: "crossing" | "jump";
  readonly below: string;
  readonly above: string;
};

/** A stretch in which two architectures keep swapping, no wider than 1 % from one swap to the next. */
export type Band = {
  readonly from: number;
  readonly to: number;
  readonly swaps: number;
  readonly between: readonly [string, string];
};

export type Interval = {
  readonly from: number;
  readonly to: number;
  readonly cheapest: string | null;
  /** why it begins: with the range, where costs swap, where the cheaper one before can serve no more or misses an objective */
  readonly begins: "range" | "cost" | "limit" | "objective";
};

export type BreakEven = {
  readonly from: number;
  readonly to: number;
  /** who is cheapest where, adjoining, from the least value to the greatest; null: none can serve it */
  readonly intervals: readonly Interval[];
  /** every swap of two architectures outside bands */
  readonly crossings: readonly Crossing[];
  readonly bands: readonly Band[];
  /** the change of the cheapest that is nearest to today, and how far: 2 is twice today's value */
  readonly nearest: { readonly at: number; readonly factor: number; readonly cheapest: string | null } | undefined;
  /** swaps nearer to each other than this share of the value may have been missed */
  readonly resolution: number;
};

export type BreakEvenTask = {
  readonly names: readonly string[];
  readonly costs: Costs;
  readonly today: number;
  /** least and greatest value looked at, both above 0 */
  readonly from: number;
  readonly to: number;
  /** greatest value that each architecture can serve; `intervals` and `nearest` count it out beyond; default: all */
  readonly until?: readonly number[];
  /** what rules each architecture out at some values, in the order of `names`: 0 nothing, 1 a limit, 2 an objective */
  readonly ruledOut?: (values: readonly number[]) => readonly ArrayLike<number>[];
  /** at most so many points are looked at before swaps are narrowed down; default 400,000 */
  readonly points?: number;
};

const MOST_POINTS = 400_000;
/** Swaps that follow each other within this share of the value are one band. */
const BAND = 0.01;
/** A bracket this narrow is as good as its swap for telling bands. */
const NARROW = 1e-4;
/** A step of a cost at neighbouring numbers that is larger than this share of it is a jump. */
const JUMP = 1e-9;

/** Finds every swap of rank between `from` and `to`. Single swaps are narrowed down to neighbouring numbers. */
export function breakEven(task: BreakEvenTask): BreakEven {
  const grid = refinedGrid(task.costs, task.from, task.to, task.points ?? MOST_POINTS);
  const crossings: Crossing[] = [];
  const bands: Band[] = [];
  for (let a = 0; a < task.names.length; a += 1) {
    for (let b = a + 1; b < task.names.length; b += 1) {
      const grouped = grouping(task, brackets(task, grid, a, b));
      crossings.push(...grouped.single);
      bands.push(...grouped.bands);
    }
  }
  crossings.sort((x, y) => x.at - y.at);
  bands.sort((x, y) => x.from - y.from);
  const intervals = intervalsOf(task, crossings, bands);
  const { from, to, today } = task;
  return { from, to, intervals, crossings, bands, nearest: nearestOf(intervals, today), resolution: grid.resolution };
}

/** Two values between which the sign of a's cost less b's changes from `sign`. */
type Bracket = {
  readonly a: number;
  readonly b: number;
  readonly lo: number;
  readonly hi: number;
  readonly sign: number;
};

function brackets(task: BreakEvenTask, { points, costs }: RankGrid, a: number, b: number): readonly Bracket[] {
  const found: Bracket[] = [];
  const ours = costs[a] ?? [];
  const theirs = costs[b] ?? [];
  let sign = 0;
  let lo = task.from;
  for (let i = 0; i < points.length; i += 1) {
    const delta = (ours[i] ?? Number.NaN) - (theirs[i] ?? Number.NaN);
    if (delta === 0) continue;
    const x = points[i] ?? Number.NaN;
    // What is no number has no rank, and no swap.
    const now = delta > 0 ? 1 : delta < 0 ? -1 : 0;
    if (sign !== 0 && now !== 0 && now !== sign) found.push(narrowed(task, { a, b, lo, hi: x, sign }, NARROW));
    sign = now;
    lo = x;
  }
  return found;
}

/** Halves a bracket until it is as narrow as asked, or its ends are neighbouring numbers. */
function narrowed(task: BreakEvenTask, bracket: Bracket, width: number): Bracket {
  const isLow = (x: number): boolean => Math.sign(difference(task, bracket, x).delta) === bracket.sign;
  const { low, high } = bisect(bracket.lo, bracket.hi, isLow, { width });
  return { ...bracket, lo: low, hi: high };
}

function difference(task: BreakEvenTask, { a, b }: Bracket, x: number): { delta: number; scale: number } {
  const table = task.costs([x]);
  const [one, other] = [Number(table[a]?.[0]), Number(table[b]?.[0])];
  return { delta: one - other, scale: Math.max(Math.abs(one), Math.abs(other)) };
}

function located(task: BreakEvenTask, wide: Bracket): Crossing {
  const bracket = narrowed(task, wide, 0);
  const near = difference(task, bracket, bracket.lo);
  const far = difference(task, bracket, bracket.hi);
  const smooth = Math.abs(far.delta - near.delta) <= JUMP * Math.max(near.scale, far.scale);
  const [below, above] = bracket.sign < 0 ? [bracket.a, bracket.b] : [bracket.b, bracket.a];
  return {
    at: bracket.hi,
    kind: smooth ? "crossing" : "jump",
    below: task.names[below] ?? "",
    above: task.names[above] ?? "",
  };
}

/** Single swaps, and swaps that follow each other within 1 % as bands. */
function grouping(task: BreakEvenTask, found: readonly Bracket[]): { single: Crossing[]; bands: Band[] } {
  const groups: Bracket[][] = [];
  for (const bracket of found) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (group !== undefined && before !== undefined && bracket.hi / before.hi <= 1 + BAND) group.push(bracket);
    else groups.push([bracket]);
  }
  const single: Crossing[] = [];
  const bands: Band[] = [];
  for (const group of groups) {
    const [first] = group;
    const last = group.at(-1);
    if (first === undefined || last === undefined) continue;
    const start = located(task, first);
    if (group.length === 1) single.push(start);
    else {
      const between = [task.names[first.a] ?? "", task.names[first.b] ?? ""] as const;
      bands.push({ from: start.at, to: located(task, last).at, swaps: group.length, between });
    }
  }
  return { single, bands };
}

/** Who is cheapest where: between two neighbouring swaps nothing changes, so a point in the middle says. */
function intervalsOf(task: BreakEvenTask, crossings: readonly Crossing[], bands: readonly Band[]): readonly Interval[] {
  const { from, to, until } = task;
  const ends = [
    ...crossings.map(({ at }) => at),
    ...bands.flatMap((band) => [band.from, band.to]),
    ...(until ?? []),
    ...(task.ruledOut === undefined ? [] : changesOf(task.ruledOut, from, to)),
  ];
  const inside = [...new Set(ends)].filter((at) => at > from && at < to).sort((x, y) => x - y);
  const starts = [from, ...inside];
  const middles = starts.map((start, i) => Math.sqrt(start) * Math.sqrt(inside[i] ?? to));
  const table = task.costs(middles);
  const intervals: { from: number; to: number; cheapest: string | null; begins: Interval["begins"] }[] = [];
  const ruled = task.ruledOut?.(middles);
  starts.forEach((start, i) => {
    const middle = middles[i] ?? start;
    const stopOf = (k: number): number => {
      const beyond = until !== undefined && middle > (until[k] ?? Number.POSITIVE_INFINITY);
      if (beyond) return 1;
      return ruled === undefined ? 0 : (ruled[k]?.[i] ?? Number.NaN);
    };
    let best: number | undefined;
    for (let k = 0; k < table.length; k += 1) {
      if (stopOf(k) === 0 && (best === undefined || Number(table[k]?.[i]) < Number(table[best]?.[i]))) best = k;
    }
    const cheapest = best === undefined ? null : (task.names[best] ?? null);
    const last = intervals.at(-1);
    if (last !== undefined && last.cheapest === cheapest) return;
    if (last !== undefined) last.to = start;
    const stop = last === undefined ? 0 : stopOf(task.names.indexOf(last.cheapest ?? ""));
    const begins = last === undefined ? "range" : stop === 1 ? "limit" : stop === 2 ? "objective" : "cost";
    intervals.push({ from: start, to, cheapest, begins });
  });
  return intervals;
}

/** Points in a decade at which it is looked at whether something rules an architecture out. */
const RULED_PER_DECADE = 512;

/** Values from which on an architecture is ruled out, or is so no more: to neighbouring numbers. */
function changesOf(ruledOut: NonNullable<BreakEvenTask["ruledOut"]>, from: number, to: number): readonly number[] {
  const count = Math.max(1, Math.ceil(log10(to / from) * RULED_PER_DECADE));
  const values = Array.from({ length: count + 1 }, (_, i) => (i === count ? to : from * pow(to / from, i / count)));
  return ruledOut(values).flatMap((row, k) =>
    values.slice(1).flatMap((value, i) => {
      if (row[i] === row[i + 1]) return [];
      return [bisect(values[i] ?? value, value, (x) => ruledOut([x])[k]?.[0] === row[i]).high];
    }),
  );
}

function nearestOf(intervals: readonly Interval[], today: number): BreakEven["nearest"] {
  const now = intervals.findIndex((interval) => today >= interval.from && today <= interval.to);
  const current = intervals[now];
  if (current === undefined) return undefined;
  const lower = intervals[now - 1];
  const upper = intervals[now + 1];
  const options = [
    ...(lower === undefined ? [] : [{ at: current.from, cheapest: lower.cheapest }]),
    ...(upper === undefined ? [] : [{ at: current.to, cheapest: upper.cheapest }]),
  ];
  const distance = (at: number): number => Math.abs(log(at / today));
  const [nearest] = options.sort((x, y) => distance(x.at) - distance(y.at));
  return nearest === undefined ? undefined : { ...nearest, factor: nearest.at / today };
}
