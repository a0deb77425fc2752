import { BINARY_PRECEDENCE, PRECEDENCE } from "./precedence.ts";
import type { Expr } from "./syntax.ts";

/**
 * A tree as formula text, with the fewest parentheses that keep its shape: reading the text again gives the same tree
 * but for spans. Numbers are the shortest that read back to the same double.
 */
export function printFormula(expr: Expr): string {
  return print(expr, PRECEDENCE.or);
}

function print(expr: Expr, least: number): string {
  const text = bare(expr);
  return precedenceOf(expr) < least ? `(${text})` : text;
}

function bare(expr: Expr): string {
  switch (expr.kind) {
    case "number":
      return String(expr.value);
    case "unit":
      return expr.unit;
    case "literal":
      return `${expr.value}${expr.unit === "%" ? "" : " "}${expr.unit}`;
    case "text":
      return expr.value.includes('"') ? `'${expr.value}'` : `"${expr.value}"`;
    case "name":
      return expr.path.join(".");
    case "lookup":
      return `${expr.table}[${expr.key}].${expr.column}`;
    case "unary":
      return `${expr.op === "not" ? "not " : "-"}${print(expr.operand, precedenceOf(expr))}`;
    case "binary": {
      const precedence = precedenceOf(expr);
      const left = print(expr.left, precedence === PRECEDENCE.comparison ? precedence + 1 : precedence);
      return `${left} ${expr.op} ${print(expr.right, precedence + 1)}`;
    }
    case "in":
      return `${print(expr.value, PRECEDENCE.sum)} in [${list(expr.options)}]`;
    case "call":
      return `${expr.name}(${list(expr.args)})`;
    default:
      return expr satisfies never;
  }
}

function list(items: readonly Expr[]): string {
  return items.map(printFormula).join(", ");
}

function precedenceOf(expr: Expr): number {
  switch (expr.kind) {
    case "unary":
      return expr.op === "not" ? PRECEDENCE.not : PRECEDENCE.sign;
    case "binary":
      return BINARY_PRECEDENCE[expr.op];
    case "in":
      return PRECEDENCE.comparison;
    default:
      return PRECEDENCE.atom;
  }
}
