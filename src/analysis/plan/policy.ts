import { pow } from "../../formula/exact.ts";
import { afterMonth, type Column, columnOf, isLess, meansOf, type Span, stepsOf, takeBetter } from "./column.ts";
import type { Lattice } from "./lattice.ts";
import type { Move, Start } from "./problem.ts";

/** Level 0 is today's load, level k is exp(k x step) times it. */
export type PolicyProblem = {
  readonly months: number;
  readonly lattice: Lattice;
  /** levels to each side of today's for which month 0 is answered */
  readonly reach: number;
  /** costs (USD in the month), abilities and cost of delay in a month at every level from `low` on */
  readonly at: (month: number) => {
    readonly cost: readonly Float64Array[];
    readonly able: readonly Uint8Array[];
    readonly delay: Float64Array;
  };
  readonly architectures: number;
  readonly discount: number;
  readonly starts: readonly Start[];
  readonly moves: readonly Move[];
};

/** Expected months in which the load cannot be served, then expected discounted cost: the first decides, the second of equals. */
export type Worth = { readonly unserved: number; readonly cost: number };

export type Policy = {
  readonly range: LevelRange;
  /** by start */
  readonly starts: readonly Worth[];
  /** by month, architecture and level from `range.low` on: the index of the move to decide, or STAY, or UNKNOWN */
  readonly actions: readonly (readonly Int16Array[])[];
};
export type LevelRange = { readonly low: number; readonly count: number };

const STAY = -1;
/** A level that no load of the answered range comes to by that month. */
const UNKNOWN = -2;

/** Every level that can be reached from those of month 0. */
export function levelRange({
  lattice,
  months,
  reach,
}: Pick<PolicyProblem, "lattice" | "months" | "reach">): LevelRange {
  const most = lattice.least + lattice.chances.length - 1;
  const low = -reach + Math.min(0, lattice.least) * months;
  const high = reach + Math.max(0, most) * months;
  return { low, count: high - low + 1 };
}

/**
 * What to do in each month, with each architecture, at each load, when each month's growth is drawn anew: optimal
 * switching by backward induction over a lattice of loads. Months that cannot be served count first: a policy is only as
 * good as its worst month, and cheaper is no excuse.
 * @see A. K. Dixit, R. S. Pindyck, "Investment under Uncertainty", 1994, chapters 4 and 7 (options to switch)
 */
export function optimalPolicy(problem: PolicyProblem): Policy {
  const { months, lattice, architectures, moves, discount } = problem;
  const range = levelRange(problem);
  const all = Array.from({ length: architectures }, (_, a) => a);
  const actions: Int16Array[][] = [];
  const dead = columnOf(range.count, Number.POSITIVE_INFINITY);
  let free: readonly Column[] = all.map(() => columnOf(range.count, 0));
  // What a move is worth after each of its months; past the horizon there is none.
  let moving: readonly (readonly Column[])[] = moves.map(({ lead, parallel }) =>
    Array.from({ length: lead + parallel }, () => dead),
  );
  let serving: readonly Column[] = all.map(() => dead);
  const spread = spreadOver(problem);
  const steps = stepsOf(lattice);
  const worths: Worth[] = problem.starts.map(() => ({ unserved: Number.POSITIVE_INFINITY, cost: 0 }));
  for (let month = months - 1; month >= 0; month -= 1) {
    const span = levelsOf(problem, range, month);
    const now = problem.at(month);
    const factor = pow(discount, month);
    const mean = meansOf(steps, span);
    const step = (next: Column, running: readonly number[]): Column =>
      afterMonth(mean(next), { running, now, factor, span });
    const before = serving;
    serving = all.map((a) => step(free[a] ?? dead, [a]));
    moving = moves.map(({ from, to, lead, parallel }, m) =>
      Array.from({ length: lead + parallel }, (_, spent) => {
        const last = spent + 1 === lead + parallel;
        const next = last ? (before[to] ?? dead) : (moving[m]?.[spent + 1] ?? dead);
        return step(next, spent >= lead ? [from, to] : [from]);
      }),
    );
    const chosen = all.map(() => new Int16Array(range.count).fill(UNKNOWN));
    free = all.map((a) => {
      const stay = serving[a] ?? dead;
      const out: Column = { unserved: stay.unserved.slice(), cost: stay.cost.slice() };
      const row = chosen[a]?.fill(STAY, span.from, span.to + 1);
      moves.forEach((move, m) => {
        const then = move.lead + move.parallel === 0 ? serving[move.to] : moving[m]?.[0];
        if (move.from !== a || then === undefined) return;
        takeBetter(out, then, { once: move.oneOff * factor, span, better: (i) => row?.fill(m, i, i + 1) });
      });
      return out;
    });
    actions[month] = chosen;
    problem.starts.forEach(({ architecture, ready, settled, oneOff }, s) => {
      if (ready === month) {
        const { mean, delay } = spread(month, range);
        const worth = mean((settled ? free : serving)[architecture] ?? dead);
        worths[s] = { unserved: worth.unserved, cost: worth.cost + delay + oneOff };
      }
    });
  }
  return { range, starts: worths, actions };
}

export function isBetter(a: Worth, b: Worth): boolean {
  return isLess(a.unserved, a.cost, b.unserved, b.cost);
}

/** Places of the levels that are reached in a month from those of month 0. */
function levelsOf(
  { lattice, reach }: Pick<PolicyProblem, "lattice" | "reach">,
  { low }: LevelRange,
  month: number,
): Span {
  const most = lattice.least + lattice.chances.length - 1;
  return { from: -reach + lattice.least * month - low, to: reach + most * month - low };
}

/** The chances of levels in a month as seen from today: what a start is worth, and what its delay costs until then. */
function spreadOver(problem: PolicyProblem) {
  const { lattice, discount } = problem;
  return (month: number, range: LevelRange) => {
    let chances = new Float64Array(range.count);
    chances[-range.low] = 1;
    let delay = 0;
    for (let m = 0; m < month; m += 1) {
      const now = problem.at(m);
      chances.forEach((chance, i) => {
        if (chance > 0) delay += chance * (now.delay[i] ?? Number.NaN) * pow(discount, m);
      });
      chances = nextChances(chances, lattice);
    }
    const mean = ({ unserved, cost }: Column): Worth => {
      const sum = { unserved: 0, cost: 0 };
      chances.forEach((chance, i) => {
        if (chance === 0) return;
        sum.unserved += chance * (unserved[i] ?? Number.NaN);
        sum.cost += chance * (cost[i] ?? Number.NaN);
      });
      return sum;
    };
    return { mean, delay };
  };
}

/** Chances of levels a month later. */
function nextChances(chances: Float64Array, { least, chances: steps }: Lattice): Float64Array<ArrayBuffer> {
  const out = new Float64Array(chances.length);
  chances.forEach((chance, i) => {
    if (chance === 0) return;
    steps.forEach((share, k) => {
      if (share > 0) out[i + least + k] = (out[i + least + k] ?? Number.NaN) + chance * share;
    });
  });
  return out;
}

/** Chances that the first move is decided in each month when the policy is followed from a start. */
export function firstMoves(
  { months, lattice }: PolicyProblem,
  { range, actions }: Policy,
  start: Start,
): readonly number[] {
  let chances = new Float64Array(range.count);
  chances[-range.low] = 1;
  const found: number[] = [];
  for (let month = 0; month < months; month += 1) {
    const row = actions[month]?.[start.architecture];
    let moved = 0;
    if (start.settled ? true : month > start.ready) {
      chances.forEach((chance, i) => {
        if (chance === 0 || (row?.[i] ?? STAY) < 0) return;
        moved += chance;
        chances[i] = 0;
      });
    }
    found.push(moved);
    chances = nextChances(chances, lattice);
  }
  return found;
}

/** A stretch of levels in which one move is best; an end that lies at the edge of what is known is open. */
export type Region = {
  readonly month: number;
  readonly move: number;
  readonly above: number | undefined;
  readonly below: number | undefined;
};

/** Where the policy moves, month by month: ends in levels, half way between the last that stays and the first that moves. */
export function regionsOf(problem: PolicyProblem, { range, actions }: Policy): readonly Region[] {
  return actions.flatMap((rows, month) => {
    const { from, to } = levelsOf(problem, range, month);
    return rows.flatMap((row) => {
      const regions: Region[] = [];
      for (let i = from; i <= to; i += 1) {
        const move = row[i] ?? STAY;
        if (move < 0) continue;
        const first = i;
        while (i < to && row[i + 1] === move) i += 1;
        const above = first === from ? undefined : first - 0.5 + range.low;
        const below = i === to ? undefined : i + 0.5 + range.low;
        regions.push({ month, move, above, below });
      }
      return regions;
    });
  });
}
