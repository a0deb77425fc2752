import type { Expr } from "./syntax.ts";

/** The names that a tree mentions, keys of look-ups included. */
export function namesIn(expr: Expr): readonly string[] {
  switch (expr.kind) {
    case "name":
      return [expr.path.join(".")];
    case "lookup":
      return [expr.key];
    case "unary":
      return namesIn(expr.operand);
    case "binary":
      return [...namesIn(expr.left), ...namesIn(expr.right)];
    case "in":
      return [expr.value, ...expr.options].flatMap(namesIn);
    case "call":
      return expr.args.flatMap(namesIn);
    default:
      return [];
  }
}
