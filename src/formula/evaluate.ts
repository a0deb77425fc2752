import { assemble, type Program } from "./assemble.ts";
import type { Graph } from "./graph.ts";

/** Cases evaluated at a time: the columns in flight stay in the processor's cache, and memory does not grow with cases. */
const BLOCK = 1024;

/**
 * Evaluates nodes on many cases: the interpreter over columns. The order of operations is that of `evaluateOne`, and
 * so are the bits: `mean` adds share times value slot by slot, `peak` is a running maximum.
 * @param outputs nodes, none of them an instant
 * @param columns input address -> its value in base units in each case (`n` at least); other inputs have the graph's
 * @returns a column of `n` values for each output
 */
export function evaluate(
  graph: Graph,
  outputs: readonly number[],
  columns: ReadonlyMap<string, Float64Array>,
  n: number,
): Float64Array[] {
  return evaluator(graph, outputs, [...columns.keys()], n)(columns, n);
}

/** Nodes on the cases of some columns, as `evaluate` gives them. */
export type Evaluator = (columns: ReadonlyMap<string, Float64Array>, n: number) => Float64Array[];

/**
 * The same for who evaluates more than once: what does not differ from case to case is computed here.
 * @param addresses the inputs of which there will be columns
 * @param most cases that will be asked for at a time
 */
export function evaluator(
  graph: Graph,
  outputs: readonly number[],
  addresses: readonly string[],
  most: number,
): Evaluator {
  const block = Math.min(most, BLOCK);
  const program = assemble(graph, outputs, addresses, block);
  return (columns, n) => {
    const given = program.columns.map(({ operand, address }) => ({ operand, column: columnOf(columns, address, n) }));
    const results = outputs.map(() => new Float64Array(n));
    for (let start = 0; start < n; start += block) {
      const length = Math.min(block, n - start);
      for (const { operand, column } of given) operand.data = column.subarray(start, start + length);
      runBlock(program, length, graph.curve.share.length);
      program.outputs.forEach(({ data, mask }, index) => {
        const result = results[index];
        if (mask === 0) result?.fill(data[0] ?? Number.NaN, start, start + length);
        else result?.set(data.subarray(0, length), start);
      });
    }
    return results;
  };
}

function columnOf(columns: ReadonlyMap<string, Float64Array>, address: string, n: number): Float64Array {
  const column = columns.get(address);
  if (column !== undefined && column.length >= n) return column;
  throw new RangeError(`"${address}" has ${column?.length ?? "no"} values for ${n} cases`);
}

function runBlock(program: Program, length: number, slots: number): void {
  for (const { singles, pass } of program.stages) {
    for (const instruction of singles) instruction(length, 0);
    if (pass.length === 0) continue;
    for (let slot = 0; slot < slots; slot += 1) for (const instruction of pass) instruction(length, slot);
  }
}
