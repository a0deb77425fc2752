import { OPERATIONS, type Operation } from "../formula/arithmetic.ts";
import { evaluate } from "../formula/evaluate.ts";
import { evaluateOne } from "../formula/evaluate-one.ts";
import type { Graph } from "../formula/graph.ts";
import { nodeAt } from "../formula/nodes.ts";
import type { CarbonModel, CarbonNodes } from "./carbon-link.ts";
import type { Coefficient } from "./carbon-set.ts";
import type { Model } from "./model.ts";
import { GROWING_MONTHS } from "./values.ts";

/** Values of coefficients by address, in base units; those not named are central. */
export type CarbonCase = ReadonlyMap<string, number>;

export type Band = { readonly low: number; readonly central: number; readonly high: number };
type End = "low" | "central" | "high";

/** Month quantities of nodes on cases of the coefficients: for each case a value a node, in the order asked. */
export type CarbonProgram = (cases: readonly CarbonCase[]) => readonly (readonly number[])[];

const ELAPSED = "elapsed";

/**
 * Evaluates nodes for many cases in which only coefficients differ. What does not rest on them is evaluated once and
 * for all; the rest is a short list of operations, as carbon is a sum of products. A class because that first
 * evaluation is held for all programs of a model.
 */
export class CarbonValues {
  readonly #model: Model;
  readonly #graph: Graph;
  /** nodes that rest on a coefficient, or on the time since the start */
  readonly #moving: ReadonlySet<number>;
  readonly #fixed: ReadonlyMap<number, number>;
  readonly #inputs: ReadonlyMap<number, string>;

  constructor(model: Model, outputs: readonly number[]) {
    this.#model = model;
    this.#graph = model.graph;
    const addresses = new Set(model.carbon?.coefficients.keys());
    if (model.grows) addresses.add(ELAPSED);
    this.#inputs = new Map(
      model.graph.inputs.flatMap(({ address }, index) => (addresses.has(address) ? [[index, address] as const] : [])),
    );
    this.#moving = movingNodes(model.graph, this.#inputs);
    const fixed = this.#frontier(outputs);
    const { value } = evaluateOne(model.graph, fixed);
    this.#fixed = new Map(fixed.map((node) => [node, value(node)]));
  }

  /** A way to evaluate some of the nodes that the constructor was told of. */
  program(outputs: readonly number[]): CarbonProgram {
    const order = this.#order(outputs);
    // A coefficient inside of an hour by hour figure is rare, and goes the long way.
    if (order.some((index) => nodeAt(this.#graph, index).instant)) return this.#throughColumns(outputs);
    const { cells, steps, inputs, results } = this.#layOut(order, outputs);
    const once = (values: CarbonCase, elapsed: number): readonly number[] => {
      for (const { cell, address } of inputs) cells[cell] = this.#valueOf(address, values, elapsed);
      for (const { cell, run, a, b, c } of steps) {
        cells[cell] = run(cells[a] ?? Number.NaN, cells[b] ?? Number.NaN, cells[c] ?? Number.NaN);
      }
      return results.map((cell) => cells[cell] ?? Number.NaN);
    };
    return (cases) => cases.map((values) => this.#overMonths((elapsed) => once(values, elapsed)));
  }

  /** Nodes as cells of one array: what is fixed stands there already, inputs and steps are written for each case. */
  #layOut(order: readonly number[], outputs: readonly number[]) {
    const read = [...outputs, ...order.flatMap((index) => [index, ...nodeAt(this.#graph, index).args])];
    const cellOf = new Map([...new Set(read)].map((node, cell) => [node, cell]));
    // An argument that an operation does not have is read from a last cell that is no number.
    const none = cellOf.size;
    const cell = (node: number | undefined): number => (node === undefined ? none : (cellOf.get(node) ?? none));
    const cells = new Float64Array(cellOf.size + 1).fill(Number.NaN);
    for (const node of cellOf.keys()) cells[cell(node)] = this.#fixed.get(node) ?? Number.NaN;
    const inputs: { cell: number; address: string }[] = [];
    const steps: { cell: number; run: (a: number, b: number, c: number) => number; a: number; b: number; c: number }[] =
      [];
    for (const index of order) {
      const { op, args, input } = nodeAt(this.#graph, index);
      const address = input === undefined ? undefined : this.#inputs.get(input);
      if (address !== undefined) inputs.push({ cell: cell(index), address });
      else
        steps.push({
          cell: cell(index),
          run: OPERATIONS[operation(op)],
          a: cell(args[0]),
          b: cell(args[1]),
          c: cell(args[2]),
        });
    }
    return { cells, steps, inputs, results: outputs.map(cell) };
  }

  /** Coefficients that the nodes rest on. */
  reach(outputs: readonly number[]): readonly Coefficient[] {
    return this.#order(outputs).flatMap((index) => {
      const address = this.#inputs.get(nodeAt(this.#graph, index).input ?? -1);
      const coefficient = address === undefined ? undefined : this.#model.carbon?.coefficients.get(address);
      return coefficient === undefined ? [] : [coefficient];
    });
  }

  #valueOf(address: string, values: CarbonCase, elapsed: number): number {
    if (address === ELAPSED) return elapsed;
    const value = values.get(address) ?? this.#model.carbon?.coefficients.get(address)?.central;
    if (value === undefined) throw new RangeError(`no coefficient "${address}"`);
    return value;
  }

  /** The mean over the months of the first year where data is kept for ever. */
  #overMonths(once: (elapsed: number) => readonly number[]): readonly number[] {
    if (!this.#model.grows) return once(Number.NaN);
    const months = Array.from({ length: GROWING_MONTHS }, (_, month) => once((month + 0.5) * this.#model.monthSeconds));
    const [first = []] = months;
    return first.map((_, at) => months.reduce((sum, values) => sum + (values[at] ?? Number.NaN), 0) / GROWING_MONTHS);
  }

  #throughColumns(outputs: readonly number[]): CarbonProgram {
    const months = this.#model.grows ? GROWING_MONTHS : 1;
    return (cases) => {
      const length = cases.length * months;
      const columns = new Map<string, Float64Array>();
      for (const address of this.#inputs.values()) {
        const elapsed = (i: number): number => ((i % months) + 0.5) * this.#model.monthSeconds;
        const at = (i: number): number =>
          this.#valueOf(address, cases[Math.floor(i / months)] ?? new Map(), elapsed(i));
        columns.set(
          address,
          Float64Array.from({ length }, (_, i) => at(i)),
        );
      }
      const found = evaluate(this.#graph, outputs, columns, length);
      return cases.map((_, i) => found.map((column) => meanOf(column.subarray(i * months, (i + 1) * months))));
    };
  }

  /** Moving nodes that the outputs need, arguments before users. */
  #order(outputs: readonly number[]): readonly number[] {
    const seen = new Set(outputs.filter((output) => this.#moving.has(output)));
    for (const index of seen) {
      for (const arg of nodeAt(this.#graph, index).args) if (this.#moving.has(arg)) seen.add(arg);
    }
    return [...seen].sort((a, b) => a - b);
  }

  /** What the moving nodes of the outputs read and does not move itself. */
  #frontier(outputs: readonly number[]): readonly number[] {
    const read = [...outputs, ...this.#order(outputs).flatMap((index) => nodeAt(this.#graph, index).args)];
    return [...new Set(read)].filter((index) => !this.#moving.has(index) && !nodeAt(this.#graph, index).instant);
  }
}

function movingNodes(graph: Graph, inputs: ReadonlyMap<number, string>): ReadonlySet<number> {
  const moving = new Set<number>();
  graph.nodes.forEach(({ op, args, input }, index) => {
    const moves = op === "input" ? inputs.has(input ?? -1) : args.some((arg) => moving.has(arg));
    if (moves) moving.add(index);
  });
  return moving;
}

function operation(op: Graph["nodes"][number]["op"]): Operation {
  if (op === "const" || op === "input" || op === "slot") throw new Error(`"${op}" is no operation`);
  return op;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Every node with all coefficients at their low ends, central, and at their high ends. */
export function bandsOf(values: CarbonValues, carbon: CarbonModel, nodes: readonly number[]): (node: number) => Band {
  const wanted = [...new Set(nodes)];
  const ends = (["low", "central", "high"] as const).map((end) => endCase(carbon.coefficients.values(), end));
  const [lows = [], centrals = [], highs = []] = values.program(wanted)(ends);
  const at = new Map(wanted.map((node, index) => [node, index]));
  return (node) => {
    const index = at.get(node) ?? -1;
    return {
      low: lows[index] ?? Number.NaN,
      central: centrals[index] ?? Number.NaN,
      high: highs[index] ?? Number.NaN,
    };
  };
}

function endCase(coefficients: Iterable<Coefficient>, end: End): CarbonCase {
  return new Map(Array.from(coefficients, (coefficient) => [coefficient.address, coefficient[end]]));
}

/** The nodes of a model's carbon, evaluated as far as they do not rest on coefficients. */
export function carbonValues(model: Model, carbon: CarbonModel): CarbonValues {
  return new CarbonValues(model, [...carbon.architectures.values()].flatMap(nodesOf));
}

/** Every node of an architecture's carbon. */
export function nodesOf(architecture: CarbonNodes): readonly number[] {
  const { energy, operational, embodied, total, water, market, lines } = architecture;
  return [
    ...[energy, operational, embodied, total],
    ...[water, market].filter((node) => node !== undefined),
    ...lines.flatMap((line) => [line.energy, line.operational, line.embodied]),
  ];
}
