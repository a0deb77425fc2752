// Whether an assertion holds: true, false, or undefined where the result leaves it open.
import { GraphBuilder } from "../formula/builder.ts";
import { flatCurve } from "../formula/curve.ts";
import { evaluateOne } from "../formula/evaluate-one.ts";
import { link } from "../formula/link.ts";
import type { Expr } from "../formula/syntax.ts";
import type { Dimension } from "../formula/unit.ts";
import type { LinkContext, Value } from "../formula/value.ts";
import { corners, type Ratio } from "./bands.ts";
import type { Figure } from "./figure.ts";

/** Figures that differ by less than this share of the greater are equal: sums in another order are no broken budget. */
const TOLERANCE = 1e-9;

export type Truth = boolean | undefined;

type Binary = Extract<Expr, { kind: "binary" }>;
type Membership = Extract<Expr, { kind: "in" }>;

/** A comparison of the assertion with what stands on both sides: numbers in base units (bands at their centre), or words. */
export type Compared = {
  readonly expr: Binary | Membership;
  readonly truth: Truth;
  readonly sides:
    | { readonly kind: "numbers"; readonly left: number; readonly right: number; readonly dimension: Dimension }
    | { readonly kind: "words"; readonly left: string; readonly right: string };
};

export type TruthTask = {
  readonly figure: (name: string) => Figure | undefined;
  readonly monthSeconds: number;
  /** how the carbon of two architectures is known to compare, where their bands move together */
  readonly ratio: (a: string, b: string) => Ratio | undefined;
  readonly report: LinkContext["report"];
};

/**
 * Checks an assertion's units and finds whether it holds. Three-valued: what is open stays open unless the rest decides.
 * @returns undefined when a fault was reported
 */
export function truthOf(
  expr: Expr,
  task: TruthTask,
): { readonly truth: Truth; readonly compared: readonly Compared[] } | undefined {
  const context = contextFor(task);
  const value = link(expr, context);
  if (value === undefined) return undefined;
  if (value.kind !== "boolean") {
    task.report("wants-condition", "an assertion is a condition such as monolith.cost.month <= 160 kUSD", expr.span);
    return undefined;
  }
  const judge = new Judge(task, context);
  return { truth: judge.truth(expr), compared: judge.compared };
}

function contextFor(task: TruthTask): LinkContext {
  const builder = new GraphBuilder(flatCurve());
  return {
    builder,
    monthSeconds: task.monthSeconds,
    report: task.report,
    scope: {
      value: (name) => valueFor(name, task.figure(name), builder),
      names: () => [],
      table: () => undefined,
    },
  };
}

function valueFor(name: string, figure: Figure | undefined, builder: GraphBuilder): Value | undefined {
  switch (figure?.kind) {
    case "number":
    case "band": {
      const node = builder.input(name, figure.kind === "band" ? figure.central : figure.value);
      return { kind: "number", node, dimension: figure.dimension, instant: false };
    }
    case "text":
      return { kind: "text", text: figure.text, options: figure.options };
    case "boolean":
      return { kind: "boolean", node: builder.constant(figure.value ? 1 : 0), instant: false };
    default:
      return undefined;
  }
}

class Judge {
  readonly compared: Compared[] = [];
  readonly #task: TruthTask;
  readonly #context: LinkContext;

  constructor(task: TruthTask, context: LinkContext) {
    this.#task = task;
    this.#context = context;
  }

  truth(expr: Expr): Truth {
    switch (expr.kind) {
      case "unary":
        return expr.op === "not" ? negated(this.truth(expr.operand)) : undefined;
      case "binary":
        return this.#binary(expr);
      case "call":
        return this.#choice(expr);
      case "in":
        return this.#membership(expr);
      case "name": {
        const figure = this.#task.figure(expr.path.join("."));
        return figure?.kind === "boolean" ? figure.value : undefined;
      }
      default:
        return undefined;
    }
  }

  /** `if(c, a, b)` of conditions. */
  #choice(expr: Extract<Expr, { kind: "call" }>): Truth {
    const [condition, whenTrue, whenFalse] = expr.args;
    if (condition === undefined || whenTrue === undefined || whenFalse === undefined) return undefined;
    const chosen = this.truth(condition);
    const [yes, no] = [this.truth(whenTrue), this.truth(whenFalse)];
    if (chosen === undefined) return yes === no ? yes : undefined;
    return chosen ? yes : no;
  }

  #binary(expr: Binary): Truth {
    if (expr.op === "and" || expr.op === "or") {
      const sides = [this.truth(expr.left), this.truth(expr.right)];
      const decisive = expr.op === "or";
      if (sides.includes(decisive)) return decisive;
      return sides.includes(undefined) ? undefined : !decisive;
    }
    const words = this.#words(expr);
    if (words !== undefined) {
      const truth = (expr.op === "==") === (words[0] === words[1]);
      this.compared.push({ expr, truth, sides: { kind: "words", left: words[0], right: words[1] } });
      return truth;
    }
    return this.#numbers(expr);
  }

  /** Both sides as words when one of them is a word; the other may be the bare name of an architecture. */
  #words({ left, right }: Binary): readonly [string, string] | undefined {
    const [a, b] = [this.#word(left), this.#word(right)];
    if (a === undefined && b === undefined) return undefined;
    return [a ?? bareWord(left), b ?? bareWord(right)];
  }

  #word(expr: Expr): string | undefined {
    if (expr.kind === "text") return expr.value;
    const figure = expr.kind === "name" ? this.#task.figure(expr.path.join(".")) : undefined;
    return figure?.kind === "text" ? figure.text : undefined;
  }

  /** Membership is decided when it is linked. */
  #membership(expr: Membership): Truth {
    const value = link(expr, this.#context);
    const truth = value?.kind === "boolean" ? this.#context.builder.constantValue(value.node) === 1 : undefined;
    const word = this.#word(expr.value);
    if (word !== undefined) {
      const options = expr.options.map((option) => this.#word(option) ?? bareWord(option)).join(", ");
      this.compared.push({ expr, truth, sides: { kind: "words", left: word, right: `one of ${options}` } });
    }
    return truth;
  }

  #numbers(expr: Binary): Truth {
    const [left, right] = [link(expr.left, this.#context), link(expr.right, this.#context)];
    if (left?.kind !== "number" || right?.kind !== "number") return undefined;
    const graph = this.#context.builder.graph();
    const names = namesIn(expr);
    const endless = names.some((name) => isEndless(this.#task.figure(name)));
    const at = (overrides: ReadonlyMap<string, number>): readonly [number, number] => {
      const { value } = evaluateOne(graph, [left.node, right.node], overrides);
      return [value(left.node), value(right.node)];
    };
    const found = corners(names, this.#task).map((overrides) => compare(expr.op, at(overrides), endless));
    const [first] = found;
    const truth = found.every((one) => one === first) ? first : undefined;
    const [a, b] = at(new Map());
    const dimension = "zero" in left && left.zero === true ? right.dimension : left.dimension;
    this.compared.push({ expr, truth, sides: { kind: "numbers", left: a, right: b, dimension } });
    return truth;
  }
}

function bareWord(expr: Expr): string {
  return expr.kind === "name" ? expr.path.join(".") : "";
}

function negated(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

/** The names of an expression, each once. */
export function namesIn(expr: Expr): readonly string[] {
  switch (expr.kind) {
    case "name":
      return [expr.path.join(".")];
    case "unary":
      return namesIn(expr.operand);
    case "binary":
      return [...new Set([...namesIn(expr.left), ...namesIn(expr.right)])];
    case "in":
      return [...new Set([expr.value, ...expr.options].flatMap(namesIn))];
    case "call":
      return [...new Set(expr.args.flatMap(namesIn))];
    default:
      return [];
  }
}

/** Never: the only figure that may be infinite. */
function isEndless(figure: Figure | undefined): boolean {
  return figure?.kind === "number" && figure.value === Number.POSITIVE_INFINITY;
}

function compare(op: Binary["op"], [left, right]: readonly [number, number], endless: boolean): Truth {
  if (Number.isNaN(left) || Number.isNaN(right)) return undefined;
  if (!endless && !(Number.isFinite(left) && Number.isFinite(right))) return undefined;
  const equal = left === right || Math.abs(left - right) <= TOLERANCE * Math.max(Math.abs(left), Math.abs(right));
  switch (op) {
    case "<":
      return left < right && !equal;
    case "<=":
      return left < right || equal;
    case ">":
      return left > right && !equal;
    case ">=":
      return left > right || equal;
    case "==":
      return equal;
    case "!=":
      return !equal;
    default:
      return undefined;
  }
}
