import { evaluate } from "../formula/evaluate.ts";
import { evaluateOne } from "../formula/evaluate-one.ts";
import type { Evaluable, Model } from "../model/model.ts";

/** Values of any node of a model on its base case, or on given values of inputs. */
export type Values = (node: number) => number;

/** Months of the first year in which data that is kept for ever is looked at, at the middle of each. */
export const GROWING_MONTHS = 12;

/**
 * Evaluates nodes on the base case. Where data is kept for ever, a figure is the mean of the first twelve months.
 * @param overrides input address -> value in base units
 */
export function valuesOf(
  model: Evaluable,
  nodes: readonly number[],
  overrides: ReadonlyMap<string, number> = new Map(),
): { readonly mean: Values; readonly month: (node: number, month: number) => number } {
  const wanted = [...new Set(nodes)];
  if (!model.grows) {
    const { value } = evaluateOne(model.graph, wanted, overrides);
    return { mean: value, month: value };
  }
  const months = GROWING_MONTHS;
  const columns = new Map<string, Float64Array>();
  for (const [address, value] of overrides) columns.set(address, new Float64Array(months).fill(value));
  columns.set(
    "elapsed",
    Float64Array.from({ length: months }, (_, month) => (month + 0.5) * model.monthSeconds),
  );
  const found = evaluate(model.graph, wanted, columns, months);
  const at = new Map(wanted.map((node, index) => [node, found[index]]));
  const month = (node: number, index: number): number => {
    const value = at.get(node)?.[index];
    if (value === undefined) throw new Error(`node ${node} was not asked for`);
    return value;
  };
  const mean = (node: number): number => {
    let total = 0;
    for (let index = 0; index < months; index += 1) total += month(node, index);
    return total / months;
  };
  return { mean, month };
}

/** Months after which whatever is deleted at some time fills no further. */
const FULL_MONTHS = 1200;

/** Costs of architectures once all that fills is full; undefined where one goes on growing. */
export function settledValues(model: Evaluable & Pick<Model, "architectures">): (node: number) => number | undefined {
  const costs = model.architectures.map(({ cost }) => cost);
  const [full, later] = [FULL_MONTHS, 2 * FULL_MONTHS].map((months) => {
    const at: [string, number][] = model.grows ? [["elapsed", months * model.monthSeconds]] : [];
    return evaluateOne(model.graph, costs, new Map(at)).value;
  });
  return (node) => (full?.(node) === later?.(node) ? full?.(node) : undefined);
}

/** What a sweep of costs looks at. */
export type Costed = Evaluable & {
  readonly workload: { readonly work: { readonly node: number } };
  readonly architectures: readonly { readonly name: string; readonly cost: number }[];
};

/** One architecture's cost over many values of an input: for charts and sweeps. */
export function costOver(
  model: Costed,
  address: string,
  values: readonly number[],
): ReadonlyMap<string, readonly number[]> {
  const nodes = [...model.architectures.map((architecture) => architecture.cost), model.workload.work.node];
  const months = model.grows ? GROWING_MONTHS : 1;
  const n = values.length * months;
  const columns = new Map([
    [address, Float64Array.from({ length: n }, (_, i) => values[Math.floor(i / months)] ?? Number.NaN)],
  ]);
  if (model.grows) {
    columns.set(
      "elapsed",
      Float64Array.from({ length: n }, (_, i) => ((i % months) + 0.5) * model.monthSeconds),
    );
  }
  const found = evaluate(model.graph, nodes, columns, n);
  const names = [...model.architectures.map((architecture) => architecture.name), "work"];
  return new Map(names.map((name, index) => [name, means(found[index] ?? new Float64Array(n), months)]));
}

function means(column: Float64Array, months: number): readonly number[] {
  const result: number[] = [];
  for (let start = 0; start < column.length; start += months) {
    const slice = column.subarray(start, start + months);
    result.push(months === 1 ? (slice[0] ?? Number.NaN) : slice.reduce((total, value) => total + value, 0) / months);
  }
  return result;
}
