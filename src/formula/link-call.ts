import type { Span } from "../diagnostic/diagnostic.ts";
import { meanOf, totalOf } from "./over-month.ts";
import { type Expr, FUNCTIONS } from "./syntax.ts";
import {
  type Dimension,
  describeDimension,
  isPlain,
  multiplyDimensions,
  PLAIN,
  powerDimension,
  sameDimension,
  TIME,
} from "./unit.ts";
import type { LinkContext, Value } from "./value.ts";

type NumberValue = Extract<Value, { kind: "number" }>;
type Link = (expr: Expr, context: LinkContext) => Value | undefined;
type Call = Extract<Expr, { kind: "call" }>;

/** Links a call of one of the closed list of functions; `link` is passed in because the two files need each other. */
export function linkCall(expr: Call, context: LinkContext, link: Link): Value | undefined {
  if (expr.name === "if") return linkIf(expr, context, link);
  const args: NumberValue[] = [];
  for (const arg of expr.args) {
    const value = link(arg, context);
    if (value === undefined) continue;
    if (value.kind !== "number") {
      context.report("wants-number", `"${expr.name}" wants numbers`, arg.span);
      continue;
    }
    args.push(value);
  }
  if (args.length < expr.args.length) return undefined;
  const value = callNumbers(expr, args, context);
  if (value === undefined) return undefined;
  const constant = context.builder.constantValue(value.node);
  if (constant !== undefined && !Number.isFinite(constant)) {
    context.report("not-finite", `"${expr.name}" gives no finite number here`, expr.span);
    return undefined;
  }
  return value;
}

function linkIf(expr: Call, context: LinkContext, link: Link): Value | undefined {
  const [conditionExpr, thenExpr, elseExpr] = expr.args;
  if (conditionExpr === undefined || thenExpr === undefined || elseExpr === undefined) return undefined;
  const condition = link(conditionExpr, context);
  if (condition !== undefined && condition.kind !== "boolean") {
    context.report("wants-condition", '"if" wants a condition first, such as a < b', conditionExpr.span);
    return undefined;
  }
  if (condition === undefined) return undefined;
  const fixed = context.builder.constantValue(condition.node);
  const whenTrue = link(thenExpr, context);
  const whenFalse = link(elseExpr, context);
  if (whenTrue === undefined || whenFalse === undefined) return undefined;
  if (whenTrue.kind === "text" || whenFalse.kind === "text") {
    if (fixed !== undefined && whenTrue.kind === whenFalse.kind) return fixed === 1 ? whenTrue : whenFalse;
    context.report("wants-number", '"if" can choose between words only when the choice is known beforehand', expr.span);
    return undefined;
  }
  if (whenTrue.kind !== whenFalse.kind) {
    context.report("unit-mismatch", '"if" gives a number on one side and a condition on the other', expr.span);
    return undefined;
  }
  const instant = condition.instant || whenTrue.instant || whenFalse.instant;
  const node = context.builder.op("if", condition.node, whenTrue.node, whenFalse.node);
  if (whenTrue.kind === "boolean" || whenFalse.kind === "boolean") return { kind: "boolean", node, instant };
  const dimension = shared([whenTrue, whenFalse], expr, context);
  return dimension === undefined ? undefined : { kind: "number", node, dimension, instant };
}

function callNumbers(expr: Call, args: readonly NumberValue[], context: LinkContext): NumberValue | undefined {
  const { builder } = context;
  const [a, b, c] = args;
  if (a === undefined) return undefined;
  const instant = args.some((arg) => arg.instant);
  const number = (node: number, dimension: Dimension, timed = instant): NumberValue => ({
    kind: "number",
    node,
    dimension,
    instant: timed,
  });
  switch (expr.name) {
    case "min":
    case "max": {
      const dimension = shared(args, expr, context);
      if (dimension === undefined) return undefined;
      let node = a.node;
      for (const arg of args.slice(1)) node = builder.op(expr.name, node, arg.node);
      return number(node, dimension);
    }
    case "clamp": {
      if (b === undefined || c === undefined) return undefined;
      const dimension = shared(args, expr, context);
      if (dimension === undefined) return undefined;
      return number(builder.op("min", builder.op("max", a.node, b.node), c.node), dimension);
    }
    case "ceil":
    case "floor":
    case "round":
      return plain(a, expr, context) ? number(builder.op(expr.name, a.node), PLAIN) : undefined;
    case "roundup": {
      if (b === undefined) return undefined;
      const dimension = shared([a, b], expr, context);
      return dimension === undefined ? undefined : number(builder.op("roundup", a.node, b.node), dimension);
    }
    case "abs":
      return number(builder.op("abs", a.node), a.dimension);
    case "sqrt":
      return number(builder.op("sqrt", a.node), powerDimension(a.dimension, 0.5));
    case "log":
    case "exp":
      return plain(a, expr, context) ? number(builder.op(expr.name, a.node), PLAIN) : undefined;
    case "pow":
      return b === undefined ? undefined : power(expr, a, b, context);
    case "total": {
      const node = totalOf(builder, a.node, context.monthSeconds);
      return number(node, multiplyDimensions(a.dimension, TIME), false);
    }
    case "mean":
      return number(meanOf(builder, a.node), a.dimension, false);
    case "peak":
      return number(builder.op("peak", a.node), a.dimension, false);
    default:
      context.report(
        "unknown-function",
        `no function "${expr.name}"`,
        expr.nameSpan,
        Object.keys(FUNCTIONS).join(", "),
      );
      return undefined;
  }
}

function power(expr: Call, base: NumberValue, exponent: NumberValue, context: LinkContext): NumberValue | undefined {
  const { builder } = context;
  if (!isPlain(exponent.dimension)) {
    context.report("unit-mismatch", '"pow" wants a plain number as exponent', expr.span);
    return undefined;
  }
  const node = builder.op("pow", base.node, exponent.node);
  const instant = base.instant || exponent.instant;
  if (isPlain(base.dimension)) return { kind: "number", node, dimension: PLAIN, instant };
  const fixed = builder.constantValue(exponent.node);
  if (fixed === undefined) {
    const message = `"pow" of ${describeDimension(base.dimension)} wants a constant exponent`;
    context.report("unit-mismatch", message, expr.span);
    return undefined;
  }
  return { kind: "number", node, dimension: powerDimension(base.dimension, fixed), instant };
}

function shared(args: readonly NumberValue[], expr: Call, context: LinkContext): Dimension | undefined {
  const typed = args.filter((arg) => arg.zero !== true);
  const first = typed[0] ?? args[0];
  if (first === undefined) return undefined;
  const odd = typed.find((arg) => !sameDimension(arg.dimension, first.dimension));
  if (odd === undefined) return first.dimension;
  const span: Span = expr.args[args.indexOf(odd)]?.span ?? expr.span;
  const message = `"${expr.name}" wants like with like: ${describeDimension(first.dimension)} and ${describeDimension(odd.dimension)}`;
  context.report("unit-mismatch", message, span);
  return undefined;
}

function plain(arg: NumberValue, expr: Call, context: LinkContext): boolean {
  if (isPlain(arg.dimension)) return true;
  const hint =
    expr.name === "ceil" || expr.name === "floor" || expr.name === "round"
      ? "use roundup(x, step), e.g. roundup(x, 100 ms)"
      : undefined;
  const message = `"${expr.name}" wants a plain number, this is ${describeDimension(arg.dimension)}`;
  context.report("unit-mismatch", message, expr.args[0]?.span ?? expr.span, hint);
  return false;
}
