import type { GraphBuilder } from "./builder.ts";

/**
 * The mean over the month. What is the same in all hours stands outside of it (mean(a x b) = mean(a) x b), and the mean of
 * the load is 1: what follows the load is then exact, not a sum over slots that is off by their rounding.
 */
export function meanOf(builder: GraphBuilder, index: number): number {
  const { op, args, field, instant } = builder.node(index);
  if (op === "slot" && field === "weight") return builder.constant(1);
  const [a, b] = args;
  if (!instant || a === undefined || b === undefined) return builder.op("mean", index);
  const fixed = (node: number): boolean => !builder.node(node).instant;
  if (op === "add" || op === "sub") return builder.op(op, meanOf(builder, a), meanOf(builder, b));
  if (op === "mul" && fixed(a)) return builder.op("mul", a, meanOf(builder, b));
  if ((op === "mul" || op === "div") && fixed(b)) return builder.op(op, meanOf(builder, a), b);
  return builder.op("mean", index);
}

/** An instant over the whole month. @param seconds that the month has */
export function totalOf(builder: GraphBuilder, index: number, seconds: number): number {
  const mean = meanOf(builder, index);
  const month = builder.constant(seconds);
  return withoutDivisor(builder, mean, month) ?? builder.op("mul", mean, month);
}

/** How deep in a product a divisor is looked for. */
const FACTORS = 24;

/**
 * A product without its division by something: 40e6 / 1 month over a month is 40e6, not what two roundings make of it.
 * @returns undefined where nothing is divided by it
 */
function withoutDivisor(builder: GraphBuilder, product: number, divisor: number, depth = FACTORS): number | undefined {
  const { op, args } = builder.node(product);
  const [a, b] = args;
  if (depth === 0 || a === undefined || b === undefined || (op !== "mul" && op !== "div")) return undefined;
  if (op === "div" && b === divisor) return a;
  const left = withoutDivisor(builder, a, divisor, depth - 1);
  if (left !== undefined) return builder.op(op, left, b);
  const right = op === "mul" ? withoutDivisor(builder, b, divisor, depth - 1) : undefined;
  return right === undefined ? undefined : builder.op("mul", a, right);
}
