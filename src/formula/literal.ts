// Figures as people write them outside formulas: in options, columns of files and ends of a ramp.
import { parseFormula } from "./parse.ts";
import type { Expr } from "./syntax.ts";
import { type Dimension, inBaseUnits, PLAIN, sameDimension, TIME, type UnitOptions, unitFactor } from "./unit.ts";

const USUAL_MONTH: UnitOptions = { monthSeconds: 730 * 3600 };

/** A number with or without a unit, in base units; undefined for anything else. */
export function readLiteral(text: string, dimension: Dimension, options: UnitOptions): number | undefined {
  const parsed = parseFormula(text.trim());
  return "expr" in parsed ? figureOf(parsed.expr, dimension, options) : undefined;
}

function figureOf(expr: Expr, dimension: Dimension, options: UnitOptions): number | undefined {
  if (expr.kind === "unary" && expr.op === "-") {
    const value = figureOf(expr.operand, dimension, options);
    return value === undefined ? undefined : -value;
  }
  if (expr.kind === "number") return sameDimension(dimension, PLAIN) ? expr.value : undefined;
  const unit = expr.kind === "literal" ? unitFactor(expr.unit, options) : undefined;
  if (expr.kind !== "literal" || unit === undefined || !sameDimension(unit.dimension, dimension)) return undefined;
  return inBaseUnits(expr.value, unit.factor);
}

/** A share such as `10%`, `10 %` or `0.1`; NaN for anything else, which no range holds. */
export function readShare(text: string): number {
  return readLiteral(text, PLAIN, USUAL_MONTH) ?? Number.NaN;
}

/** Seconds of `90 s`, `10 min`, `1h`, `2d`, `10m` (minutes, as on other command lines); undefined for anything else. */
export function readSeconds(text: string): number | undefined {
  const written = text
    .trim()
    .replace(/(?<=\d\s*)m$/, "min")
    .replace(/(?<=\d\s*)d$/, "day");
  return readLiteral(written, TIME, USUAL_MONTH);
}

/** The unit of a formula that is nothing but a literal (`3 min`, `-5 %`). */
export function unitOfLiteral(text: string): string | undefined {
  const parsed = parseFormula(text.trim());
  if (!("expr" in parsed)) return undefined;
  const { expr } = parsed;
  const figure = expr.kind === "unary" && expr.op === "-" ? expr.operand : expr;
  return figure.kind === "literal" ? figure.unit : undefined;
}
