import { GROWING_MONTHS } from "../figures/values.ts";
import type { Compile } from "../formula/generate.ts";
import { mergeSlots } from "../formula/merge-slots.ts";
import { specialise } from "../formula/specialise.ts";
import type { Evaluable } from "../model/model.ts";

/** Values of some nodes in each of `n` cases, given a column of values (base units) for each free input. */
export type ManyCases = (columns: readonly Float64Array[], n: number) => readonly Float64Array[];

export type CasesOptions = {
  /** makes functions of nodes */
  readonly compileWith: Compile;
  /** values of inputs that are not free, where they are not the model's; base units */
  readonly values?: ReadonlyMap<string, number>;
  /** where months differ, the one in which limits are looked at, and not the mean of all */
  readonly fullest?: boolean;
};

/**
 * Nodes of a model as a function of some inputs, made once and called as often as wanted. Where data is kept for ever, a
 * figure is the mean of the first twelve months, as everywhere.
 * @param nodes none of them an instant
 * @param free addresses of the inputs that differ from case to case, in the order of the columns
 */
export function casesThrough(
  model: Evaluable,
  nodes: readonly number[],
  free: readonly string[],
  { compileWith, values = new Map(), fullest = false }: CasesOptions,
): ManyCases {
  if (fullest && model.grows) {
    const elapsed = (model.fullest + 0.5) * model.monthSeconds;
    const inMonth = new Map([...values, ["elapsed", elapsed] as const]);
    return casesThrough({ ...model, grows: false }, nodes, free, { compileWith, values: inMonth });
  }
  const all = model.grows ? [...free, "elapsed"] : free;
  const { graph, outputs } = specialise(model.graph, { outputs: nodes, free: all, values });
  const run = compileWith(mergeSlots(graph, outputs, all), outputs, all);
  if (!model.grows) {
    return (columns, n) => {
      const out = nodes.map(() => new Float64Array(n));
      run(columns, n, out);
      return out;
    };
  }
  return (columns, n) => {
    const totals = nodes.map(() => new Float64Array(n));
    const out = nodes.map(() => new Float64Array(n));
    for (let month = 0; month < GROWING_MONTHS; month += 1) {
      const elapsed = new Float64Array(n).fill((month + 0.5) * model.monthSeconds);
      run([...columns, elapsed], n, out);
      for (const [node, total] of totals.entries()) addTo(total, out[node]);
    }
    return totals.map((total) => total.map((value) => value / GROWING_MONTHS));
  };
}

function addTo(total: Float64Array, part: Float64Array | undefined): void {
  if (part === undefined) return;
  for (let i = 0; i < total.length; i += 1) total[i] = (total[i] ?? Number.NaN) + (part[i] ?? Number.NaN);
}
