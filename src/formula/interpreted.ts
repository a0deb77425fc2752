import { evaluator } from "../formula/evaluate.ts";
import type { Compile } from "../formula/generate.ts";

/** Functions of nodes without code made at run time: the interpreter, which gives the same bits. */
export const interpreted: Compile = (graph, outputs, free) => {
  const runs = new Map<number, ReturnType<typeof evaluator>>();
  return (columns, n, out) => {
    const run = runs.get(n) ?? evaluator(graph, outputs, free, n);
    runs.set(n, run);
    const named = new Map(free.map((address, k) => [address, columns[k] ?? new Float64Array(n)]));
    run(named, n).forEach((column, i) => {
      out[i]?.set(column);
    });
  };
};
