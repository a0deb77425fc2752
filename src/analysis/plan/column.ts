// Arithmetic on all loads of a month at once. A plan does it a million times: loops over numbers, nothing made on the way.
import type { Lattice } from "./lattice.ts";

/** By level: expected months in which the load cannot be served, and expected discounted cost in USD. */
export type Column = { readonly unserved: Float64Array; readonly cost: Float64Array };

/** Places of levels, both ends included. */
export type Span = { readonly from: number; readonly to: number };

/** What a month brings: how many levels the load goes up, and the chance of it. */
export type Steps = { readonly chances: Float64Array; readonly levels: Int32Array };

const SAME = 1e-9;
/** Months that cannot be served count as equal within this: four minutes, on paths that next to never come. */
const SAME_MONTHS = 1e-4;

export function columnOf(count: number, unserved: number): Column {
  return { unserved: new Float64Array(count).fill(unserved), cost: new Float64Array(count) };
}

export function stepsOf({ least, chances }: Lattice): Steps {
  const steps = [...chances].flatMap((chance, k) => (chance === 0 ? [] : [{ chance, level: least + k }]));
  return {
    chances: Float64Array.from(steps, ({ chance }) => chance),
    levels: Int32Array.from(steps, ({ level }) => level),
  };
}

/** What columns of the month after are worth on average a month before; several moves may lead to one column. */
export function meansOf(steps: Steps, span: Span): (next: Column) => Column {
  const known = new Map<Column, Column>();
  return (next) => {
    const found = known.get(next) ?? meanOf(next, steps, span);
    known.set(next, found);
    return found;
  };
}

function meanOf(next: Column, { chances, levels }: Steps, { from, to }: Span): Column {
  const out = columnOf(next.cost.length, Number.NaN);
  for (let i = from; i <= to; i += 1) {
    let unserved = 0;
    let cost = 0;
    for (let k = 0; k < chances.length; k += 1) {
      const chance = chances[k] ?? Number.NaN;
      const then = i + (levels[k] ?? Number.NaN);
      unserved += chance * (next.unserved[then] ?? Number.NaN);
      cost += chance * (next.cost[then] ?? Number.NaN);
    }
    out.unserved[i] = unserved;
    out.cost[i] = cost;
  }
  return out;
}

export type Month = {
  /** architectures that are paid for, and all have to serve the load */
  readonly running: readonly number[];
  /** by architecture and level: USD in the month, 1 where it can serve the load */
  readonly now: { readonly cost: readonly Float64Array[]; readonly able: readonly Uint8Array[] };
  /** of money in that month, as of today */
  readonly factor: number;
  readonly span: Span;
};

/** A month in front of what follows it. */
export function afterMonth(then: Column, { running, now, factor, span: { from, to } }: Month): Column {
  const [unserved, cost] = [then.unserved.slice(), then.cost.slice()];
  const served = new Uint8Array(cost.length).fill(1);
  for (const a of running) {
    const [spent, able] = [now.cost[a], now.able[a]];
    for (let i = from; i <= to; i += 1) {
      const usd = spent?.[i] ?? Number.NaN;
      if (Number.isFinite(usd)) cost[i] = (cost[i] ?? Number.NaN) + usd * factor;
      if (able?.[i] !== 1) served[i] = 0;
    }
  }
  for (let i = from; i <= to; i += 1) unserved[i] = (unserved[i] ?? Number.NaN) + 1 - (served[i] ?? Number.NaN);
  return { unserved, cost };
}

export type Choice = {
  /** USD of today that the other way costs once */
  readonly once: number;
  readonly span: Span;
  /** reported each level at which the other way is the better */
  readonly better: (level: number) => void;
};

/** Puts another way into a column wherever it is the better. */
export function takeBetter(into: Column, other: Column, { once, span: { from, to }, better }: Choice): void {
  for (let i = from; i <= to; i += 1) {
    const unserved = other.unserved[i] ?? Number.NaN;
    const cost = (other.cost[i] ?? Number.NaN) + once;
    if (!isLess(unserved, cost, into.unserved[i] ?? Number.NaN, into.cost[i] ?? Number.NaN)) continue;
    into.unserved[i] = unserved;
    into.cost[i] = cost;
    better(i);
  }
}

/** Whether months that cannot be served, and where they are as many the cost, are less than those of another way. */
export function isLess(unserved: number, cost: number, others: number, otherCost: number): boolean {
  if (Number.isFinite(unserved) !== Number.isFinite(others)) return Number.isFinite(unserved);
  if (Math.abs(unserved - others) > SAME_MONTHS) return unserved < others;
  return cost < otherCost - SAME * Math.abs(otherCost);
}
