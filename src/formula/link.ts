import type { Span } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { linkCall } from "./link-call.ts";
import type { Expr } from "./syntax.ts";
import {
  type Dimension,
  describeDimension,
  divideDimensions,
  inBaseUnits,
  isCountLabel,
  multiplyDimensions,
  PLAIN,
  sameDimension,
  unitFactor,
} from "./unit.ts";
import type { LinkContext, Value } from "./value.ts";

type NumberValue = Extract<Value, { kind: "number" }>;

/**
 * Turns a syntax tree into nodes of the graph, checking names, dimensions and timing on the way.
 * @returns the value, or undefined when a fault was reported
 */
export function link(expr: Expr, context: LinkContext): Value | undefined {
  switch (expr.kind) {
    case "number":
      return {
        kind: "number",
        node: context.builder.constant(expr.value),
        dimension: PLAIN,
        instant: false,
        ...(expr.value === 0 ? { zero: true } : {}),
      };
    case "unit":
      return linkUnit(1, expr.unit, expr.span, context);
    case "literal":
      return linkUnit(expr.value, expr.unit, expr.span, context);
    case "text":
      return { kind: "text", text: expr.value };
    case "name":
      return linkName(expr, context);
    case "lookup":
      return linkLookup(expr, context);
    case "unary":
      return linkUnary(expr, context);
    case "binary":
      return linkBinary(expr, context);
    case "in":
      return linkIn(expr, context);
    case "call":
      return linkCall(expr, context, link);
    default:
      return expr satisfies never;
  }
}

function linkUnit(count: number, unit: string, span: Span, context: LinkContext): Value | undefined {
  if (isCountLabel(unit) && context.scope.value(unit) !== undefined) {
    const message = `"${unit}" is a name here, and what is counted`;
    context.report("unknown-unit", message, span, `write ${count} * ${unit} for the name, ${count} alone for a count`);
    return undefined;
  }
  const known = unitFactor(unit, context) ?? (isCountLabel(unit) ? { factor: 1, dimension: PLAIN } : undefined);
  if (known === undefined) {
    context.report("unknown-unit", `no unit "${unit}"`, span);
    return undefined;
  }
  const node = context.builder.constant(inBaseUnits(count, known.factor));
  return { kind: "number", node, dimension: known.dimension, instant: false };
}

/** `0.2 USD/request`, `5 Wh / message`: a figure with its unit per thing counted, where no name is spelled so. */
function isPerCount({ op, left, right }: Extract<Expr, { kind: "binary" }>, context: LinkContext): boolean {
  if (op !== "/" || left.kind !== "literal" || right.kind !== "name") return false;
  const [word = "", ...more] = right.path;
  return more.length === 0 && isCountLabel(word) && context.scope.value(word) === undefined;
}

function linkName(expr: Extract<Expr, { kind: "name" }>, context: LinkContext): Value | undefined {
  const name = expr.path.join(".");
  const value = context.scope.value(name);
  if (value === "failed") return undefined;
  if (value !== undefined) return value;
  const near = suggest(name, context.scope.names());
  context.report("unknown-name", `no name "${name}" here`, expr.span, nameHint(near, context.scope.names()));
  return undefined;
}

function nameHint(near: string | undefined, names: readonly string[]): string | undefined {
  if (near !== undefined) return `did you mean "${near}"?`;
  return names.length > 0 && names.length <= 30 ? `known here: ${[...names].sort().join(", ")}` : undefined;
}

function linkLookup(expr: Extract<Expr, { kind: "lookup" }>, context: LinkContext): Value | undefined {
  const table = context.scope.table(expr.table);
  if (table === undefined) {
    context.report("unknown-table", `no table "${expr.table}"`, expr.span);
    return undefined;
  }
  const named = context.scope.value(expr.key);
  if (named === "failed") return undefined;
  const key = named?.kind === "text" ? named.text : expr.key;
  if (!table.keys.includes(key)) {
    const near = suggest(key, table.keys);
    const hint = near === undefined ? undefined : `did you mean "${near}"?`;
    context.report("unknown-key", `table "${expr.table}" has no row "${key}"`, expr.keySpan, hint);
    return undefined;
  }
  const cell = table.cell(key, expr.column);
  if (cell === undefined) {
    const hint = `columns: ${table.columns.join(", ")}`;
    context.report("unknown-column", `table "${expr.table}" has no column "${expr.column}"`, expr.span, hint);
    return undefined;
  }
  if (cell.value === null) {
    context.report("unknown-cell", `"${expr.column}" of "${key}" is not known in table "${expr.table}"`, expr.span);
    return undefined;
  }
  if (typeof cell.value === "string") return { kind: "text", text: cell.value };
  if (cell.unit !== undefined) return linkUnit(cell.value, cell.unit, expr.span, context);
  return { kind: "number", node: context.builder.constant(cell.value), dimension: PLAIN, instant: false };
}

function linkUnary(expr: Extract<Expr, { kind: "unary" }>, context: LinkContext): Value | undefined {
  const operand = link(expr.operand, context);
  if (operand === undefined) return undefined;
  if (expr.op === "not") {
    if (operand.kind !== "boolean") return wantsCondition(expr.operand.span, "not", context);
    return { ...operand, node: context.builder.op("not", operand.node) };
  }
  if (operand.kind !== "number") return wantsNumber(expr.operand.span, "-", operand, context);
  return { ...operand, node: context.builder.op("neg", operand.node) };
}

function linkBinary(expr: Extract<Expr, { kind: "binary" }>, context: LinkContext): Value | undefined {
  if (expr.op === "==" || expr.op === "!=") {
    const words = linkWords(expr.left, expr.right, context);
    if (words !== "not words") {
      if (words === undefined) return undefined;
      const equal = words[0] === words[1];
      return truth((expr.op === "==") === equal, context);
    }
  }
  if (isPerCount(expr, context)) return link(expr.left, context);
  const left = link(expr.left, context);
  const right = link(expr.right, context);
  if (left === undefined || right === undefined) return undefined;
  if (expr.op === "and" || expr.op === "or") {
    if (left.kind !== "boolean") return wantsCondition(expr.left.span, expr.op, context);
    if (right.kind !== "boolean") return wantsCondition(expr.right.span, expr.op, context);
    const node = context.builder.op(expr.op, left.node, right.node);
    return { kind: "boolean", node, instant: left.instant || right.instant };
  }
  if (left.kind !== "number") return wantsNumber(expr.left.span, expr.op, left, context);
  if (right.kind !== "number") return wantsNumber(expr.right.span, expr.op, right, context);
  return arithmetic(expr, left, right, context);
}

function arithmetic(
  expr: Extract<Expr, { kind: "binary" }>,
  left: NumberValue,
  right: NumberValue,
  context: LinkContext,
): Value | undefined {
  const { builder } = context;
  const instant = left.instant || right.instant;
  switch (expr.op) {
    case "+":
    case "-": {
      const dimension = commonDimension(expr.span, expr.op, left, right, context);
      if (dimension === undefined) return undefined;
      const node = builder.op(expr.op === "+" ? "add" : "sub", left.node, right.node);
      return finite({ kind: "number", node, dimension, instant }, expr.span, context);
    }
    case "*": {
      const dimension = multiplyDimensions(left.dimension, right.dimension);
      const node = builder.op("mul", left.node, right.node);
      return finite({ kind: "number", node, dimension, instant }, expr.span, context);
    }
    case "/": {
      if (builder.constantValue(right.node) === 0) {
        context.report("division-by-zero", "this divides by zero", expr.right.span);
        return undefined;
      }
      const dimension = divideDimensions(left.dimension, right.dimension);
      const node = builder.op("div", left.node, right.node);
      return finite({ kind: "number", node, dimension, instant }, expr.span, context);
    }
    default:
      return compare(expr, left, right, context);
  }
}

function compare(
  expr: Extract<Expr, { kind: "binary" }>,
  left: NumberValue,
  right: NumberValue,
  context: LinkContext,
): Value | undefined {
  if (commonDimension(expr.span, expr.op, left, right, context) === undefined) return undefined;
  const { builder } = context;
  const instant = left.instant || right.instant;
  const [a, b] = [left.node, right.node];
  switch (expr.op) {
    case "<":
      return { kind: "boolean", node: builder.op("lt", a, b), instant };
    case "<=":
      return { kind: "boolean", node: builder.op("le", a, b), instant };
    case ">":
      return { kind: "boolean", node: builder.op("lt", b, a), instant };
    case ">=":
      return { kind: "boolean", node: builder.op("le", b, a), instant };
    case "==":
      return { kind: "boolean", node: builder.op("eq", a, b), instant };
    default:
      return { kind: "boolean", node: builder.op("ne", a, b), instant };
  }
}

function linkIn(expr: Extract<Expr, { kind: "in" }>, context: LinkContext): Value | undefined {
  const matches: boolean[] = [];
  for (const option of expr.options) {
    const words = linkWords(expr.value, option, context);
    if (words === undefined) return undefined;
    if (words === "not words") {
      context.report("wants-word", "`in` compares words, not numbers", option.span);
      return undefined;
    }
    matches.push(words[0] === words[1]);
  }
  return truth(matches.includes(true), context);
}

/**
 * Two sides as words when one of them is a word: the other may be a bare enum word. Numbers: "not words". Undefined where
 * there is a fault; one that was reported already, of the word that the other side is compared with, is not stated again.
 */
function linkWords(a: Expr, b: Expr, context: LinkContext): readonly [string, string] | "not words" | undefined {
  const left = wordOf(a, context);
  const right = wordOf(b, context);
  if (left === "failed" || right === "failed") {
    // What is no bare name has faults of its own.
    for (const side of [a, b]) if (side.kind !== "name") link(side, context);
    return undefined;
  }
  if (left === undefined && right === undefined) return "not words";
  const known = left ?? right;
  const other = left === undefined ? a : right === undefined ? b : undefined;
  if (other === undefined) return left && right ? [left.text, right.text] : undefined;
  if (other.kind !== "name" || other.path.length !== 1 || context.scope.value(other.path.join(".")) !== undefined) {
    context.report("wants-word", "a word can be compared with a word only", other.span);
    return undefined;
  }
  const word = other.path.join(".");
  const options = known?.options;
  if (options !== undefined && !options.includes(word)) {
    const near = suggest(word, options);
    const hint = near === undefined ? `allowed: ${options.join(", ")}` : `did you mean "${near}"?`;
    context.report("unknown-word", `"${word}" is none of the words allowed here`, other.span, hint);
    return undefined;
  }
  return left === undefined ? [word, known?.text ?? ""] : [left.text, word];
}

type Word = { readonly text: string; readonly options?: readonly string[] };

/** The word that an expression is; "failed" where it would be something if what it needs had no fault. */
function wordOf(expr: Expr, context: LinkContext): Word | "failed" | undefined {
  if (expr.kind === "text") return { text: expr.value };
  if (expr.kind !== "name" && expr.kind !== "lookup") return undefined;
  const named = context.scope.value(expr.kind === "name" ? expr.path.join(".") : expr.key);
  if (named === "failed") return named;
  if (expr.kind === "name") return named?.kind === "text" ? named : undefined;
  const table = context.scope.table(expr.table);
  const key = named?.kind === "text" ? named.text : expr.key;
  const cell = table?.cell(key, expr.column);
  if (cell === undefined || cell.value === null) return "failed";
  return typeof cell.value === "string" ? { text: cell.value } : undefined;
}

function truth(value: boolean, context: LinkContext): Value {
  return { kind: "boolean", node: context.builder.constant(value ? 1 : 0), instant: false };
}

/** The dimension both sides share; the literal 0 fits any. Reports what each side is otherwise. */
function commonDimension(
  span: Span,
  what: string,
  left: NumberValue,
  right: NumberValue,
  context: LinkContext,
): Dimension | undefined {
  if (sameDimension(left.dimension, right.dimension)) return left.dimension;
  if (left.zero === true) return right.dimension;
  if (right.zero === true) return left.dimension;
  const message = `"${what}" wants like on both sides: the left is ${describeDimension(left.dimension)}, the right is ${describeDimension(right.dimension)}`;
  context.report("unit-mismatch", message, span);
  return undefined;
}

/** A constant that is not finite is a fault of its formula; other nodes are looked at when they are evaluated. */
function finite(value: NumberValue, span: Span, context: LinkContext): Value | undefined {
  const constant = context.builder.constantValue(value.node);
  if (constant !== undefined && !Number.isFinite(constant)) {
    context.report("not-finite", "this gives no finite number", span);
    return undefined;
  }
  return value;
}

function wantsNumber(span: Span, what: string, value: Value, context: LinkContext): undefined {
  const is = value.kind === "text" ? `the word "${value.text}"` : "a condition";
  context.report("wants-number", `"${what}" wants a number, this is ${is}`, span);
  return undefined;
}

function wantsCondition(span: Span, what: string, context: LinkContext): undefined {
  context.report("wants-condition", `"${what}" wants a condition such as a < b`, span);
  return undefined;
}
