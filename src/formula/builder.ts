import { ARITY, apply, type Operation } from "./arithmetic.ts";
import type { Curve, Graph, Input, Node, SlotField } from "./graph.ts";
import { nodeAt } from "./nodes.ts";
import { simplify } from "./simplify.ts";

/** More nodes than a graph can have; two of them fit into one exact number. */
const WIDEST = 2 ** 26;

/**
 * Builds a graph node by node. Equal expressions become one node, constants are folded, and identities that keep every
 * finite value (0 and -0 count as equal) are used; sums and products are never re-ordered. A class because nodes are
 * shared by identity: two builders do not know each other's nodes.
 */
export class GraphBuilder {
  readonly #nodes: Node[] = [];
  readonly #inputs: Input[] = [];
  readonly #found = new Map<string, number>();
  readonly #constants = new Map<number, number>();
  readonly #negativeZero = new Map<number, number>();
  /** operation -> its arguments as one number -> node that has its value */
  readonly #operations = new Map<Operation, Map<number, number>>();
  readonly #curve: Curve;
  readonly #variants: boolean;

  /**
   * @param variants whether an address may stand for several values, each an input of its own: designs that differ in
   *   one graph
   */
  constructor(curve: Curve, { variants = false }: { readonly variants?: boolean } = {}) {
    this.#curve = curve;
    this.#variants = variants;
  }

  constant(value: number): number {
    // A Map takes -0 for 0; they are distinguished here, as 1 / x does.
    const constants = Object.is(value, -0) ? this.#negativeZero : this.#constants;
    const known = constants.get(value);
    if (known !== undefined) return known;
    constants.set(value, this.#nodes.length);
    return this.#nodes.push({ op: "const", args: [], value, instant: false }) - 1;
  }

  /** The input of an address with its value in base units; asking again gives the same node. */
  input(address: string, value: number): number {
    const key = this.#variants ? `input ${address} ${Object.is(value, -0) ? "-0" : value}` : `input ${address}`;
    const known = this.#found.get(key);
    if (known === undefined) {
      this.#inputs.push({ address, value });
      return this.#add(key, { op: "input", args: [], input: this.#inputs.length - 1, instant: false });
    }
    const before = this.#inputs[this.node(known).input ?? -1]?.value;
    if (!Object.is(before, value)) throw new Error(`input "${address}" is given as ${before} and as ${value}`);
    return known;
  }

  /** What the slot of the load curve says; a constant where the load is flat. */
  slot(field: SlotField): number {
    const [only, ...others] = this.#curve[field];
    if (only !== undefined && others.length === 0) return this.constant(only);
    return this.#add(`slot ${field}`, { op: "slot", args: [], field, instant: true });
  }

  /** A node for an operation on nodes, or a node already there that has the same value. */
  op(op: Operation, ...args: readonly number[]): number {
    if (args.length !== ARITY[op]) throw new Error(`"${op}" takes ${ARITY[op]} arguments, not ${args.length}`);
    const first = args[0] ?? -1;
    const second = args[1];
    if (args[2] !== undefined) return this.#newOp(op, args);
    const answers = this.#operations.get(op) ?? new Map<number, number>();
    const key = second === undefined ? first : first * WIDEST + second;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = this.#newOp(op, args);
    answers.set(key, answer);
    this.#operations.set(op, answers);
    return answer;
  }

  /** The same where the operation has not been asked for. */
  #newOp(op: Operation, args: readonly number[]): number {
    const [a = Number.NaN, b, c] = args.map((arg) => this.constantValue(arg));
    if (args.every((arg) => this.constantValue(arg) !== undefined)) return this.constant(apply(op, a, b, c));
    const simpler = simplify(this, op, args);
    if (simpler !== undefined) return simpler;
    const ends = op === "mean" || op === "peak";
    const node: Node = { op, args, instant: !ends && args.some((arg) => this.node(arg).instant) };
    return args.length > 2 ? this.#add(`${op} ${args.join(" ")}`, node) : this.#nodes.push(node) - 1;
  }

  /** The number of a node that is a constant. */
  constantValue(node: number): number | undefined {
    return this.node(node).value;
  }

  node(index: number): Node {
    return nodeAt({ nodes: this.#nodes }, index);
  }

  /** What has been built so far, as plain data. */
  graph(): Graph {
    return { nodes: [...this.#nodes], inputs: [...this.#inputs], curve: this.#curve };
  }

  /** The same without a copy: it grows with what is built later. */
  view(): Graph {
    return { nodes: this.#nodes, inputs: this.#inputs, curve: this.#curve };
  }

  #add(key: string, node: Node): number {
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    this.#found.set(key, this.#nodes.length);
    return this.#nodes.push(node) - 1;
  }
}
