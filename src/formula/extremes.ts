import { difference, type Operation, roundUp } from "./arithmetic.ts";
import type { Graph } from "./graph.ts";
import { nodeAt } from "./nodes.ts";

/** Whether a value rises (1) or falls (-1) with each invariant instant that it depends on, and what it lies between. */
type Course = { readonly along: ReadonlyMap<number, 1 | -1>; readonly lo: number; readonly hi: number };

/** Slots where the maximum can lie, where the nodes of `positive` are above 0 and those of `least` 0 or more, all finite. */
export type Extremes = {
  readonly slots: readonly number[];
  readonly least: readonly number[];
  readonly positive: readonly number[];
};

export type ExtremeTask = {
  /** what is the maximum of */
  readonly of: number;
  /** values of an instant that is the same in every case, by slot; undefined for one that differs */
  readonly known: (index: number) => Float64Array | undefined;
  /** a node that is no instant: its value where it is the same in every case */
  readonly fixed: (index: number) => number | undefined;
};

/**
 * Where a value only rises, or only falls, with each of the loads and schedules behind it, its maximum lies in one of the
 * few hours that no other hour exceeds in all of them. Every step of such a value is monotone in doubles too, so that the
 * maximum over these hours has the bits of the one over all.
 * @returns undefined where it cannot be stated: then all slots count
 */
export function extremes(graph: Graph, task: ExtremeTask): Extremes | undefined {
  const least = new Set<number>();
  const positive = new Set<number>();
  const courses = new Map<number, Course | undefined>();
  const courseOf = (index: number): Course | undefined => {
    if (!courses.has(index)) courses.set(index, find(index));
    return courses.get(index);
  };
  const find = (index: number): Course | undefined => {
    const { op, args, instant } = nodeAt(graph, index);
    const values = instant ? task.known(index) : undefined;
    if (values !== undefined) return leaf(index, values);
    if (!instant) {
      const value = task.fixed(index);
      if (value !== undefined) return Number.isFinite(value) ? still(value, value) : undefined;
      least.add(index);
      return still(0, Number.MAX_VALUE);
    }
    if (op === "const" || op === "input" || op === "slot") return undefined;
    const [a, b, c] = args;
    if (op === "div" && b !== undefined && !nodeAt(graph, b).instant && task.fixed(b) === undefined) positive.add(b);
    // by 0 the load alone decides between no bound and no number
    if (op === "div" && b !== undefined && task.fixed(b) === 0) return undefined;
    const found = [a, b, c].map((arg) => (arg === undefined ? NOTHING : courseOf(arg)));
    const [first, second, third] = found;
    return first === undefined || second === undefined || third === undefined
      ? undefined
      : courseAfter(op, first, second, third);
  };
  const course = courseOf(task.of);
  if (course === undefined) return undefined;
  const leaves = [...course.along].flatMap(([index, sign]) => {
    const values = task.known(index);
    return values === undefined ? [] : [values.map((value) => value * sign)];
  });
  return { slots: undominated(leaves), least: [...least], positive: [...positive] };
}

const NOTHING: Course = still(0, 0);

function still(lo: number, hi: number): Course {
  return { along: new Map(), lo, hi };
}

function leaf(index: number, values: Float64Array): Course | undefined {
  const [lo, hi] = [Math.min(...values), Math.max(...values)];
  return Number.isFinite(lo) && Number.isFinite(hi) ? { along: new Map([[index, 1]]), lo, hi } : undefined;
}

/** Directions of two values that both add to a third; undefined where they contradict each other. */
function joined(...all: readonly ReadonlyMap<number, 1 | -1>[]): ReadonlyMap<number, 1 | -1> | undefined {
  const along = new Map<number, 1 | -1>();
  for (const each of all) {
    for (const [index, sign] of each) {
      if ((along.get(index) ?? sign) !== sign) return undefined;
      along.set(index, sign);
    }
  }
  return along;
}

function turned({ along }: Course): ReadonlyMap<number, 1 | -1> {
  return new Map([...along].map(([index, sign]) => [index, sign === 1 ? -1 : 1]));
}

function course(along: ReadonlyMap<number, 1 | -1> | undefined, lo: number, hi: number): Course | undefined {
  if (along === undefined || Number.isNaN(lo) || Number.isNaN(hi)) return undefined;
  return { along, lo, hi };
}

/** Bounds follow the same operation at the ends, which rounds as the values themselves are rounded. */
function courseAfter(op: Operation, a: Course, b: Course, c: Course): Course | undefined {
  switch (op) {
    case "add":
      return course(joined(a.along, b.along), a.lo + b.lo, a.hi + b.hi);
    case "sub":
      return course(joined(a.along, turned(b)), difference(a.lo, b.hi), difference(a.hi, b.lo));
    case "neg":
      return course(turned(a), -a.hi, -a.lo);
    case "mul":
      return product(a, b);
    case "div":
      // a divisor that moves, or may be negative, is looked at in all slots
      if (b.along.size > 0 || b.lo < 0 || a.lo < 0) return undefined;
      return b.lo > 0 ? course(a.along, a.lo / b.hi, a.hi / b.lo) : course(a.along, 0, Number.POSITIVE_INFINITY);
    case "min":
    case "max":
      return course(joined(a.along, b.along), Math[op](a.lo, b.lo), Math[op](a.hi, b.hi));
    case "floor":
    case "ceil":
      return course(a.along, Math[op](a.lo), Math[op](a.hi));
    case "roundup":
      if (b.along.size > 0 || !(b.lo > 0) || b.lo !== b.hi) return undefined;
      return course(a.along, roundUp(a.lo, b.lo), Number.isFinite(a.hi) ? roundUp(a.hi, b.lo) : a.hi);
    case "lt":
    case "le":
      return course(joined(turned(a), b.along), 0, 1);
    case "if":
      return chosen(a, b, c);
    default:
      return undefined;
  }
}

function product(a: Course, b: Course): Course | undefined {
  if (a.lo >= 0 && b.lo >= 0) return course(joined(a.along, b.along), a.lo * b.lo, upper(a.hi, b.hi));
  // below 0 only beside a number that is known
  const [moving, factor] = b.along.size === 0 ? [a, b] : [b, a];
  if (factor.along.size > 0 || factor.lo !== factor.hi) return undefined;
  const ends = [moving.lo * factor.lo, moving.hi * factor.lo] as const;
  return course(factor.lo >= 0 ? moving.along : turned(moving), Math.min(...ends), Math.max(...ends));
}

/** 0 times what is without bound is 0 here: what is computed with is finite. */
function upper(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

function chosen(condition: Course, then: Course, other: Course): Course | undefined {
  const [lo, hi] = [Math.min(then.lo, other.lo), Math.max(then.hi, other.hi)];
  if (condition.along.size === 0) return course(joined(then.along, other.along), lo, hi);
  // going over to the other value has to go the same way
  if (then.lo >= other.hi) return course(joined(condition.along, then.along, other.along), lo, hi);
  if (then.hi <= other.lo) return course(joined(turned(condition), then.along, other.along), lo, hi);
  return undefined;
}

/** Slots that no other slot reaches or exceeds in every column; of equal ones the first. */
function undominated(columns: readonly Float64Array[]): readonly number[] {
  const [first] = columns;
  if (first === undefined) return [0];
  const kept: number[] = [];
  const covers = (s: number, t: number): boolean =>
    columns.every((column) => (column[s] ?? Number.NaN) >= (column[t] ?? Number.NaN));
  for (let slot = 0; slot < first.length; slot += 1) {
    if (kept.some((other) => covers(other, slot))) continue;
    for (let k = kept.length - 1; k >= 0; k -= 1) if (covers(slot, kept[k] ?? -1)) kept.splice(k, 1);
    kept.push(slot);
  }
  return kept;
}
