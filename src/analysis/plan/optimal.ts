import { pow } from "../../formula/exact.ts";
import { type Decision, type Move, type Plan, type PlanProblem, type Start, sequenceOf } from "./problem.ts";

/** The best ways to go on from a month, cheapest first, no two with the same sequence of architectures. */
export type Tail = {
  /** USD from that month on, discounted to month 0 */
  readonly cost: number;
  readonly moves: number;
  /** architectures from here on, which says sequences apart */
  readonly key: string;
  readonly next: Step | undefined;
};
type Step = { readonly decision: Decision; readonly rest: Tail };

export type Solution = {
  /** the best plan and the best one with another sequence of architectures */
  readonly plans: readonly Plan[];
  /** the best plan of each start; undefined: none can serve the load */
  readonly starts: readonly (Plan | undefined)[];
  /** the best plan of a start that begins with the given move in the given month */
  readonly after: (start: Start, move: Move, month: number) => Plan | undefined;
};

/** Kept of each state: the best and the best of another sequence. That is enough to know both of the whole. */
const KEPT = 2;

/**
 * The start, sequence of architectures and months of change with the least discounted cost that can serve the load in
 * every month: dynamic programming backwards over (month, architecture).
 * @see R. Bellman, "Dynamic Programming", 1957
 */
export function optimalPlan(problem: PlanProblem): Solution {
  const { months, starts } = problem;
  const sums = runningSums(problem);
  const count = problem.cost.length;
  // What serves a whole month before the next change, and what may be changed at once.
  const serving: (readonly Tail[])[][] = [];
  const free: (readonly Tail[])[][] = [];
  const end = Array.from({ length: count }, (_, a): readonly Tail[] => [endOf(a)]);
  free[months] = end;
  for (let month = months - 1; month >= 0; month -= 1) {
    const after = free[month + 1] ?? end;
    const serve = after.map((tails, a) => afterServing(tails, sums, a, month));
    serving[month] = serve;
    free[month] = serve.map((tails, a) => {
      const moved = problem.moves.flatMap((move) => (move.from === a ? moveTails(move, month) : []));
      return best([...tails, ...moved]);
    });
  }

  function moveTails(move: Move, month: number): readonly Tail[] {
    const arrival = month + move.lead + move.parallel;
    const spent = moveCost(sums, move, month);
    if (spent === undefined || arrival >= months) return [];
    const decision: Decision = { move, month };
    return (serving[arrival]?.[move.to] ?? []).map((rest) => ({
      cost: spent + rest.cost,
      moves: rest.moves + 1,
      key: `${move.from}>${rest.key}`,
      next: { decision, rest },
    }));
  }

  function after(start: Start, move: Move, month: number): Plan | undefined {
    const first = start.settled ? 0 : start.ready;
    const before = spanCost(sums, start.architecture, first, month);
    const [tail] = moveTails(move, month);
    if (before === undefined || tail === undefined) return undefined;
    return planOf(start, tail, startCost(problem, sums, start) + before + tail.cost);
  }

  const candidates = starts.map((start) => {
    const table = start.settled ? free : serving;
    const tails = start.ready < months ? (table[start.ready]?.[start.architecture] ?? []) : [];
    return tails.map((tail) => planOf(start, tail, startCost(problem, sums, start) + tail.cost));
  });
  // The sort is stable: what costs the same stays in the order of the scenario.
  const plans = candidates.flat().sort((x, y) => x.cost - y.cost || x.decisions.length - y.decisions.length);
  const distinct = new Map<string, Plan>();
  for (const plan of plans) {
    const key = sequenceOf(plan).join(">");
    if (!distinct.has(key)) distinct.set(key, plan);
  }
  return { plans: [...distinct.values()].slice(0, KEPT), starts: candidates.map(([plan]) => plan), after };
}

function endOf(architecture: number): Tail {
  return { cost: 0, moves: 0, key: String(architecture), next: undefined };
}

/** Discounted costs and months without ability, summed up to the start of each month. */
type Sums = {
  readonly cost: readonly Float64Array[];
  readonly unable: readonly Float64Array[];
  /** what a dollar of each month is worth in month 0 */
  readonly worth: Float64Array;
};

function runningSums({ months, cost, able, discount }: PlanProblem): Sums {
  const worth = Float64Array.from({ length: months }, (_, month) => pow(discount, month));
  const summed = (value: (month: number) => number): Float64Array => {
    const sums = new Float64Array(months + 1);
    for (let month = 0; month < months; month += 1) sums[month + 1] = (sums[month] ?? Number.NaN) + value(month);
    return sums;
  };
  return {
    cost: cost.map((column, a) =>
      // What it would cost where it cannot serve is not asked for, and may be no number.
      summed((month) => (able[a]?.[month] === 1 ? (column[month] ?? Number.NaN) * (worth[month] ?? Number.NaN) : 0)),
    ),
    unable: able.map((column) => summed((month) => (column[month] === 1 ? 0 : 1))),
    worth,
  };
}

/** Discounted cost of running from one month to another, excluded; undefined where the load cannot be served throughout. */
function spanCost(sums: Sums, architecture: number, from: number, to: number): number | undefined {
  const over = (column: Float64Array | undefined): number =>
    (column?.[to] ?? Number.NaN) - (column?.[from] ?? Number.NaN);
  return over(sums.unable[architecture]) === 0 ? over(sums.cost[architecture]) : undefined;
}

function moveCost(sums: Sums, move: Move, month: number): number | undefined {
  const months = sums.worth.length;
  const [switched, arrival] = [month + move.lead, month + move.lead + move.parallel];
  if (arrival > months) return undefined;
  const old = spanCost(sums, move.from, month, arrival);
  const fresh = spanCost(sums, move.to, switched, arrival);
  return old === undefined || fresh === undefined
    ? undefined
    : move.oneOff * (sums.worth[month] ?? Number.NaN) + old + fresh;
}

function startCost({ delay }: PlanProblem, { worth }: Sums, { oneOff, ready }: Start): number {
  let cost = oneOff;
  for (let month = 0; month < ready; month += 1) cost += (delay[month] ?? Number.NaN) * (worth[month] ?? Number.NaN);
  return cost;
}

function afterServing(tails: readonly Tail[], sums: Sums, architecture: number, month: number): readonly Tail[] {
  const spent = spanCost(sums, architecture, month, month + 1);
  return spent === undefined ? [] : tails.map((tail) => ({ ...tail, cost: tail.cost + spent }));
}

/** The cheapest of each sequence, and of those the cheapest few; of equals the one with fewer moves, then the first. */
function best(tails: readonly Tail[]): readonly Tail[] {
  const kept: Tail[] = [];
  for (const tail of [...tails].sort((x, y) => x.cost - y.cost || x.moves - y.moves)) {
    if (kept.length < KEPT && !kept.some(({ key }) => key === tail.key)) kept.push(tail);
  }
  return kept;
}

function planOf(start: Start, tail: Tail, cost: number): Plan {
  const decisions: Decision[] = [];
  for (let step = tail.next; step !== undefined; step = step.rest.next) decisions.push(step.decision);
  return { start, decisions, cost };
}
