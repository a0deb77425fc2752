import { log10, pow } from "../formula/exact.ts";
/**
 * A grid over one variable that is fine wherever two costs may swap rank. A cell is cut while the costs of a pair overlap
 * in it, unless both are seen to be straight there: then the ends tell all.
 */

/** Points from the least to the greatest, and the costs of each architecture at them. */
export type RankGrid = {
  readonly points: readonly number[];
  readonly costs: readonly (readonly number[])[];
  /** width (share of the value) of the widest cell that would have had to be cut further */
  readonly resolution: number;
};

/** The stretch between two neighbouring points, by their places among the points looked at. */
type Cell = {
  readonly lo: number;
  readonly hi: number;
  /** architectures whose cost is not seen to be linear in the variable within this cell */
  readonly bent: readonly number[];
};

const CELLS_PER_DECADE = 64;
/** Cells are not cut below this width, as a share of the value. */
const FINEST = 1e-6;
/** Where a cell is cut: uneven, so that a staircase does not look straight because every point meets the same place of a step. */
const CUTS = [0.1031, 0.2357, 0.3719, 0.4943, 0.6271, 0.7523, 0.8849];
/** Deviation from a line that rounding explains, as a share of the cost. */
const STRAIGHT = 1e-12;

type Costs = (values: readonly number[]) => readonly ArrayLike<number>[];

/** Looks at no more points than `points`. */
export function refinedGrid(costs: Costs, from: number, to: number, points: number): RankGrid {
  const count = Math.max(1, Math.ceil(log10(to / from) * CELLS_PER_DECADE));
  const looked = new Looked(costs);
  looked.add(Array.from({ length: count + 1 }, (_, i) => (i === count ? to : from * pow(to / from, i / count))));
  const bent = [...looked.columns.keys()];
  let fresh = Array.from({ length: count }, (_, i): Cell => ({ lo: i, hi: i + 1, bent }));
  for (const { lo, hi } of fresh) looked.follow(lo, hi);
  let left = points - count;
  for (;;) {
    const open = fresh.filter((cell) => looked.isWide(cell) && looked.mayHide(cell));
    left -= open.length * CUTS.length;
    if (open.length === 0 || left < 0) return looked.grid(open);
    fresh = looked.cut(open);
  }
}

/** Points in the order in which they were looked at. A class because each round adds to the same columns. */
class Looked {
  /** a column an architecture */
  readonly columns: number[][] = [];
  readonly #costs: Costs;
  readonly #points: number[] = [];
  /** for each point the place of the next greater one */
  readonly #next: number[] = [];

  constructor(costs: Costs) {
    this.#costs = costs;
  }

  /** @returns the place of the first of them */
  add(values: readonly number[]): number {
    const first = this.#points.length;
    const table = this.#costs(values);
    for (const value of values) this.#points.push(value);
    table.forEach((row, k) => {
      const column = this.columns[k] ?? [];
      for (let i = 0; i < row.length; i += 1) column.push(row[i] ?? Number.NaN);
      this.columns[k] = column;
    });
    return first;
  }

  follow(place: number, next: number): void {
    this.#next[place] = next;
  }

  isWide({ lo, hi }: Cell): boolean {
    return this.#at(hi) / this.#at(lo) > 1 + FINEST;
  }

  cut(open: readonly Cell[]): Cell[] {
    const inner: number[] = [];
    for (const { lo, hi } of open) {
      const from = this.#at(lo);
      const width = this.#at(hi) - from;
      for (const share of CUTS) inner.push(from + width * share);
    }
    let place = this.add(inner);
    const cells: Cell[] = [];
    for (const { lo, hi, bent: before } of open) {
      const places = [lo];
      for (let i = 0; i < CUTS.length; i += 1) places.push(place + i);
      places.push(hi);
      place += CUTS.length;
      const bent = before.filter((k) => !this.#isStraight(places, this.columns[k] ?? []));
      for (let i = 1; i < places.length; i += 1) {
        const cell = { lo: places[i - 1] ?? lo, hi: places[i] ?? hi, bent };
        this.follow(cell.lo, cell.hi);
        cells.push(cell);
      }
    }
    return cells;
  }

  #isStraight(places: readonly number[], column: readonly number[]): boolean {
    const points = this.#points;
    const last = places.length - 1;
    const start = places[0] ?? -1;
    const end = places[last] ?? -1;
    const lo = points[start] ?? Number.NaN;
    const low = column[start] ?? Number.NaN;
    const high = column[end] ?? Number.NaN;
    const slope = (high - low) / ((points[end] ?? Number.NaN) - lo);
    const scale = STRAIGHT * Math.max(Math.abs(low), Math.abs(high));
    for (let i = 0; i <= last; i += 1) {
      const place = places[i] ?? -1;
      const expected = low + slope * ((points[place] ?? Number.NaN) - lo);
      if (!(Math.abs((column[place] ?? Number.NaN) - expected) <= scale)) return false;
    }
    return true;
  }

  /**
   * Whether two costs may be equal somewhere inside a cell: they can only where their ranges overlap, and one of them
   * is bent. Written without iterators: a run calls it thousands of times before anything is optimised.
   */
  mayHide({ lo, hi, bent }: Cell): boolean {
    const { columns } = this;
    for (let i = 0; i < bent.length; i += 1) {
      const a = bent[i] ?? -1;
      const a1 = columns[a]?.[lo] ?? Number.NaN;
      const a2 = columns[a]?.[hi] ?? Number.NaN;
      for (let b = 0; b < columns.length; b += 1) {
        const column = columns[b];
        if (b === a || column === undefined) continue;
        const b1 = column[lo] ?? Number.NaN;
        const b2 = column[hi] ?? Number.NaN;
        // Most pairs are apart; NaN is apart from everything.
        if (!(a1 <= b1 || a1 <= b2 || a2 <= b1 || a2 <= b2) || !(b1 <= a1 || b1 <= a2 || b2 <= a1 || b2 <= a2))
          continue;
        // The same at both ends: twins, or at least nothing that a cut would have to find.
        if (a1 !== b1 || a2 !== b2) return true;
      }
    }
    return false;
  }

  #at(place: number): number {
    return this.#points[place] ?? Number.NaN;
  }

  /** @param open cells that were not cut, though something may hide in them */
  grid(open: readonly Cell[]): RankGrid {
    const places: number[] = [];
    for (let place: number | undefined = 0; place !== undefined; place = this.#next[place]) places.push(place);
    return {
      points: places.map((place) => this.#at(place)),
      costs: this.columns.map((column) => places.map((place) => column[place] ?? Number.NaN)),
      resolution: open.reduce((most, { lo, hi }) => Math.max(most, this.#at(hi) / this.#at(lo) - 1), FINEST),
    };
  }
}
