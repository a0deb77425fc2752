import type { Span } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { type FormulaProblem, lex, type Token } from "./lex.ts";
import { BINARY_PRECEDENCE, binaryOp, isComparison, PRECEDENCE } from "./precedence.ts";
import { type Expr, FUNCTIONS } from "./syntax.ts";
import { isUnit } from "./unit.ts";

/** Characters of one formula at most. */
const MAX_LENGTH = 10_000;
/** Brackets, calls and prefix operators inside each other at most. */
const MAX_NESTING = 100;
/** Operations on the longest way from the root to a leaf at most, so that no reader of a tree runs out of stack. */
const MAX_CHAIN = 500;

export type ParsedFormula = { readonly expr: Expr } | { readonly problems: readonly FormulaProblem[] };

/** Names of functions with their least and greatest number of arguments. */
export type Arities = Readonly<Record<string, readonly [number, number]>>;

const CUT_HINT = "quote the formula: in YAML a comma or brace may have cut it";

/**
 * Reads a formula. From loosest to tightest: `or`, `and`, `not`, comparison and `in` (which do not chain), `+ -`, `* /`,
 * sign, literal with unit. Never throws, whatever the text; takes time linear in it.
 * @param functions what may be called; a caller that gives more than the language has takes care of the rest itself
 * @returns the tree with spans in `text`, or every problem found (one at least)
 */
export function parseFormula(text: string, functions: Arities = FUNCTIONS): ParsedFormula {
  if (text.length > MAX_LENGTH) {
    const message = `this formula has ${text.length} characters, the limit is ${MAX_LENGTH}`;
    const hint = "name its parts with let";
    return { problems: [{ code: "formula-too-long", message, span: { start: MAX_LENGTH, end: text.length }, hint }] };
  }
  const literal = literalOf(text);
  if (literal !== undefined) return { expr: literal };
  const { tokens, problems } = lex(text);
  if (problems.length > 0) return { problems };
  const parser = new Parser(text, tokens, functions);
  const expr = parser.formula();
  if (expr === undefined || parser.problems.length > 0) return { problems: parser.problems };
  if (height(expr) > MAX_CHAIN) {
    const message = `this formula chains more operations than the limit of ${MAX_CHAIN}`;
    return { problems: [{ code: "formula-too-deep", message, span: expr.span, hint: "name its parts with let" }] };
  }
  return { expr };
}

/** A figure with or without its unit; half of what is read is no more than that. */
const LITERAL = /^((?:0|[1-9]\d{0,14})(?:\.\d{1,9})?)(?: ?([A-Za-z]+|%))?$/;

function literalOf(text: string): Expr | undefined {
  const [, digits, unit] = LITERAL.exec(text) ?? [];
  if (digits === undefined || (unit !== undefined && !isUnit(unit))) return undefined;
  const value = Number(digits);
  const span = { start: 0, end: text.length };
  return unit === undefined ? { kind: "number", value, span } : { kind: "literal", value, unit, span };
}

/** `undefined` from a method means: a problem was noted after which nothing more can be read. */
class Parser {
  readonly problems: FormulaProblem[] = [];
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #functions: Arities;
  readonly #open: Span[] = [];
  #index = 0;
  #depth = 0;

  constructor(text: string, tokens: readonly Token[], functions: Arities) {
    this.#text = text;
    this.#tokens = tokens;
    this.#functions = functions;
  }

  formula(): Expr | undefined {
    const { kind, span } = this.#peek();
    if (kind === "end") return this.#fail("empty-formula", "the formula is empty", span);
    const expr = this.#expression(PRECEDENCE.or);
    if (expr === undefined || this.#peek().kind === "end") return expr;
    return this.#unexpectedAfter(expr);
  }

  #peek(): Token {
    const token = this.#tokens[this.#index];
    return token ?? { kind: "end", span: { start: this.#text.length, end: this.#text.length } };
  }

  #expression(least: number): Expr | undefined {
    let left = this.#prefix(least);
    while (left !== undefined) {
      const token = this.#peek();
      const symbol = token.kind === "symbol" ? token.text : "";
      const op = binaryOp(symbol);
      const precedence = op === undefined ? PRECEDENCE.comparison : BINARY_PRECEDENCE[op];
      if ((op === undefined && symbol !== "in") || precedence < least) return left;
      this.#index += 1;
      if (op === undefined) {
        left = this.#membership(left);
      } else {
        const right = this.#expression(precedence + 1);
        if (right === undefined) return undefined;
        left = { kind: "binary", op, left, right, span: across(left, right) };
      }
      if (precedence === PRECEDENCE.comparison && this.#comparesAgain()) {
        const hint = "join two comparisons with and: a < b and b < c";
        return this.#fail("chained-comparison", "comparisons do not chain", this.#peek().span, hint);
      }
    }
    return undefined;
  }

  #comparesAgain(): boolean {
    const token = this.#peek();
    return token.kind === "symbol" && isComparison(token.text);
  }

  #prefix(least: number): Expr | undefined {
    const token = this.#peek();
    switch (token.kind) {
      case "number":
        return this.#number(token);
      case "unit":
        return this.#unit(token);
      case "text":
      case "lookup":
        this.#index += 1;
        return token;
      case "name":
        return this.#name(token);
      case "symbol":
        return this.#symbol(token.text, token.span, least);
      case "end":
        return this.#missing(token.span);
      default:
        return token satisfies never;
    }
  }

  #number(token: Extract<Token, { kind: "number" }>): Expr {
    this.#index += 1;
    const next = this.#peek();
    if (next.kind !== "unit") return token;
    this.#index += 1;
    return { kind: "literal", value: token.value, unit: next.unit, span: across(token, next) };
  }

  #unit(token: Extract<Token, { kind: "unit" }>): Expr | undefined {
    this.#index += 1;
    if (token.unit === "%") return this.#fail("lone-percent", '"%" wants a number before it, such as 70%', token.span);
    return this.#opens("(") && Object.hasOwn(this.#functions, token.unit) ? this.#call(token.unit, token.span) : token;
  }

  #name(token: Extract<Token, { kind: "name" }>): Expr | undefined {
    this.#index += 1;
    const name = token.path.join(".");
    if (this.#opens("(")) return this.#call(name, token.span);
    if (name !== "if") return token;
    return this.#fail("bad-if", '"if" is a function', token.span, "write if(condition, a, b)");
  }

  #symbol(symbol: string, span: Span, least: number): Expr | undefined {
    switch (symbol) {
      case "(":
        return this.#group(span);
      case "-":
        return this.#unary("-", span, PRECEDENCE.sign);
      case "not":
        if (least <= PRECEDENCE.not) return this.#unary("not", span, PRECEDENCE.not);
        return this.#fail("misplaced-not", '"not" applies to a whole comparison', span, "write (not a) in parentheses");
      case "+":
        return this.#fail("missing-value", 'a value is missing before "+"', span, "a number needs no + sign");
      case "[":
        return this.#fail("misplaced-list", "a list stands only after in", span, "write a in [b, c]");
      default:
        return this.#missing(span);
    }
  }

  #unary(op: "-" | "not", span: Span, precedence: number): Expr | undefined {
    this.#index += 1;
    const operand = this.#nested(span, () => this.#expression(precedence));
    return operand === undefined
      ? undefined
      : { kind: "unary", op, operand, span: { start: span.start, end: operand.span.end } };
  }

  /** The span of a group includes its parentheses, so that spans of what is built on it have balanced ones. */
  #group(open: Span): Expr | undefined {
    const inner = this.#bracketed(open, () => this.#expression(PRECEDENCE.or));
    if (inner === undefined) return undefined;
    if (!this.#opens(")")) return this.#unexpectedAfter(inner);
    const span = { start: open.start, end: this.#close() };
    return { ...inner, span };
  }

  #call(name: string, nameSpan: Span): Expr | undefined {
    const args = this.#list(")");
    if (args === undefined) return undefined;
    const span = { start: nameSpan.start, end: this.#close() };
    this.#checkCall(name, nameSpan, args.length, span);
    return { kind: "call", name, nameSpan, args, span };
  }

  #membership(value: Expr): Expr | undefined {
    if (!this.#opens("[")) {
      return this.#fail("missing-list", '"in" wants a list', this.#peek().span, 'write a in [b, "c-d"]');
    }
    const open = this.#peek().span;
    const options = this.#list("]");
    if (options === undefined) return undefined;
    const span = { start: value.span.start, end: this.#close() };
    if (options.length > 0) return { kind: "in", value, options, span };
    return this.#fail("empty-list", "this list is empty", { start: open.start, end: span.end });
  }

  /** Expressions between the bracket at hand and its `closing`, which is left for the caller. */
  #list(closing: ")" | "]"): readonly Expr[] | undefined {
    return this.#bracketed(this.#peek().span, () => {
      const items: Expr[] = [];
      if (this.#opens(closing)) return items;
      while (true) {
        const item = this.#expression(PRECEDENCE.or);
        if (item === undefined) return undefined;
        items.push(item);
        if (this.#opens(closing)) return items;
        if (!this.#opens(",")) return this.#unexpectedAfter(item);
        this.#index += 1;
      }
    });
  }

  /** Reads what follows an opening bracket; the bracket stays on the stack of open ones until `#close`. */
  #bracketed<T>(open: Span, read: () => T | undefined): T | undefined {
    this.#index += 1;
    this.#open.push(open);
    return this.#nested(open, read);
  }

  /** Takes the closing bracket at hand and returns where it ends. */
  #close(): number {
    const { end } = this.#peek().span;
    this.#index += 1;
    this.#open.pop();
    return end;
  }

  #nested<T>(span: Span, read: () => T | undefined): T | undefined {
    if (this.#depth >= MAX_NESTING) {
      const message = `this formula nests deeper than the limit of ${MAX_NESTING}`;
      return this.#fail("formula-too-deep", message, span, "name its parts with let");
    }
    this.#depth += 1;
    const result = read();
    this.#depth -= 1;
    return result;
  }

  /** Faults of a call leave the tree sound, so reading goes on. */
  #checkCall(name: string, nameSpan: Span, count: number, span: Span): void {
    const arity = Object.hasOwn(this.#functions, name) ? this.#functions[name] : undefined;
    if (arity === undefined) {
      const names = Object.keys(this.#functions);
      const near = suggest(name, names);
      const hint = near === undefined ? `functions: ${names.join(", ")}` : `did you mean "${near}"?`;
      this.#fail("unknown-function", `no function "${name}"`, nameSpan, hint);
      return;
    }
    const [least, most] = arity;
    if (count >= least && count <= most) return;
    const bound = least === most ? "" : count < least ? "at least " : "at most ";
    const wanted = count < least ? least : most;
    const message = `"${name}" needs ${bound}${wanted} argument${wanted === 1 ? "" : "s"}, has ${count}`;
    this.#fail("wrong-arity", message, span);
  }

  #opens(symbol: string): boolean {
    const token = this.#peek();
    return token.kind === "symbol" && token.text === symbol;
  }

  #missing(span: Span): undefined {
    if (this.#peek().kind !== "end") {
      return this.#fail("missing-value", `a value is missing before "${this.#shown(span)}"`, span);
    }
    if (this.#open.length > 0) return this.#unclosed(span);
    return this.#fail("missing-value", "the formula ends where a value is expected", span, CUT_HINT);
  }

  /** What follows a whole expression and cannot: says the likeliest reason. */
  #unexpectedAfter(before: Expr): undefined {
    const { kind, span } = this.#peek();
    if (kind === "end") return this.#unclosed(span);
    const shown = this.#shown(span);
    const message = `"${shown}" is not expected here`;
    if (kind === "unit" && shown === "%") {
      return this.#fail("unexpected", message, span, '"%" is percent and follows a number; there is no remainder');
    }
    if (kind !== "symbol") {
      const hint = before.kind === "number" && kind === "name" ? `no unit "${shown}"` : "write * to multiply";
      return this.#fail("missing-operator", `an operator is missing before "${shown}"`, span, hint);
    }
    if (shown === ")" && this.#open.length === 0)
      return this.#fail("unexpected", 'this ")" closes nothing', span, CUT_HINT);
    if (shown === "not") return this.#fail("unexpected", message, span, "write not a in [b, c], with not in front");
    if (shown === "(") return this.#fail("unexpected", message, span, "write * to multiply");
    if (shown === "[") return this.#fail("unexpected", message, span, "a look-up is written table[key].column");
    if (shown === ",")
      return this.#fail("unexpected", message, span, "commas stand only between arguments: 1000, not 1,000");
    return this.#fail("unexpected", message, span);
  }

  /** Blames the innermost open bracket for an end that comes too early. */
  #unclosed(end: Span): undefined {
    const open = this.#open.at(-1) ?? end;
    return this.#fail("unclosed-bracket", `this "${this.#shown(open)}" is not closed`, open, CUT_HINT);
  }

  #shown(span: Span): string {
    return this.#text.slice(span.start, span.end);
  }

  #fail(code: string, message: string, span: Span, hint?: string): undefined {
    this.problems.push({ code, message, span, ...(hint === undefined ? {} : { hint }) });
    return undefined;
  }
}

function across(first: { readonly span: Span }, last: { readonly span: Span }): Span {
  return { start: first.span.start, end: last.span.end };
}

/** Height of a tree, found without recursion: a sum of thousands of terms is as deep as it is long. */
function height(root: Expr): number {
  let highest = 0;
  const stack: { readonly expr: Expr; readonly depth: number }[] = [{ expr: root, depth: 1 }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const depth = top.depth;
    highest = Math.max(highest, depth);
    for (const child of childrenOf(top.expr)) stack.push({ expr: child, depth: depth + 1 });
  }
  return highest;
}

function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "unary":
      return [expr.operand];
    case "binary":
      return [expr.left, expr.right];
    case "in":
      return [expr.value, ...expr.options];
    case "call":
      return expr.args;
    default:
      return [];
  }
}
