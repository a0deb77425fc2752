/**
 * A grid over one variable that is fine wherever two costs may swap rank. A cell is cut while the costs of a pair overlap
 * in it, unless both are seen to be straight there: then the ends tell all.
 */

/** The stretch between two neighbouring points, with the costs of all architectures at both ends. */
export type Cell = {
  readonly lo: number;
  readonly hi: number;
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** costs that are linear in the variable within this cell */
  readonly straight: readonly boolean[];
};

const CELLS_PER_DECADE = 64;
/** Cells are not cut below this width, as a share of the value. */
const FINEST = 1e-6;
/** Where a cell is cut: uneven, so that a staircase does not look straight because every point meets the same place of a step. */
const CUTS = [0.1031, 0.2357, 0.3719, 0.4943, 0.6271, 0.7523, 0.8849];
/** Deviation from a line that rounding explains, as a share of the cost. */
const STRAIGHT = 1e-12;

type Costs = (values: readonly number[]) => readonly ArrayLike<number>[];

/**
 * @param points at most so many points are looked at
 * @returns adjoining cells, and the width (share of the value) of the widest that would have had to be cut further
 */
export function refinedCells(
  costs: Costs,
  from: number,
  to: number,
  points: number,
): { readonly cells: readonly Cell[]; readonly resolution: number } {
  const closed: Cell[] = [];
  let fresh = grid(costs, from, to);
  let left = points - fresh.length;
  for (;;) {
    const open: Cell[] = [];
    for (const cell of fresh) (cell.hi / cell.lo > 1 + FINEST && mayHide(cell) ? open : closed).push(cell);
    left -= open.length * CUTS.length;
    const enough = open.length === 0 || left < 0;
    if (enough) {
      const widest = open.reduce((most, { lo, hi }) => Math.max(most, hi / lo - 1), FINEST);
      return { cells: [...closed, ...open].sort((x, y) => x.lo - y.lo), resolution: widest };
    }
    fresh = cut(costs, open);
  }
}

function grid(costs: Costs, from: number, to: number): readonly Cell[] {
  const count = Math.max(1, Math.ceil(Math.log10(to / from) * CELLS_PER_DECADE));
  const values = Array.from({ length: count + 1 }, (_, i) => (i === count ? to : from * (to / from) ** (i / count)));
  const table = costs(values);
  const at = (i: number): readonly number[] => table.map((row) => row[i] ?? Number.NaN);
  const none = table.map(() => false);
  return values.slice(1).map((hi, i) => ({ lo: values[i] ?? hi, hi, low: at(i), high: at(i + 1), straight: none }));
}

function cut(costs: Costs, open: readonly Cell[]): readonly Cell[] {
  const inner = open.flatMap(({ lo, hi }) => CUTS.map((share) => lo + (hi - lo) * share));
  const table = costs(inner);
  return open.flatMap((cell, nth) => {
    const first = nth * CUTS.length;
    const xs = [cell.lo, ...inner.slice(first, first + CUTS.length), cell.hi];
    const rows = [cell.low, ...CUTS.map((_, i) => table.map((row) => row[first + i] ?? Number.NaN)), cell.high];
    const straight = cell.straight.map((known, k) => known || isStraight(xs, rows, k));
    return xs.slice(1).map((hi, i) => ({
      lo: xs[i] ?? hi,
      hi,
      low: rows[i] ?? cell.low,
      high: rows[i + 1] ?? cell.high,
      straight,
    }));
  });
}

function isStraight(xs: readonly number[], rows: readonly (readonly number[])[], k: number): boolean {
  const y = (i: number): number => rows[i]?.[k] ?? Number.NaN;
  const last = xs.length - 1;
  const lo = xs[0] ?? Number.NaN;
  const slope = (y(last) - y(0)) / ((xs[last] ?? Number.NaN) - lo);
  const scale = STRAIGHT * Math.max(Math.abs(y(0)), Math.abs(y(last)));
  return xs.every((x, i) => Math.abs(y(i) - (y(0) + slope * (x - lo))) <= scale);
}

/** Whether two costs may be equal somewhere inside a cell: they can only where their ranges overlap. */
function mayHide({ low, high, straight }: Cell): boolean {
  for (let a = 0; a < low.length; a += 1) {
    const a1 = low[a] ?? Number.NaN;
    const a2 = high[a] ?? Number.NaN;
    for (let b = a + 1; b < low.length; b += 1) {
      const b1 = low[b] ?? Number.NaN;
      const b2 = high[b] ?? Number.NaN;
      // Most pairs are apart; NaN is apart from everything.
      if (!(a1 <= b1 || a1 <= b2 || a2 <= b1 || a2 <= b2) || !(b1 <= a1 || b1 <= a2 || b2 <= a1 || b2 <= a2)) continue;
      if (straight[a] === true && straight[b] === true) continue;
      // The same at both ends: twins, or at least nothing that a cut would have to find.
      if (a1 !== b1 || a2 !== b2) return true;
    }
  }
  return false;
}
