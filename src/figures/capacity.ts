import { shortest } from "../formula/arithmetic.ts";
import { evaluate, evaluator } from "../formula/evaluate.ts";
import { evaluateOne } from "../formula/evaluate-one.ts";
import { pow } from "../formula/exact.ts";
import { mergeSlots } from "../formula/merge-slots.ts";
import type { Evaluable } from "../model/model.ts";

/** A model whose load can be moved. */
export type Loadable = Evaluable & { readonly workload: { readonly driver: string } };

/** What is asked: nodes of a demand and of the value that it is not to exceed. */
export type Bound = { readonly demand: number; readonly value: number };

const DECADES = 6;
const STEPS_A_DECADE = 8;
const PRECISION = 1e-12;
const PROPORTIONAL = 1e-9;
/** points between the ends of a bracket in one round: all rounds together are fewer than with halves */
const POINTS = 255;

/**
 * Evaluates nodes with the driver at given values. Where months differ it is the fullest that counts: of
 * data that is kept for ever the twelfth.
 * @param drivers base units; undefined: the driver as it is, one case
 * @param month of a case, counted from the start, where cases lie in different months
 */
export function atDrivers(
  model: Loadable,
  nodes: readonly number[],
  drivers: readonly number[] | undefined,
  month: (index: number) => number = () => model.fullest,
): readonly Float64Array[] {
  if (drivers === undefined && !model.grows) {
    const { value } = evaluateOne(model.graph, nodes);
    return nodes.map((node) => Float64Array.of(value(node)));
  }
  const n = drivers === undefined ? 1 : drivers.length;
  const columns = columnsAt(model, drivers, n, month);
  return evaluate(model.graph, nodes, columns, n);
}

function columnsAt(
  model: Loadable,
  drivers: readonly number[] | undefined,
  n: number,
  month: (index: number) => number = () => model.fullest,
): ReadonlyMap<string, Float64Array> {
  const columns = new Map<string, Float64Array>();
  if (drivers !== undefined) columns.set(model.workload.driver, Float64Array.from(drivers));
  if (model.grows)
    columns.set(
      "elapsed",
      Float64Array.from({ length: n }, (_, i) => (month(i) + 0.5) * model.monthSeconds),
    );
  return columns;
}

/** Whether the driver can be moved: a driver that is a formula of other variables is no input. */
export function driverMoves(model: Loadable): boolean {
  return model.graph.inputs.some((input) => input.address === model.workload.driver);
}

/**
 * For each bound the greatest value of the driver up to which the demand stays within it; 0: not even the least load
 * fits; undefined: nothing binds within a million times today's load. A demand that goes up and down counts up to its
 * first excess. Exact where the demand is proportional, else to 1e-12.
 * @param today the driver in base units, above 0
 */
export function bindingLoads(
  model: Loadable,
  bounds: readonly Bound[],
  today: number,
): readonly (number | undefined)[] {
  // Mostly what is granted is what is published: the same question twice.
  const keyOf = ({ demand, value }: Bound): string => `${demand} ${value}`;
  const distinct = [...new Map(bounds.map((bound) => [keyOf(bound), bound])).values()];
  const loads = search(model, distinct, today);
  const found = new Map(distinct.map((bound, i) => [keyOf(bound), loads[i]]));
  return bounds.map((bound) => found.get(keyOf(bound)));
}

function search(model: Loadable, bounds: readonly Bound[], today: number): readonly (number | undefined)[] {
  const count = 2 * DECADES * STEPS_A_DECADE;
  const grid = Array.from({ length: count + 1 }, (_, i) => today * pow(10, i / STEPS_A_DECADE - DECADES));
  const found = atDrivers(model, nodesOf(bounds), [...grid, today]);
  const loads: (number | undefined)[] = [];
  const open: Bracket[] = [];
  bounds.forEach((bound, index) => {
    const demand = found[2 * index] ?? new Float64Array(0);
    const value = found[2 * index + 1] ?? new Float64Array(0);
    const first = grid.findIndex((_, i) => exceeds(demand[i], value[i]));
    loads.push(first === 0 ? 0 : undefined);
    const high = grid[first];
    const low = grid[first - 1];
    if (high === undefined || low === undefined) return;
    loads[index] = proportional(grid, demand, value, today);
    if (loads[index] === undefined) open.push({ index, bound, low, high });
  });
  for (const bracket of open) loads[bracket.index] = narrowed(model, bracket);
  return loads;
}

function nodesOf(bounds: readonly Bound[]): readonly number[] {
  return bounds.flatMap(({ demand, value }) => [demand, value]);
}

/** What is no number does not fit. */
function exceeds(demand: number | undefined, value: number | undefined): boolean {
  return demand === undefined || value === undefined || !(demand <= value);
}

/** Columns hold the grid and then today. */
function proportional(
  grid: readonly number[],
  demand: Float64Array,
  value: Float64Array,
  today: number,
): number | undefined {
  const base = demand.at(-1);
  const limit = value.at(-1);
  if (base === undefined || limit === undefined || base === 0) return undefined;
  const each = base / today;
  const holds = grid.every((x, i) => {
    const expected = each * x;
    return Math.abs((demand[i] ?? Number.NaN) - expected) <= PROPORTIONAL * Math.abs(expected) && value[i] === limit;
  });
  return holds ? (today * limit) / base : undefined;
}

type Bracket = { readonly index: number; readonly bound: Bound; readonly low: number; readonly high: number };

/** The low end of a bracket narrowed as far as numbers go: the demand fits there and exceeds at the high end. */
function narrowed(model: Loadable, bracket: Bracket): number {
  const addresses = model.grows ? [model.workload.driver, "elapsed"] : [model.workload.driver];
  const nodes = nodesOf([bracket.bound]);
  const run = evaluator(mergeSlots(model.graph, nodes, addresses), nodes, addresses, POINTS);
  let { low, high } = bracket;
  do {
    const points = Array.from({ length: POINTS }, (_, i) => low + ((high - low) * (i + 1)) / (POINTS + 1));
    const [demand, value] = run(columnsAt(model, points, POINTS), POINTS);
    const first = points.findIndex((_, i) => exceeds(demand?.[i], value?.[i]));
    high = points[first] ?? high;
    low = (first < 0 ? points.at(-1) : points[first - 1]) ?? low;
  } while (high - low > PRECISION * high && low + (high - low) / (POINTS + 1) > low);
  // Below what fits lies 0 or a number above it; the ends are equal but for rounding.
  return low > 0 ? shortest(low, high) : low;
}
