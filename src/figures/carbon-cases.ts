import { OPERATIONS, type Operation } from "../formula/arithmetic.ts";
import { evaluate } from "../formula/evaluate.ts";
import { evaluateOne } from "../formula/evaluate-one.ts";
import type { Graph } from "../formula/graph.ts";
import { liveNodes, nodeAt } from "../formula/nodes.ts";
import type { CarbonModel, Coefficient } from "../model/carbon-nodes.ts";
import type { Evaluable } from "../model/model.ts";
import { carbonNodes } from "../model/nodes.ts";
import { GROWING_MONTHS } from "./values.ts";

/** A model whose carbon is evaluated. */
export type Emitting = Evaluable & { readonly carbon: Pick<CarbonModel, "coefficients"> | undefined };

/** Values of coefficients by address, in base units; those not named are central. */
export type CarbonCase = ReadonlyMap<string, number>;

export type Band = { readonly low: number; readonly central: number; readonly high: number };
type End = "low" | "central" | "high";

/**
 * Month quantities of nodes on cases of the coefficients: for each case a value a node, in the order asked.
 * @param base what holds where a case does not name a coefficient; undefined: all are central
 */
export type CarbonProgram = (cases: readonly CarbonCase[], base?: CarbonCase) => readonly (readonly number[])[];

const ELAPSED = "elapsed";

/**
 * Evaluates nodes for many cases in which only coefficients differ. What does not rest on them is evaluated once and
 * for all; the rest is a short list of operations, as carbon is a sum of products. A class because that first
 * evaluation is held for all programs of a model.
 */
export class CarbonValues {
  readonly #model: Emitting;
  readonly #graph: Graph;
  /** nodes that rest on a coefficient, or on the time since the start */
  readonly #moving: Uint8Array;
  /** by node: what does not rest on a coefficient */
  readonly #fixed: Float64Array;
  readonly #inputs: ReadonlyMap<number, string>;
  readonly #coefficients: ReadonlyMap<string, Coefficient>;

  constructor(model: Emitting, outputs: readonly number[]) {
    this.#model = model;
    this.#graph = model.graph;
    this.#coefficients = new Map(model.carbon?.coefficients.map((coefficient) => [coefficient.address, coefficient]));
    const addresses = new Set(this.#coefficients.keys());
    if (model.grows) addresses.add(ELAPSED);
    this.#inputs = new Map(
      model.graph.inputs.flatMap(({ address }, index) => (addresses.has(address) ? [[index, address] as const] : [])),
    );
    this.#moving = movingNodes(model.graph, this.#inputs);
    const fixed = this.#frontier(outputs);
    const { value } = evaluateOne(model.graph, fixed);
    this.#fixed = new Float64Array(model.graph.nodes.length).fill(Number.NaN);
    for (const node of fixed) this.#fixed[node] = value(node);
  }

  /** A way to evaluate some of the nodes that the constructor was reported of. */
  program(outputs: readonly number[]): CarbonProgram {
    const order = this.#order(outputs);
    // A coefficient inside of an hour by hour figure is rare, and goes the long way.
    if (order.some((index) => nodeAt(this.#graph, index).instant)) return this.#throughColumns(outputs);
    const { start, inputs, steps, results } = this.#plan(order, outputs);
    const users = usersOf(inputs, steps, start.length);
    const cellOf = new Map(inputs.map(({ address, cell }) => [address, cell]));
    cellOf.delete(ELAPSED);
    const months = this.#model.grows ? GROWING_MONTHS : 1;
    return (cases, base = new Map()) => {
      const totals = cases.map(() => outputs.map(() => 0));
      for (let month = 0; month < months; month += 1) {
        const elapsed = (month + 0.5) * this.#model.monthSeconds;
        const cells = start.slice();
        for (const { cell, address } of inputs) cells[cell] = this.#valueOf(address, base, elapsed);
        for (const step of steps) run(step, cells);
        const around = cells.slice();
        cases.forEach((values, at) => {
          let again: readonly Step[] = [];
          for (const [address, value] of values) {
            const cell = cellOf.get(address);
            if (cell === undefined) continue;
            cells[cell] = value;
            // One coefficient moves little; of several it is not worth finding out.
            again = (again.length === 0 ? users.get(address) : undefined) ?? steps;
          }
          for (const step of again) run(step, cells);
          const own = totals[at];
          results.forEach((cell, k) => {
            if (own !== undefined) own[k] = (own[k] ?? Number.NaN) + (cells[cell] ?? Number.NaN);
          });
          cells.set(around);
        });
      }
      return months === 1 ? totals : totals.map((own) => own.map((total) => total / months));
    };
  }

  /** Coefficient nodes as what is to be done, on as few cells as it takes: they are copied for every case. */
  #plan(order: readonly number[], outputs: readonly number[]): Plan {
    const cells = new Map<number, number>();
    // An argument that an operation does not have is read from a first cell that is no number.
    const start = [Number.NaN];
    const cellOf = (node: number): number => {
      const known = cells.get(node);
      if (known !== undefined) return known;
      cells.set(node, start.length);
      return start.push(this.#fixed[node] ?? Number.NaN) - 1;
    };
    const inputs: CaseInput[] = [];
    const steps: Step[] = [];
    for (const index of order) {
      const { op, args, input } = nodeAt(this.#graph, index);
      const address = input === undefined ? undefined : this.#inputs.get(input);
      const [a = 0, b = 0, c = 0] = args.map(cellOf);
      if (address !== undefined) inputs.push({ cell: cellOf(index), address });
      else steps.push({ cell: cellOf(index), apply: OPERATIONS[operation(op)], a, b, c });
    }
    const results = outputs.map(cellOf);
    return { start: Float64Array.from(start), inputs, steps, results };
  }

  /** Coefficients that the nodes rest on. */
  reach(outputs: readonly number[]): readonly Coefficient[] {
    return this.#order(outputs).flatMap((index) => {
      const address = this.#inputs.get(nodeAt(this.#graph, index).input ?? -1);
      const coefficient = address === undefined ? undefined : this.#coefficients.get(address);
      return coefficient === undefined ? [] : [coefficient];
    });
  }

  #valueOf(address: string, values: CarbonCase, elapsed: number): number {
    if (address === ELAPSED) return elapsed;
    const value = values.get(address) ?? this.#coefficients.get(address)?.central;
    if (value === undefined) throw new RangeError(`no coefficient "${address}"`);
    return value;
  }

  #throughColumns(outputs: readonly number[]): CarbonProgram {
    const months = this.#model.grows ? GROWING_MONTHS : 1;
    return (changes, base = new Map()) => {
      const cases = changes.map((values) => new Map([...base, ...values]));
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

  /** Coefficient nodes that the outputs need, arguments before users. */
  #order(outputs: readonly number[]): readonly number[] {
    return liveNodes(this.#graph, outputs, (index) => this.#moving[index] === 1);
  }

  /** What the moving nodes of the outputs read and does not move itself. */
  #frontier(outputs: readonly number[]): readonly number[] {
    const read = [...outputs, ...this.#order(outputs).flatMap((index) => nodeAt(this.#graph, index).args)];
    return [...new Set(read)].filter((index) => this.#moving[index] !== 1 && !nodeAt(this.#graph, index).instant);
  }
}

type CaseInput = { readonly cell: number; readonly address: string };

type Plan = {
  /** what stands in the cells before anything is computed */
  readonly start: Float64Array;
  readonly inputs: readonly CaseInput[];
  /** in order */
  readonly steps: readonly Step[];
  /** cells of the outputs */
  readonly results: readonly number[];
};

/** An operation on cells. */
type Step = {
  readonly cell: number;
  readonly apply: (a: number, b: number, c: number) => number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
};

function run({ cell, apply, a, b, c }: Step, cells: Float64Array): void {
  cells[cell] = apply(cells[a] ?? Number.NaN, cells[b] ?? Number.NaN, cells[c] ?? Number.NaN);
}

/** For each input the steps that rest on it, in order. */
function usersOf(
  inputs: readonly CaseInput[],
  steps: readonly Step[],
  cells: number,
): ReadonlyMap<string, readonly Step[]> {
  const reached = new Uint8Array(cells);
  return new Map(
    inputs.map(({ cell, address }) => {
      reached.fill(0);
      reached[cell] = 1;
      const users: Step[] = [];
      for (const step of steps) {
        if (reached[step.a] !== 1 && reached[step.b] !== 1 && reached[step.c] !== 1) continue;
        reached[step.cell] = 1;
        users.push(step);
      }
      return [address, users];
    }),
  );
}

function movingNodes(graph: Graph, inputs: ReadonlyMap<number, string>): Uint8Array {
  const moving = new Uint8Array(graph.nodes.length);
  graph.nodes.forEach(({ op, args, input }, index) => {
    const moves = op === "input" ? inputs.has(input ?? -1) : args.some((arg) => moving[arg] === 1);
    if (moves) moving[index] = 1;
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
export function bandsOf(
  values: CarbonValues,
  carbon: NonNullable<Emitting["carbon"]>,
  nodes: readonly number[],
): (node: number) => Band {
  const wanted = [...new Set(nodes)];
  const ends = (["low", "central", "high"] as const).map((end) => endCase(carbon.coefficients, end));
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
export function carbonValues(model: Emitting, carbon: CarbonModel): CarbonValues {
  return new CarbonValues(model, carbon.architectures.flatMap(carbonNodes));
}
