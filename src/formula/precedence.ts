import type { BinaryOp } from "./syntax.ts";

/** How tightly each form binds; parser and printer share it. */
export const PRECEDENCE = { or: 1, and: 2, not: 3, comparison: 4, sum: 5, product: 6, sign: 7, atom: 8 } as const;

export const BINARY_PRECEDENCE: Readonly<Record<BinaryOp, number>> = {
  or: PRECEDENCE.or,
  and: PRECEDENCE.and,
  "<": PRECEDENCE.comparison,
  "<=": PRECEDENCE.comparison,
  ">": PRECEDENCE.comparison,
  ">=": PRECEDENCE.comparison,
  "==": PRECEDENCE.comparison,
  "!=": PRECEDENCE.comparison,
  "+": PRECEDENCE.sum,
  "-": PRECEDENCE.sum,
  "*": PRECEDENCE.product,
  "/": PRECEDENCE.product,
};

/** The binary operator that a symbol stands for. */
export function binaryOp(symbol: string): BinaryOp | undefined {
  return isBinaryOp(symbol) ? symbol : undefined;
}

function isBinaryOp(symbol: string): symbol is BinaryOp {
  return Object.hasOwn(BINARY_PRECEDENCE, symbol);
}

/** Comparisons and `in` do not chain. */
export function isComparison(symbol: string): boolean {
  return symbol === "in" || (isBinaryOp(symbol) && BINARY_PRECEDENCE[symbol] === PRECEDENCE.comparison);
}
