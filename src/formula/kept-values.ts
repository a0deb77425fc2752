import { instantValues, singleValue } from "./evaluate-one.ts";
import type { Graph } from "./graph.ts";
import { nodeAt } from "./nodes.ts";

/** Nodes that there is room for at first. */
const FIRST = 256;

/**
 * Values on one case of a graph that is still being built: each node is computed once, when it is first asked for. The
 * bits are those of `evaluateOne`. A class because it keeps what has been computed.
 */
export class KeptValues {
  readonly #graph: Graph;
  readonly #overrides: ReadonlyMap<string, number>;
  #values = new Float64Array(FIRST);
  #known = new Uint8Array(FIRST);
  readonly #instants = new Map<number, Float64Array>();

  /**
   * @param graph may grow
   * @param overrides input address -> value in base units, instead of the graph's
   */
  constructor(graph: Graph, overrides: ReadonlyMap<string, number> = new Map()) {
    this.#graph = graph;
    this.#overrides = overrides;
  }

  /** The value of a node that is no instant, in base units. */
  value(node: number): number {
    if (this.#known[node] !== 1) this.#compute(node);
    const value = this.#values[node];
    if (value === undefined || this.#instants.has(node)) throw new RangeError(`node ${node} has no single value`);
    return value;
  }

  /** Arguments before their users, without recursion: a sum may be as long as a bill. */
  #compute(wanted: number): void {
    if (wanted >= this.#known.length) this.#grow();
    const open = [wanted];
    for (let index = open.at(-1); index !== undefined; index = open.at(-1)) {
      const before = open.length;
      if (this.#known[index] !== 1) {
        for (const arg of nodeAt(this.#graph, index).args) if (this.#known[arg] !== 1) open.push(arg);
        if (open.length > before) continue;
        this.#set(index);
      }
      open.pop();
    }
  }

  #grow(): void {
    const length = 2 * this.#graph.nodes.length;
    const values = new Float64Array(length);
    const known = new Uint8Array(length);
    values.set(this.#values);
    known.set(this.#known);
    this.#values = values;
    this.#known = known;
  }

  #set(index: number): void {
    const node = nodeAt(this.#graph, index);
    if (node.instant) {
      this.#instants.set(
        index,
        instantValues(this.#graph, node, (arg) => this.#slotValues(arg)),
      );
    } else {
      this.#values[index] = node.op === "input" ? this.#input(node.input ?? -1) : this.#single(index);
    }
    this.#known[index] = 1;
  }

  #single(index: number): number {
    const known = { inputs: [], value: (arg: number) => this.#values[arg] ?? Number.NaN, instants: this.#instants };
    return singleValue(this.#graph, nodeAt(this.#graph, index), known);
  }

  #input(index: number): number {
    const input = this.#graph.inputs[index];
    if (input === undefined) throw new RangeError(`the graph has no input ${index}`);
    return this.#overrides.get(input.address) ?? input.value;
  }

  #slotValues(node: number): Float64Array {
    const { length } = this.#graph.curve.share;
    return this.#instants.get(node) ?? new Float64Array(length).fill(this.#values[node] ?? Number.NaN);
  }
}
