import { GraphBuilder } from "./builder.ts";
import type { Graph } from "./graph.ts";
import { inputIndices, liveNodes, nodeAt } from "./nodes.ts";
import { nodeOf, replay } from "./specialise.ts";

/**
 * The derivative of a node by an input, as a node of a graph, by the rules of calculus. `floor`, `ceil`, `round` and
 * `roundup` count as the identity in x: the derivative is the long-run one, since the derivative of a staircase is 0
 * almost everywhere and says nothing. `min`, `max`, `abs` and `if` follow the branch taken (the first one at a tie),
 * `peak` the slot that attains it (the largest derivative at a tie), conditions have none.
 * @returns a graph with the derivative and the output itself
 */
export function derive(
  graph: Graph,
  output: number,
  address: string,
): { readonly graph: Graph; readonly node: number; readonly output: number } {
  const [by] = inputIndices(graph, [address]);
  const builder = new GraphBuilder(graph.curve);
  const inputs = graph.inputs.map((input) => builder.input(input.address, input.value));
  const made = replay(graph, [output], builder, (index) => inputs[index] ?? Number.NaN);
  const slopes = new Map<number, number>();
  for (const index of liveNodes(graph, [output])) {
    const node = nodeAt(graph, index);
    const args = node.args.map((arg) => ({ x: nodeOf(made, arg), dx: nodeOf(slopes, arg) }));
    const own = node.op === "input" && node.input === by;
    const slope = own ? builder.constant(1) : slopeOf(builder, { op: node.op, args, value: nodeOf(made, index) });
    slopes.set(index, slope);
  }
  return { graph: builder.graph(), node: nodeOf(slopes, output), output: nodeOf(made, output) };
}

/** A node and its derivative. */
type Term = { readonly x: number; readonly dx: number };

type Step = { readonly op: Graph["nodes"][number]["op"]; readonly args: readonly Term[]; readonly value: number };

function slopeOf(builder: GraphBuilder, { op, args, value }: Step): number {
  const [a, b, c] = args;
  const zero = builder.constant(0);
  if (a === undefined) return zero;
  if (b === undefined) return unary(builder, op, { ...a, value });
  switch (op) {
    case "add":
    case "sub":
      return builder.op(op, a.dx, b.dx);
    case "mul":
      return builder.op("add", scaled(builder, a.dx, b.x), scaled(builder, b.dx, a.x));
    case "div":
      return over(builder, builder.op("sub", a.dx, scaled(builder, b.dx, value)), b.x);
    case "min":
      return builder.op("if", builder.op("le", a.x, b.x), a.dx, b.dx);
    case "max":
      return builder.op("if", builder.op("le", b.x, a.x), a.dx, b.dx);
    case "roundup":
      return a.dx;
    case "pow":
      return power(builder, a, b, value);
    case "if":
      return c === undefined ? zero : builder.op("if", a.x, b.dx, c.dx);
    default:
      return zero;
  }
}

function unary(builder: GraphBuilder, op: Step["op"], { x, dx, value }: Term & { readonly value: number }): number {
  switch (op) {
    case "floor":
    case "ceil":
    case "round":
      return dx;
    case "abs":
      return builder.op("if", builder.op("lt", x, builder.constant(0)), negative(builder, dx), dx);
    case "sqrt":
      return over(builder, dx, builder.op("mul", builder.constant(2), value));
    case "log":
      return over(builder, dx, x);
    case "exp":
      return scaled(builder, dx, value);
    case "neg":
      return negative(builder, dx);
    case "mean":
      return builder.op("mean", dx);
    case "peak":
      return peakSlope(builder, { x, dx }, value);
    default:
      return builder.constant(0);
  }
}

/** A derivative that is 0 stays 0 whatever it is multiplied with, the logarithm of a negative constant included. */
function scaled(builder: GraphBuilder, dx: number, by: number): number {
  return builder.constantValue(dx) === 0 ? dx : builder.op("mul", dx, by);
}

function over(builder: GraphBuilder, dx: number, by: number): number {
  return builder.constantValue(dx) === 0 ? dx : builder.op("div", dx, by);
}

/** 0 stays 0 and does not become -0, so that terms without a derivative fold away. */
function negative(builder: GraphBuilder, node: number): number {
  return builder.op("sub", builder.constant(0), node);
}

function power(builder: GraphBuilder, base: Term, exponent: Term, value: number): number {
  const lower = builder.op("pow", base.x, builder.op("sub", exponent.x, builder.constant(1)));
  const byBase = scaled(builder, base.dx, builder.op("mul", exponent.x, lower));
  const byExponent = scaled(builder, exponent.dx, builder.op("mul", value, builder.op("log", base.x)));
  return builder.op("add", byBase, byExponent);
}

function peakSlope(builder: GraphBuilder, { x, dx }: Term, value: number): number {
  if (!builder.node(dx).instant) return dx;
  const nowhere = builder.constant(Number.NEGATIVE_INFINITY);
  return builder.op("peak", builder.op("if", builder.op("eq", x, value), dx, nowhere));
}
