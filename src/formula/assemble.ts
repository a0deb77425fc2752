import { wholeOf } from "./curve.ts";
import { evaluateOne } from "./evaluate-one.ts";
import type { Graph } from "./graph.ts";
import { accumulatePeak, accumulateSum, divideSum, kernelOf, type Operand } from "./kernels.ts";
import { inputIndices, nodeAt } from "./nodes.ts";
import { endsInstant, type Schedule, schedule } from "./schedule.ts";

/** One thing to do for a block of `n` cases, in a slot of the curve where it belongs to a pass over the slots. */
export type Instruction = (n: number, slot: number) => void;

export type Program = {
  /** columns of the caller, of which each block reads its part */
  readonly columns: readonly { readonly operand: Operand; readonly address: string }[];
  readonly stages: readonly { readonly singles: readonly Instruction[]; readonly pass: readonly Instruction[] }[];
  readonly outputs: readonly Operand[];
};

/**
 * Turns the nodes that the outputs rest on into instructions for blocks of at most `block` cases.
 * @param addresses inputs that differ from case to case
 */
export function assemble(
  graph: Graph,
  outputs: readonly number[],
  addresses: readonly string[],
  block: number,
): Program {
  const free = new Map(inputIndices(graph, addresses).map((input, at) => [input, addresses[at]]));
  const plan = schedule(graph, outputs, new Set(free.keys()));
  const assembler = new Assembler(graph, block, plan, outputs);
  const read: { operand: Operand; address: string }[] = [];
  const stages = plan.stages.map(({ singles, pass }) => {
    const instructions: Instruction[] = [];
    for (const index of singles) {
      const address = free.get(nodeAt(graph, index).input ?? -1);
      if (address === undefined) instructions.push(assembler.operation(index));
      else read.push({ address, operand: assembler.column(index) });
    }
    return { singles: instructions, pass: assembler.pass(pass) };
  });
  return { columns: read, stages, outputs: outputs.map((output) => assembler.operand(output)) };
}

/** A class because buffers are a resource: each is used again after its last reader, so that they stay in the cache. */
class Assembler {
  readonly #graph: Graph;
  readonly #block: number;
  readonly #idle: Operand[] = [];
  readonly #operands = new Map<number, Operand>();
  /** instants that are the same in every case: their value in each slot */
  readonly #slotted = new Map<number, Float64Array>();
  /** how many readers the value of a node still waits for */
  readonly #readers = new Map<number, number>();

  constructor(graph: Graph, block: number, plan: Schedule, outputs: readonly number[]) {
    this.#graph = graph;
    this.#block = block;
    const { value, slotValues } = evaluateOne(graph, plan.invariants);
    for (const index of plan.invariants) {
      const { instant } = nodeAt(graph, index);
      if (instant) this.#slotted.set(index, slotValues(index));
      this.#operands.set(index, { data: instant ? new Float64Array(1) : Float64Array.of(value(index)), mask: 0 });
    }
    // an output is never given up
    for (const index of outputs) this.#expect(index);
    for (const { singles, pass } of plan.stages) {
      for (const index of singles) for (const arg of this.#args(index)) this.#expect(arg);
      // a pass reads again in every slot: it holds what lies before it until its end
      for (const arg of this.#readBefore(pass)) this.#expect(arg);
    }
  }

  operand(index: number): Operand {
    const operand = this.#operands.get(index);
    if (operand === undefined) throw new Error(`node ${index} is read before it is computed`);
    return operand;
  }

  column(index: number): Operand {
    const operand: Operand = { data: new Float64Array(0), mask: -1 };
    this.#operands.set(index, operand);
    return operand;
  }

  operation(index: number): Instruction {
    const { op, args } = nodeAt(this.#graph, index);
    if (op === "const" || op === "input" || op === "slot") throw new Error(`"${op}" is no operation`);
    const kernel = kernelOf(op);
    const operands = args.map((arg) => this.operand(arg));
    for (const arg of this.#args(index)) this.#release(arg);
    const out = this.#buffer(index);
    return (n) => kernel(out.data, operands, n);
  }

  pass(pass: readonly number[]): readonly Instruction[] {
    const before = this.#readBefore(pass);
    const instructions: Instruction[] = [];
    for (const index of before) {
      const values = this.#slotted.get(index);
      const { data } = this.operand(index);
      if (values !== undefined) instructions.push((_, slot) => data.set(values.subarray(slot, slot + 1)));
    }
    const totals = new Map<number, Operand>();
    for (const index of pass) if (endsInstant(this.#graph, index)) totals.set(index, this.#buffer(index));
    for (const index of pass) for (const arg of this.#args(index)) this.#expect(arg);
    for (const index of pass) {
      const total = totals.get(index);
      instructions.push(total === undefined ? this.operation(index) : this.#end(index, total));
    }
    for (const index of before) this.#release(index);
    return instructions;
  }

  #end(index: number, { data: total }: Operand): Instruction {
    const node = nodeAt(this.#graph, index);
    const [arg = -1] = node.args;
    const { share } = this.#graph.curve;
    const value = this.operand(arg);
    this.#release(arg);
    if (node.op === "peak") {
      return (n, slot) => {
        if (slot === 0) total.fill(Number.NEGATIVE_INFINITY);
        accumulatePeak(total, value, n);
      };
    }
    const whole = wholeOf(this.#graph.curve);
    return (n, slot) => {
      if (slot === 0) total.fill(0);
      const part = share[slot];
      if (part !== undefined && part !== 0) accumulateSum(total, value, part, n);
      if (slot === share.length - 1) divideSum(total, whole, n);
    };
  }

  #args(index: number): ReadonlySet<number> {
    return new Set(nodeAt(this.#graph, index).args);
  }

  #readBefore(pass: readonly number[]): ReadonlySet<number> {
    const within = new Set(pass);
    return new Set(pass.flatMap((index) => [...this.#args(index)]).filter((arg) => !within.has(arg)));
  }

  #expect(index: number): void {
    this.#readers.set(index, (this.#readers.get(index) ?? 0) + 1);
  }

  #buffer(index: number): Operand {
    const operand = this.#idle.pop() ?? { data: new Float64Array(this.#block), mask: -1 };
    this.#operands.set(index, operand);
    return operand;
  }

  /** One reader less; with the last one the buffer is idle. Columns of the caller and single values are no buffers. */
  #release(index: number): void {
    const left = (this.#readers.get(index) ?? 0) - 1;
    this.#readers.set(index, left);
    const operand = this.operand(index);
    if (left === 0 && operand.mask === -1 && nodeAt(this.#graph, index).op !== "input") this.#idle.push(operand);
  }
}
