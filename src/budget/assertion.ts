// From the text of an assertion to a tree in which every name is one of a result's.
import type { Problems, Span } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { type Arities, parseFormula } from "../formula/parse.ts";
import { type Expr, FUNCTIONS } from "../formula/syntax.ts";
import { type Budget, wordFor } from "./budget.ts";
import type { Names } from "./names.ts";

/** What an assertion may call beyond the formula language. */
const RESULT_FUNCTIONS: Arities = { ...FUNCTIONS, baseline: [1, 1], crosses: [2, 2], share: [1, 1] };

/** First part of the names of the baseline; the brackets keep it apart from whatever an author can write. */
const BASELINE = "baseline()";
const SHARE = "share()";

export type Assertion = {
  readonly expr: Expr;
  readonly budget: Budget;
  /** conditions of which a share of samples is wanted, as written; `share().0` is the first */
  readonly shares: readonly { readonly text: string; readonly span: Span }[];
  /** names that exist now and did not in the baseline */
  readonly isNew: readonly string[];
};

export type AssertionTask = {
  readonly budget: Budget;
  readonly names: Names;
  /** undefined: there is none; "new": the baseline has no such scenario */
  readonly baseline: Names | "new" | undefined;
  readonly problems: Problems;
};

export function isBaseline(name: string): boolean {
  return name.startsWith(`${BASELINE}.`);
}

/** The index in `shares` of a share of samples; undefined for other names. */
export function shareIndex(name: string): number | undefined {
  return name.startsWith(`${SHARE}.`) ? Number(name.slice(SHARE.length + 1)) : undefined;
}

/** A name as its author knows it. */
export function writtenName(name: string, assertion: Assertion): string {
  const share = shareIndex(name);
  if (share !== undefined) return `share(${assertion.shares[share]?.text ?? ""})`;
  return isBaseline(name) ? `baseline(${name.slice(BASELINE.length + 1)})` : name;
}

/** Reads an assertion and resolves its names. @returns undefined when a fault was reported */
export function readAssertion(task: AssertionTask): Assertion | undefined {
  const { budget, problems } = task;
  if (tellsHyphens(task)) return undefined;
  const parsed = parseFormula(budget.assert, RESULT_FUNCTIONS);
  if ("problems" in parsed) {
    for (const { code, message, span, hint } of parsed.problems)
      problems.error(code, message, budget.place(span), hint);
    return undefined;
  }
  const resolver = new Resolver(task);
  const expr = resolver.resolve(parsed.expr, false);
  if (!resolver.failed && !resolver.named) {
    const message = "this names no figure of the result, and so says nothing about it";
    problems.error("no-figure", message, budget.place(parsed.expr.span), hintFor(task.names));
    return undefined;
  }
  if (resolver.failed) return undefined;
  return { expr, budget, shares: resolver.shares, isNew: [...resolver.isNew] };
}

/** A hyphen in the name of an architecture or component reads as a minus: the likeliest mistake, so it is stated by itself. */
function tellsHyphens({ budget, names, problems }: AssertionTask): boolean {
  let reported = false;
  let known: ReadonlySet<string> | undefined;
  const unquoted = budget.assert.replaceAll(/"[^"]*"|'[^']*'/g, (text) => " ".repeat(text.length));
  for (const { 0: text, index } of unquoted.matchAll(/[a-z][a-z0-9_]*(?:-[a-z0-9_]+)+/g)) {
    // A result has thousands of names, and hardly any assertion a hyphen.
    known ??= new Set([...names.keys()].flatMap((name) => name.split(".")));
    if (!known.has(wordFor(text))) continue;
    const place = budget.place({ start: index, end: index + text.length });
    problems.error("hyphen", `a hyphen is a minus here: "${text}"`, place, `write ${wordFor(text)}`);
    reported = true;
  }
  return reported;
}

function hintFor(names: Names): string {
  const [first] = [...names.keys()].filter((name) => name.endsWith(".cost.month"));
  return `e.g. ${first ?? "NAME.cost.month"} <= 100 USD; docs/budgets.md lists the names`;
}

class Resolver {
  /** whether any figure of the result is named */
  named = false;
  readonly shares: { readonly text: string; readonly span: Span }[] = [];
  readonly isNew = new Set<string>();
  failed = false;
  readonly #task: AssertionTask;
  readonly #architectures: ReadonlySet<string>;

  constructor(task: AssertionTask) {
    this.#task = task;
    const cheapest = task.names.get("cheapest");
    this.#architectures = new Set(cheapest?.kind === "text" ? cheapest.options : []);
  }

  resolve(expr: Expr, before: boolean): Expr {
    switch (expr.kind) {
      case "name":
        return this.#name(expr, before);
      case "text":
        return this.#text(expr);
      case "lookup":
        this.#fail("no-table", "a result has no tables", expr.span);
        return expr;
      case "unary":
        return { ...expr, operand: this.resolve(expr.operand, before) };
      case "binary":
        return { ...expr, left: this.resolve(expr.left, before), right: this.resolve(expr.right, before) };
      case "in":
        return {
          ...expr,
          value: this.resolve(expr.value, before),
          options: expr.options.map((option) => this.resolve(option, before)),
        };
      case "call":
        return this.#call(expr, before);
      default:
        return expr;
    }
  }

  #call(expr: Extract<Expr, { kind: "call" }>, before: boolean): Expr {
    const [first, second] = expr.args;
    if (expr.name === "baseline" && first !== undefined) {
      if (before) this.#fail("nested-baseline", "a baseline within a baseline", expr.span);
      return this.resolve(first, true);
    }
    if (expr.name === "crosses" && first !== undefined && second !== undefined) {
      const [past, now, bound] = [this.resolve(first, true), this.resolve(first, before), this.resolve(second, before)];
      const { span } = expr;
      return {
        kind: "binary",
        op: "and",
        left: { kind: "binary", op: "<=", left: past, right: bound, span },
        right: { kind: "binary", op: ">", left: now, right: bound, span },
        span,
      };
    }
    if (expr.name === "share" && first !== undefined) {
      // The names of the condition are checked as any others; the figures come from the samples.
      this.resolve(first, before);
      const text = this.#task.budget.assert.slice(first.span.start, first.span.end);
      this.shares.push({ text, span: first.span });
      return { kind: "name", path: [SHARE, String(this.shares.length - 1)], span: expr.span };
    }
    if (expr.name === "total" || expr.name === "mean" || expr.name === "peak") {
      this.#fail("no-instants", `"${expr.name}" has nothing to do here: results are figures of a month`, expr.span);
    }
    return { ...expr, args: expr.args.map((arg) => this.resolve(arg, before)) };
  }

  #name(expr: Extract<Expr, { kind: "name" }>, before: boolean): Expr {
    const { names, baseline } = this.#task;
    const name = expr.path.join(".");
    // A single word beside `cheapest` is the name of an architecture: `link` looks after those.
    const isWord = expr.path.length === 1 && (!before || this.#architectures.has(name));
    if (isWord && !names.has(name)) return expr;
    const figure = names.get(name) ?? (before && typeof baseline === "object" ? baseline.get(name) : undefined);
    if (figure === undefined) {
      this.#unknown(name, expr.span);
      return expr;
    }
    this.named = true;
    if (figure.kind === "absent") this.#fail("no-figure", figure.why, expr.span, figure.hint);
    if (!before) return expr;
    const past = typeof baseline === "object" ? baseline.get(name) : undefined;
    if (past === undefined || past.kind === "absent") this.isNew.add(name);
    return { ...expr, path: [BASELINE, ...expr.path] };
  }

  #text(expr: Extract<Expr, { kind: "text" }>): Expr {
    const word = wordFor(expr.value);
    if (this.#architectures.has(word)) return { ...expr, value: word };
    const near = suggest(word, this.#architectures);
    const all = `architectures: ${[...this.#architectures].join(", ")}`;
    this.#fail(
      "unknown-architecture",
      `no architecture "${expr.value}"`,
      expr.span,
      near === undefined ? all : `did you mean "${near}"?`,
    );
    return expr;
  }

  #unknown(name: string, span: Span): void {
    const { names } = this.#task;
    const known = [...names.keys()];
    const first = name.split(".")[0] ?? "";
    const isArchitecture = this.#architectures.has(first);
    const own = isArchitecture ? known.filter((other) => other.startsWith(`${first}.`)) : known;
    const near = suggest(name, own) ?? suggest(name, known);
    const kin = [...new Set(own.map((other) => other.split(".").slice(0, 2).join(".")))];
    const all = isArchitecture ? `known: ${kin.join(", ")}` : `architectures: ${[...this.#architectures].join(", ")}`;
    this.#fail(
      "unknown-name",
      `no name "${name}" in the result`,
      span,
      near === undefined ? all : `did you mean "${near}"?`,
    );
  }

  #fail(code: string, message: string, span: Span, hint?: string): void {
    this.failed = true;
    this.#task.problems.error(code, message, this.#task.budget.place(span), hint);
  }
}
