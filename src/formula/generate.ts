import { difference, type Operation, roundHalfAway, roundUp } from "./arithmetic.ts";
import { wholeOf } from "./curve.ts";
import { evaluateOne } from "./evaluate-one.ts";
import { exp, log, pow } from "./exact.ts";
import { type Extremes, extremes } from "./extremes.ts";
import type { Graph } from "./graph.ts";
import { inputIndices, nodeAt } from "./nodes.ts";
import { endsInstant, schedule } from "./schedule.ts";

/** What a generated text calls. What an engine may compute in its own way is computed in ours. */
const OURS = { roundHalfAway, roundUp, difference, exact: { exp, log, pow } };

/** Reads `n` values of a column for each free address and writes `n` values of a column for each output. */
export type Compiled = (columns: readonly Float64Array[], n: number, out: readonly Float64Array[]) => void;

/**
 * Compiles nodes to one JavaScript loop over cases, bit-equal to `evaluate`. For where code may be made at run time;
 * a page under a strict policy has the interpreter.
 * @param outputs nodes, none of them an instant
 * @param free addresses of the inputs that differ from case to case, in the order of the columns; others are constant
 */
export function compile(graph: Graph, outputs: readonly number[], free: readonly string[]): Compiled {
  return instantiate(generate(graph, outputs, free));
}

/** What makes functions of nodes: `compile`, or one that spreads cases over threads. */
export type Compile = typeof compile;

/** The function of a generated text, perhaps one that another thread has generated. */
export function instantiate({
  source,
  arrays,
}: {
  readonly source: string;
  readonly arrays: readonly Float64Array[];
}): Compiled {
  return new Function(...Object.keys(OURS), "arrays", source)(...Object.values(OURS), arrays);
}

/** The text of a compiled function and the numbers by slot that it reads. It holds names of operations, indices and numbers only. */
export function generate(
  graph: Graph,
  outputs: readonly number[],
  free: readonly string[],
): { readonly source: string; readonly arrays: readonly Float64Array[] } {
  const inputs = inputIndices(graph, free);
  const plan = schedule(graph, outputs, new Set(inputs));
  const writer = new Writer(graph, plan.invariants);
  const body: string[] = [];
  for (const { singles, pass } of plan.stages) {
    for (const index of singles) {
      const { input } = nodeAt(graph, index);
      body.push(input === undefined ? writer.statement(index) : `const v${index} = c${inputs.indexOf(input)}[i];`);
    }
    if (pass.length > 0) body.push(...writer.pass(pass));
  }
  const { arrays } = writer;
  const source = [
    '"use strict";',
    ...arrays.map((_, index) => `const k${index} = arrays[${index}];`),
    "return (columns, n, out) => {",
    ...free.map((_, index) => `const c${index} = columns[${index}];`),
    ...outputs.map((_, index) => `const o${index} = out[${index}];`),
    "for (let i = 0; i < n; i += 1) {",
    ...body,
    ...outputs.map((output, index) => `o${index}[i] = ${writer.value(output)};`),
    "}",
    "};",
  ];
  return { source: source.join("\n"), arrays };
}

/** A class because it collects the arrays that the text refers to by number. */
class Writer {
  readonly arrays: Float64Array[] = [];
  readonly #graph: Graph;
  /** what stands in the text for a node that is the same in every case */
  readonly #fixed = new Map<number, string>();
  /** the same as numbers: values of those that are no instants */
  readonly #numbers = new Map<number, number>();
  /** instants that are the same in every case: their value in each slot */
  readonly #slotted = new Map<number, Float64Array>();

  constructor(graph: Graph, invariants: readonly number[]) {
    this.#graph = graph;
    const { value, slotValues } = evaluateOne(graph, invariants);
    for (const index of invariants) {
      const { instant } = nodeAt(graph, index);
      if (instant) this.#slotted.set(index, slotValues(index));
      else this.#numbers.set(index, value(index));
      this.#fixed.set(index, instant ? `k${this.arrays.push(slotValues(index)) - 1}[s]` : literal(value(index)));
    }
  }

  value(index: number): string {
    return this.#fixed.get(index) ?? (this.#isTruth(index) ? `(v${index} ? 1 : 0)` : `v${index}`);
  }

  statement(index: number): string {
    const { op, args } = nodeAt(this.#graph, index);
    if (op === "const" || op === "input" || op === "slot") throw new Error(`"${op}" is no operation`);
    return `const v${index} = ${this.#expression(op, args)};`;
  }

  /** A loop for each kind of end: means need no slot without duration, and most peaks only a few slots. */
  pass(pass: readonly number[]): readonly string[] {
    const { share } = this.#graph.curve;
    const ends = pass.filter((index) => endsInstant(this.#graph, index));
    const isMean = (index: number): boolean => nodeAt(this.#graph, index).op === "mean";
    const found = new Map(ends.filter((index) => !isMean(index)).map((index) => [index, this.#extremes(index)]));
    const few = ends.filter((index) => found.get(index) !== undefined);
    const all = ends.filter((index) => !isMean(index) && !few.includes(index));
    const lasting = [...share.keys()].filter((slot) => share[slot] !== 0);
    return [
      ...ends.map((index) => `let v${index} = ${isMean(index) ? "0" : "-Infinity"};`),
      ...this.#loop(pass, ends.filter(isMean), this.#slots(lasting)),
      ...this.#loop(pass, all, this.#slots([...share.keys()])),
      ...this.#guardedLoop(
        pass,
        few,
        [...found.values()].flatMap((each) => each ?? []),
      ),
    ];
  }

  #extremes(index: number): Extremes | undefined {
    const [of = -1] = nodeAt(this.#graph, index).args;
    return extremes(this.#graph, {
      of,
      known: (instant) => this.#slotted.get(instant),
      fixed: (node) => this.#numbers.get(node),
    });
  }

  /** The text of a loop over slots; the first ones need no list. */
  #slots(slots: readonly number[]): readonly [string, string] {
    const open = `for (let s = 0; s < ${slots.length}; s += 1) {`;
    if (slots.every((slot, at) => slot === at)) return [open, ""];
    const list = this.arrays.push(Float64Array.from(slots)) - 1;
    return [`for (let p = 0; p < ${slots.length}; p += 1) {`, `const s = k${list}[p] | 0;`];
  }

  /** Peaks that lie in a few slots wherever the figures are what they nearly always are; elsewhere all slots are looked at. */
  #guardedLoop(pass: readonly number[], ends: readonly number[], found: readonly Extremes[]): readonly string[] {
    if (ends.length === 0) return [];
    const { length } = this.#graph.curve.share;
    const slots = [...new Set(found.flatMap((each) => each.slots))].sort((a, b) => a - b);
    if (slots.length === length) return this.#loop(pass, ends, this.#slots(slots));
    const positive = new Set(found.flatMap((each) => each.positive));
    const least = new Set(found.flatMap((each) => each.least).filter((index) => !positive.has(index)));
    const guard = [
      ...[...positive].map((index) => `${this.value(index)} > 0 && ${this.value(index)} < Infinity`),
      ...[...least].map((index) => `${this.value(index)} >= 0 && ${this.value(index)} < Infinity`),
    ];
    const list = this.arrays.push(Float64Array.from(slots)) - 1;
    const name = `few${list}`;
    return [
      `const ${name} = ${guard.length === 0 ? "true" : guard.join(" && ")};`,
      ...this.#loop(pass, ends, [
        `for (let p = 0, most = ${name} ? ${slots.length} : ${length}; p < most; p += 1) {`,
        `const s = ${name} ? k${list}[p] | 0 : p;`,
      ]),
    ];
  }

  #loop(pass: readonly number[], ends: readonly number[], [open, slot]: readonly [string, string]): readonly string[] {
    if (ends.length === 0) return [];
    const { share } = this.#graph.curve;
    const wanted = new Set(ends);
    for (const index of wanted) {
      for (const arg of nodeAt(this.#graph, index).args) if (pass.includes(arg)) wanted.add(arg);
    }
    const isMean = ends.some((index) => nodeAt(this.#graph, index).op === "mean");
    const shares = isMean ? this.arrays.push(Float64Array.from(share)) - 1 : -1;
    return [
      open,
      slot,
      ...pass
        .filter((index) => wanted.has(index))
        .map((index) => {
          const [arg = -1] = nodeAt(this.#graph, index).args;
          if (!ends.includes(index)) return this.statement(index);
          if (!isMean) return `v${index} = Math.max(v${index}, ${this.value(arg)});`;
          return `v${index} += k${shares}[s] * ${this.value(arg)};`;
        }),
      "}",
      ...(isMean ? ends.map((index) => `v${index} /= ${wholeOf(this.#graph.curve)};`) : []),
    ];
  }

  /** A truth is kept as a JavaScript boolean, since most are only asked by `if`, `and`, `or` and `not`. */
  #isTruth(index: number): boolean {
    return TRUTHS.has(nodeAt(this.#graph, index).op);
  }

  #condition(index: number): string {
    return this.#fixed.has(index) || !this.#isTruth(index) ? `${this.value(index)} !== 0` : `v${index}`;
  }

  /**
   * Beside a number that is known, a comparison gives the same bits as `Math.min` or `Math.max`, NaN included, and takes
   * a fifth of the time where nothing is optimised. It does not tell 0 from -0: `Math.max(0, -0)` is 0, and so is this.
   */
  #extreme(op: "min" | "max", first: number, second: number): string {
    const [known, other] = this.#fixed.has(first) ? [first, second] : [second, first];
    const bound = Number(this.#fixed.get(known));
    const isSafe = op === "max" ? Object.is(bound, 0) || bound > 0 : bound > 0;
    if (!isSafe || !this.#moves(other)) return `Math.${op}(${this.value(first)}, ${this.value(second)})`;
    const x = this.value(other);
    return `${x} ${op === "max" ? "<=" : ">="} ${bound} ? ${bound} : ${x}`;
  }

  /** Whether the text of a node is a variable, which may be written twice. */
  #moves(index: number): boolean {
    return !this.#fixed.has(index) && !this.#isTruth(index);
  }

  #expression(op: Operation, [first = -1, second = -1, third = -1]: readonly number[]): string {
    const [a, b] = [() => this.value(first), () => this.value(second)];
    const sign = SIGNS[op];
    if (sign !== undefined) return `${a()} ${sign} ${b()}`;
    switch (op) {
      case "min":
      case "max":
        return this.#extreme(op, first, second);
      case "floor":
      case "ceil":
      case "abs":
      case "sqrt":
        return `Math.${op}(${a()})`;
      case "pow":
        return `exact.pow(${a()}, ${b()})`;
      case "log":
      case "exp":
        return `exact.${op}(${a()})`;
      case "round":
        return `roundHalfAway(${a()})`;
      case "sub":
        return `difference(${a()}, ${b()})`;
      case "roundup":
        return `roundUp(${a()}, ${b()})`;
      case "neg":
        return `-${a()}`;
      case "and":
        return `${this.#condition(first)} && ${this.#condition(second)}`;
      case "or":
        return `${this.#condition(first)} || ${this.#condition(second)}`;
      case "not":
        return `!(${this.#condition(first)})`;
      case "if":
        return `${this.#condition(first)} ? ${b()} : ${this.value(third)}`;
      default:
        // mean and peak of a value that does not change over the month
        return a();
    }
  }
}

const SIGNS: Partial<Record<Operation, string>> = {
  add: "+",
  mul: "*",
  div: "/",
  lt: "<",
  le: "<=",
  eq: "===",
  ne: "!==",
};

const TRUTHS: ReadonlySet<string> = new Set(["lt", "le", "eq", "ne", "and", "or", "not"]);

/** A number as text that reads back as the same bits; negative ones in parentheses, -0 included. */
function literal(value: number): string {
  if (Object.is(value, -0)) return "(-0)";
  return value < 0 ? `(${value})` : String(value);
}
