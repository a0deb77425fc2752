/**
 * Where architectures change rank as one variable moves. Costs are looked at as functions only: tiers make kinks, whole
 * instances make jumps, and nothing is assumed but that a cost does not fall as the variable grows (where it does fall,
 * a crossing can hide between two points of the grid: 1/64 of a decade).
 */

/** Costs of every architecture at many values of the variable, in the order of `names`. */
export type Costs = (values: readonly number[]) => readonly (readonly number[])[];

/** A value at which two architectures swap rank. */
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

export type Interval = { readonly from: number; readonly to: number; readonly cheapest: string };

export type BreakEven = {
  readonly over: string;
  readonly from: number;
  readonly to: number;
  readonly today: number;
  /** who is cheapest where, adjoining, from the least value to the greatest */
  readonly intervals: readonly Interval[];
  /** every swap of two architectures outside bands */
  readonly crossings: readonly Crossing[];
  readonly bands: readonly Band[];
  /** the swap of the cheapest that is nearest to today, and how far: 2 is twice today's value */
  readonly nearest: { readonly at: number; readonly factor: number; readonly cheapest: string } | undefined;
};

export type BreakEvenTask = {
  readonly over: string;
  readonly names: readonly string[];
  readonly costs: Costs;
  readonly today: number;
  /** least and greatest value looked at; default three decades below today and three above */
  readonly from?: number;
  readonly to?: number;
};

const CELLS_PER_DECADE = 64;
const FINEST = 1e-6;
const BAND = 0.01;
const SPLIT = 8;
const MOST_CELLS = 200_000;
const BISECTIONS = 200;

type Cell = {
  readonly lo: number;
  readonly hi: number;
  readonly low: readonly number[];
  readonly high: readonly number[];
};

/** Finds every swap of rank between `from` and `to`; values of the variable are positive. */
export function breakEven(task: BreakEvenTask): BreakEven {
  const from = task.from ?? task.today * 1e-3;
  const to = task.to ?? task.today * 1e3;
  const cells = refine(task, grid(from, to, task.costs));
  const crossings: Crossing[] = [];
  const bands: Band[] = [];
  for (let a = 0; a < task.names.length; a += 1) {
    for (let b = a + 1; b < task.names.length; b += 1) {
      const found = swapsOf(task, cells, a, b);
      const grouped = groupBands(found, [task.names[a] ?? "", task.names[b] ?? ""]);
      crossings.push(...grouped.single);
      bands.push(...grouped.bands);
    }
  }
  crossings.sort((x, y) => x.at - y.at);
  const intervals = intervalsOf(task, cells, from, to, crossings);
  return {
    over: task.over,
    from,
    to,
    today: task.today,
    intervals,
    crossings,
    bands,
    nearest: nearestOf(intervals, task.today),
  };
}

function grid(from: number, to: number, costs: Costs): readonly Cell[] {
  const count = Math.max(1, Math.ceil(Math.log10(to / from) * CELLS_PER_DECADE));
  const points = Array.from({ length: count + 1 }, (_, i) => (i === count ? to : from * (to / from) ** (i / count)));
  return cellsBetween(points, costs);
}

function cellsBetween(points: readonly number[], costs: Costs): readonly Cell[] {
  const table = costs(points);
  const at = (i: number): readonly number[] => table.map((column) => column[i] ?? Number.NaN);
  return points.slice(1).map((hi, i) => ({ lo: points[i] ?? hi, hi, low: at(i), high: at(i + 1) }));
}

/** Splits cells in which two costs may swap, while that can still tell single swaps apart. */
function refine(task: BreakEvenTask, start: readonly Cell[]): readonly Cell[] {
  let cells = start;
  for (;;) {
    const open = cells.filter((cell) => cell.hi / cell.lo > 1 + FINEST && maySwap(cell));
    if (open.length === 0 || cells.length + open.length * SPLIT > MOST_CELLS) return cells;
    const chosen = new Set(open);
    const inner = open.flatMap((cell) =>
      Array.from({ length: SPLIT - 1 }, (_, i) => cell.lo + ((cell.hi - cell.lo) * (i + 1)) / SPLIT),
    );
    const table = task.costs(inner);
    let next = 0;
    cells = cells.flatMap((cell) => {
      if (!chosen.has(cell)) return [cell];
      const values = Array.from({ length: SPLIT - 1 }, (_, i) => table.map((column) => column[next + i] ?? Number.NaN));
      const points = inner.slice(next, next + SPLIT - 1);
      next += SPLIT - 1;
      const all = [cell.low, ...values, cell.high];
      const xs = [cell.lo, ...points, cell.hi];
      return xs
        .slice(1)
        .map((hi, i) => ({ lo: xs[i] ?? hi, hi, low: all[i] ?? cell.low, high: all[i + 1] ?? cell.high }));
    });
  }
}

/** Two costs that do not fall can be equal inside a cell only when their ranges over it overlap. */
function maySwap(cell: Cell): boolean {
  const ranges = cell.low.map((low, i) => {
    const high = cell.high[i] ?? low;
    return { min: Math.min(low, high), max: Math.max(low, high), flat: low === high };
  });
  return ranges.some((a, i) => ranges.some((b, j) => j > i && !(a.flat && b.flat) && a.min <= b.max && b.min <= a.max));
}

function swapsOf(task: BreakEvenTask, cells: readonly Cell[], a: number, b: number): readonly Crossing[] {
  const swaps: Crossing[] = [];
  let before = 0;
  let since = task.today;
  const look = (x: number, difference: number): void => {
    const sign = Math.sign(difference);
    if (sign === 0) return;
    if (before !== 0 && sign !== before) swaps.push(locate(task, a, b, since, x, before));
    before = sign;
    since = x;
  };
  const first = cells[0];
  if (first !== undefined) look(first.lo, Number(first.low[a]) - Number(first.low[b]));
  for (const cell of cells) look(cell.hi, Number(cell.high[a]) - Number(cell.high[b]));
  return swaps;
}

/** Narrows a swap down to neighbouring numbers, or as near as bisection comes. */
function locate(task: BreakEvenTask, a: number, b: number, from: number, to: number, sign: number): Crossing {
  const difference = (x: number): { delta: number; scale: number } => {
    const table = task.costs([x]);
    const [one, other] = [table[a]?.[0] ?? Number.NaN, table[b]?.[0] ?? Number.NaN];
    return { delta: one - other, scale: Math.max(Math.abs(one), Math.abs(other)) };
  };
  let lo = from;
  let hi = to;
  for (let i = 0; i < BISECTIONS; i += 1) {
    const middle = lo + (hi - lo) / 2;
    if (middle <= lo || middle >= hi) break;
    const { delta } = difference(middle);
    if (delta === 0) {
      lo = middle;
      hi = middle;
      break;
    }
    if (Math.sign(delta) === sign) lo = middle;
    else hi = middle;
  }
  const near = difference(lo);
  const far = difference(hi);
  const smooth = Math.abs(far.delta - near.delta) <= 1e-9 * Math.max(near.scale, far.scale);
  const [cheapBelow, cheapAbove] = sign < 0 ? [a, b] : [b, a];
  return {
    at: hi,
    kind: smooth ? "crossing" : "jump",
    below: task.names[cheapBelow] ?? "",
    above: task.names[cheapAbove] ?? "",
  };
}

/** Three swaps or more that follow each other within 1 % are one band; a swap and its reversal too. */
function groupBands(
  swaps: readonly Crossing[],
  between: readonly [string, string],
): { single: readonly Crossing[]; bands: readonly Band[] } {
  const groups: Crossing[][] = [];
  for (const swap of swaps) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    if (last !== undefined && before !== undefined && swap.at / before.at <= 1 + BAND) last.push(swap);
    else groups.push([swap]);
  }
  const bands = groups.flatMap((group): Band[] => {
    const [first] = group;
    const last = group.at(-1);
    return group.length < 2 || first === undefined || last === undefined
      ? []
      : [{ from: first.at, to: last.at, swaps: group.length, between }];
  });
  return { single: groups.flatMap((group) => (group.length === 1 ? group : [])), bands };
}

function cheapestAt(costs: readonly number[]): number {
  return costs.reduce((best, cost, i) => (cost < (costs[best] ?? Number.POSITIVE_INFINITY) ? i : best), 0);
}

/** Who is cheapest where: from the cells, with the ends of intervals at the exact swaps where those are known. */
function intervalsOf(
  task: BreakEvenTask,
  cells: readonly Cell[],
  from: number,
  to: number,
  crossings: readonly Crossing[],
): readonly Interval[] {
  const intervals: { from: number; to: number; cheapest: string }[] = [];
  const push = (start: number, index: number): void => {
    const cheapest = task.names[index] ?? "";
    const last = intervals.at(-1);
    if (last?.cheapest === cheapest) return;
    if (last !== undefined) last.to = start;
    intervals.push({ from: start, to, cheapest });
  };
  const [first] = cells;
  if (first !== undefined) push(from, cheapestAt(first.low));
  for (const cell of cells) {
    const before = intervals.at(-1)?.cheapest;
    const index = cheapestAt(cell.high);
    const after = task.names[index] ?? "";
    if (after === before) continue;
    const exact = crossings.find((c) => c.at > cell.lo && c.at <= cell.hi && c.below === before && c.above === after);
    push(exact?.at ?? cell.hi, index);
  }
  return intervals;
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
  const distance = (at: number): number => Math.abs(Math.log(at / today));
  const [nearest] = options.sort((a, b) => distance(a.at) - distance(b.at));
  return nearest === undefined ? undefined : { ...nearest, factor: nearest.at / today };
}
