import type { Operation } from "./arithmetic.ts";
import type { Node } from "./graph.ts";

/** What of a builder is needed here. */
type Builder = {
  constant(value: number): number;
  constantValue(node: number): number | undefined;
  node(index: number): Node;
  op(op: Operation, ...args: readonly number[]): number;
};

const TRUTHS: ReadonlySet<string> = new Set(["lt", "le", "eq", "ne", "and", "or", "not"]);

/**
 * A node that equals an operation on nodes of which not all are constant; undefined: there is no simpler one. Exact for
 * finite values, 0 and -0 being one: x * 0 is 0 even where x would not be finite.
 */
export function simplify(builder: Builder, op: Operation, args: readonly number[]): number | undefined {
  const [a, b, c] = args;
  if (a === undefined) return undefined;
  if (op === "mean" || op === "peak") return builder.node(a).instant ? undefined : a;
  if (b === undefined) return undefined;
  const [left, right] = [builder.constantValue(a), builder.constantValue(b)];
  switch (op) {
    case "add":
      if (left === 0) return b;
      return right === 0 ? a : undefined;
    case "sub":
      return right === 0 ? a : undefined;
    case "mul":
      if (left === 0 || right === 0) return builder.constant(0);
      if (left === 1) return b;
      return right === 1 ? a : undefined;
    case "div":
      return right === 1 ? a : undefined;
    case "min":
      return extreme(a, b, { left, right, neutral: Number.POSITIVE_INFINITY });
    case "max":
      return extreme(a, b, { left, right, neutral: Number.NEGATIVE_INFINITY });
    case "and":
      return connect(builder, a, b, 0);
    case "or":
      return connect(builder, a, b, 1);
    case "if":
      if (left !== undefined) return left !== 0 ? b : c;
      return b === c ? b : undefined;
    default:
      return undefined;
  }
}

type Sides = { readonly left: number | undefined; readonly right: number | undefined; readonly neutral: number };

function extreme(a: number, b: number, { left, right, neutral }: Sides): number | undefined {
  if (a === b || right === neutral) return a;
  return left === neutral ? b : undefined;
}

/** `and` is settled by a 0 (false), `or` by anything else (true); the other constant leaves the other side. */
function connect(builder: Builder, a: number, b: number, settledBy: 0 | 1): number | undefined {
  for (const [side, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const value = builder.constantValue(side);
    if (value === undefined) continue;
    const truth = value !== 0 ? 1 : 0;
    if (truth === settledBy) return builder.constant(settledBy);
    return TRUTHS.has(builder.node(other).op) ? other : builder.op("ne", other, builder.constant(0));
  }
  return undefined;
}
