// What an assertion came to, in words: what is, what was wanted, how much room is left.

import { gapBetween } from "../formula/arithmetic.ts";
import { printFormula } from "../formula/print.ts";
import type { Expr } from "../formula/syntax.ts";
import { percent } from "../result/number.ts";
import { type Assertion, writtenName } from "./assertion.ts";
import { figurePair } from "./figures.ts";
import { type Compared, namesIn, type Truth } from "./truth.ts";

export type Judgement = {
  readonly actual: string | null;
  readonly expected: string | null;
  /** room as a share of the bound, negative when it is broken */
  readonly margin: number | null;
  readonly sentence: string;
};

const BOUND_WORDS: Readonly<Record<string, string>> = {
  "<": "less than",
  "<=": "at most",
  ">": "more than",
  ">=": "at least",
  "==": "exactly",
  "!=": "anything but",
};
const FLIPPED: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };
/** Comparisons that one sentence says of. */
const TOLD = 3;

/** @param monthSeconds length of the scenario's month */
export function judge(
  assertion: Assertion,
  truth: Truth,
  compared: readonly Compared[],
  monthSeconds: number,
): Judgement {
  const direct = conjuncts(assertion.expr);
  const sided = compared
    .filter(({ expr }) => direct.includes(expr))
    .map((one) => comparedWords(one, assertion, monthSeconds))
    .sort((a, b) => rank(a, truth) - rank(b, truth));
  const [worst] = sided;
  if (worst !== undefined) return worst;
  const others = compared.slice(0, TOLD).map((one) => comparedWords(one, assertion, monthSeconds));
  const crossing = crossed(others);
  if (crossing !== undefined) return crossing;
  const list = others.map(({ subject, actual }) => `${subject} is ${actual}`).join(", ");
  return {
    actual: others[0]?.actual ?? null,
    expected: null,
    margin: null,
    sentence: list === "" ? `it says ${truth === true}` : list,
  };
}

/** `limit`: the bound in words; null where it is no figure. */
type Told = Judgement & { readonly subject: string; readonly truth: Truth; readonly limit: string | null };

/** The comparison that decides stands first: broken before open before kept, the least room first. */
function rank({ truth, margin }: Told, of: Truth): number {
  const order = truth === of ? 0 : truth === undefined ? 1e6 : 2e6;
  return order + Math.max(-1e5, Math.min(margin ?? 1e5, 1e5));
}

/** `crosses(x, bound)`: the same figure before and now, against one bound. */
function crossed([past, now, more]: readonly Told[]): Judgement | undefined {
  if (past === undefined || now === undefined || more !== undefined) return undefined;
  if (past.subject !== `baseline(${now.subject})` || now.limit === null) return undefined;
  const expected = `on the same side of ${now.limit} as before`;
  const sentence = `${now.subject} is ${now.actual}, was ${past.actual}; the bound is ${now.limit}`;
  return { actual: now.actual, expected, margin: null, sentence };
}

/** The comparisons that all have to hold; none where the assertion is joined otherwise. */
function conjuncts(expr: Expr): readonly Expr[] {
  if (expr.kind === "in") return [expr];
  if (expr.kind !== "binary") return [];
  if (expr.op === "or") return [];
  return expr.op === "and" ? [...conjuncts(expr.left), ...conjuncts(expr.right)] : [expr];
}

function comparedWords({ expr, truth, sides }: Compared, assertion: Assertion, monthSeconds: number): Told {
  if (expr.kind === "in") {
    const [actual, expected] = [String(sides.left), String(sides.right)];
    const subject = written(expr.value, assertion);
    const sentence = `${subject} is ${actual}; wanted: ${expected}`;
    return { subject, actual, expected, margin: null, truth, limit: null, sentence };
  }
  const flipped = namesIn(expr.left).length === 0 && namesIn(expr.right).length > 0;
  const op = flipped ? (FLIPPED[expr.op] ?? expr.op) : expr.op;
  const [subjectExpr, boundExpr] = flipped ? [expr.right, expr.left] : [expr.left, expr.right];
  const subject = written(subjectExpr, assertion);
  const bound = written(boundExpr, assertion);
  const wanted = BOUND_WORDS[op] ?? op;
  if (sides.kind === "words") {
    const [actual, expected] = flipped ? [sides.right, sides.left] : [sides.left, sides.right];
    const sentence = `${subject} is ${actual}; wanted: ${op === "!=" ? "anything but " : ""}${expected}`;
    return { subject, actual, expected, margin: null, truth, limit: null, sentence };
  }
  const [value, limit] = flipped ? [sides.right, sides.left] : [sides.left, sides.right];
  const isShare = bound.includes("%") || subject.endsWith(".share");
  const [actual, limitText] = figurePair(value, limit, { dimension: sides.dimension, monthSeconds, isShare });
  const margin = marginOf(op, value, limit);
  const expected = `${wanted} ${limitText}`;
  const source = namesIn(boundExpr).length === 0 ? "" : ` (${bound})`;
  const away = truth === false && margin !== null && margin < 0 ? `, ${percent(-margin)} ${beyond(op)}` : "";
  return {
    subject,
    actual,
    expected,
    margin,
    truth,
    limit: limitText,
    sentence: `${subject} is ${actual}; wanted: ${expected}${source}${away}`,
  };
}

function beyond(op: string): string {
  return op === "<" || op === "<=" ? "over" : "under";
}

function marginOf(op: string, value: number, limit: number): number | null {
  const room =
    op === "<" || op === "<="
      ? gapBetween(limit, value)
      : op === ">" || op === ">="
        ? gapBetween(value, limit)
        : Number.NaN;
  const margin = room / Math.abs(limit);
  return Number.isFinite(margin) ? margin : null;
}

/** An expression as its author could have written it. */
function written(expr: Expr, assertion: Assertion): string {
  return printFormula(renamed(expr, assertion));
}

function renamed(expr: Expr, assertion: Assertion): Expr {
  const of = (inner: Expr): Expr => renamed(inner, assertion);
  switch (expr.kind) {
    case "name":
      return { ...expr, path: [writtenName(expr.path.join("."), assertion)] };
    case "unary":
      return { ...expr, operand: of(expr.operand) };
    case "binary":
      return { ...expr, left: of(expr.left), right: of(expr.right) };
    case "call":
      return { ...expr, args: expr.args.map(of) };
    default:
      return expr;
  }
}
