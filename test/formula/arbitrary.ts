import fc from "fast-check";
import { BINARY_PRECEDENCE, binaryOp } from "../../src/formula/precedence.ts";
import { type BinaryOp, type Expr, FUNCTIONS } from "../../src/formula/syntax.ts";
import { isUnit, UNIT_NAMES } from "../../src/formula/unit.ts";

const span = { start: 0, end: 0 };
const KEYWORDS = ["and", "or", "not", "in", "if"];
const OPS: readonly BinaryOp[] = Object.keys(BINARY_PRECEDENCE).flatMap((op) => binaryOp(op) ?? []);

const segment = fc.stringMatching(/^[a-z][a-z0-9_]{0,5}$/);
const head = segment.filter((name) => !KEYWORDS.includes(name) && !isUnit(name));
const value = fc.oneof(fc.nat(9), fc.double({ min: 0, noDefaultInfinity: true, noNaN: true }));
const word = fc.stringMatching(/^[ -~]{0,8}$/).filter((text) => !(text.includes('"') && text.includes("'")));
const key = fc.stringMatching(/^[a-z0-9]([a-z0-9. -]{0,6}[a-z0-9])?$/);

const leaf: fc.Arbitrary<Expr> = fc.oneof(
  value.map((x): Expr => ({ kind: "number", value: x, span })),
  fc.constantFrom(...UNIT_NAMES.filter((name) => name !== "%")).map((unit): Expr => ({ kind: "unit", unit, span })),
  fc.record({ kind: fc.constant("literal"), value, unit: fc.constantFrom(...UNIT_NAMES), span: fc.constant(span) }),
  word.map((text): Expr => ({ kind: "text", value: text, span })),
  fc
    .tuple(head, fc.array(segment, { maxLength: 2 }))
    .map(([first, rest]): Expr => ({ kind: "name", path: [first, ...rest], span })),
  fc
    .tuple(head, key, segment)
    .map(([table, row, column]): Expr => ({ kind: "lookup", table, key: row, keySpan: span, column, span })),
);

const tree: fc.Arbitrary<Expr> = fc.letrec<{ expr: Expr }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    leaf,
    fc
      .tuple(fc.constantFrom<"-" | "not">("-", "not"), tie("expr"))
      .map(([op, operand]): Expr => ({ kind: "unary", op, operand, span })),
    fc
      .tuple(fc.constantFrom(...OPS), tie("expr"), tie("expr"))
      .map(([op, left, right]): Expr => ({ kind: "binary", op, left, right, span })),
    fc
      .tuple(tie("expr"), fc.array(tie("expr"), { minLength: 1, maxLength: 3 }))
      .map(([subject, options]): Expr => ({ kind: "in", value: subject, options, span })),
    fc
      .constantFrom(...Object.entries(FUNCTIONS))
      .chain(([name, [least, most]]) =>
        fc
          .array(tie("expr"), { minLength: least, maxLength: Math.min(most, least + 2) })
          .map((args): Expr => ({ kind: "call", name, nameSpan: span, args, span })),
      ),
  ),
})).expr;

/** Any tree that a formula can stand for, whether or not its names and dimensions make sense. All spans are 0..0. */
// Trees shrink in more steps than anyone waits for when a test fails.
export const anyExpr = fc.limitShrink(tree, 300);

/** The same tree with every span 0..0, to compare trees up to their places. */
export function withoutSpans(expr: Expr): Expr {
  switch (expr.kind) {
    case "lookup":
      return { ...expr, keySpan: span, span };
    case "unary":
      return { ...expr, operand: withoutSpans(expr.operand), span };
    case "binary":
      return { ...expr, left: withoutSpans(expr.left), right: withoutSpans(expr.right), span };
    case "in":
      return { ...expr, value: withoutSpans(expr.value), options: expr.options.map(withoutSpans), span };
    case "call":
      return { ...expr, args: expr.args.map(withoutSpans), nameSpan: span, span };
    default:
      return { ...expr, span };
  }
}
