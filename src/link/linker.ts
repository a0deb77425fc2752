import type { Place, Problems, Span } from "../diagnostic/diagnostic.ts";
import type { GraphBuilder } from "../formula/builder.ts";
import { link } from "../formula/link.ts";
import { type ParsedFormula, parseFormula } from "../formula/parse.ts";
import type { Expr } from "../formula/syntax.ts";
import { describeDimension, inBaseUnits, PLAIN, parseUnit, sameDimension, type Unit } from "../formula/unit.ts";
import type { Scope, Value } from "../formula/value.ts";

export type NumberValue = Extract<Value, { kind: "number" }>;

/** A formula as written in a file, with the way back to its place. */
export type Written = {
  readonly text: string | number | boolean;
  place(span?: Span): Place;
  /** what the formula is part of, where the place shows another text than the formula */
  readonly within?: string;
};

export const NO_UNIT: Unit = { text: "", factor: 1, dimension: PLAIN };
/** Of figures that are written in percent: `20` and `20 %` are the same share. */
export const PERCENT: Unit = { text: "%", factor: 0.01, dimension: PLAIN };

/** What a figure may be, in base units, and the words for it. */
export type Range = {
  readonly least?: number;
  readonly most?: number;
  readonly below?: number;
  readonly words: string;
};
export const FROM_0_TO_100: Range = { least: 0, most: 1, words: "is between 0 and 100 %" };
export const FROM_0: Range = { least: 0, words: "is 0 or more" };

/** Turns written formulas into nodes of one graph, telling every fault with its place. */
export class Linker {
  readonly builder: GraphBuilder;
  readonly problems: Problems;
  readonly monthSeconds: number;
  readonly #units = new Map<string, Unit | undefined>();
  readonly #parsed: Map<string, ParsedFormula>;

  /** @param parsed formulas that are known, and those to come: a tree is the same whoever reads it */
  constructor(
    builder: GraphBuilder,
    problems: Problems,
    monthSeconds: number,
    parsed: Map<string, ParsedFormula> = new Map(),
  ) {
    this.builder = builder;
    this.problems = problems;
    this.monthSeconds = monthSeconds;
    this.#parsed = parsed;
  }

  /** A unit as a price list or a parameter writes it, e.g. `GB*s`; undefined where it cannot be read. */
  unit(text: string | undefined): Unit | undefined {
    if (text === undefined) return NO_UNIT;
    if (!this.#units.has(text)) {
      const parsed = parseUnit(text, { monthSeconds: this.monthSeconds });
      this.#units.set(
        text,
        "error" in parsed ? undefined : { text, factor: parsed.factor, dimension: parsed.dimension },
      );
    }
    return this.#units.get(text);
  }

  parse(written: Written): Expr | undefined {
    const text = String(written.text);
    const parsed = this.#parsed.get(text) ?? parseFormula(text);
    this.#parsed.set(text, parsed);
    if ("expr" in parsed) return parsed.expr;
    for (const { code, message, span, hint } of parsed.problems) this.#report(written, code, message, span, hint);
    return undefined;
  }

  #report(written: Written, code: string, message: string, span: Span, hint: string | undefined): void {
    const { within } = written;
    const said = within === undefined ? message : `with these values ${message.replace(/^this /, "it ")}: ${within}`;
    this.problems.error(code, said, written.place(span), hint);
  }

  /** Links a formula in a scope, whatever it gives. */
  value(written: Written, scope: Scope): Value | undefined {
    const expr = this.parse(written);
    if (expr === undefined) return undefined;
    return link(expr, {
      builder: this.builder,
      scope,
      monthSeconds: this.monthSeconds,
      report: (code, message, span, hint) => this.#report(written, code, message, span, hint),
    });
  }

  /** A number of the wanted unit. A bare number is in that unit; a formula must have its dimension. */
  number(written: Written, scope: Scope, unit: Unit, what: string): NumberValue | undefined {
    const bare = this.#bareNumber(written);
    if (bare !== undefined) {
      const node = this.builder.constant(inBaseUnits(bare, unit.factor));
      return { kind: "number", node, dimension: unit.dimension, instant: false };
    }
    const value = this.value(written, scope);
    if (value === undefined) return undefined;
    if (value.kind !== "number") {
      const is = value.kind === "text" ? `the word "${value.text}"` : "a condition";
      this.problems.error("wants-number", `${what} wants a number, this is ${is}`, written.place());
      return undefined;
    }
    if (!sameDimension(value.dimension, unit.dimension)) {
      const wanted =
        unit.text === ""
          ? describeDimension(unit.dimension)
          : `${describeDimension(unit.dimension)} (e.g. in ${unit.text})`;
      const message = `${what} wants ${wanted}, this is ${describeDimension(value.dimension)}`;
      this.problems.error("unit-mismatch", message, written.place());
      return undefined;
    }
    return value;
  }

  /** A figure without variables, in base units and within its range; faults are reported. */
  figure(written: Written, scope: Scope, unit: Unit, what: string, range?: Range): number | undefined {
    const value = this.number(written, scope, unit, what);
    if (value === undefined) return undefined;
    const known = this.builder.constantValue(value.node);
    if (known === undefined) {
      this.problems.error("wants-constant", `${what} is to be a figure, not a formula`, written.place());
      return undefined;
    }
    if (range === undefined || isWithin(known, range)) return known;
    this.problems.error("out-of-range", `${what} ${range.words}`, written.place());
    return undefined;
  }

  /** A number of whatever unit it has. */
  anyNumber(written: Written, scope: Scope, what: string): NumberValue | undefined {
    const value = this.value(written, scope);
    if (value === undefined || value.kind === "number") return value;
    const hint = value.kind === "text" ? "a variable that is a word lists its choices: one_of: [...]" : undefined;
    this.problems.error("wants-number", `${what} is to be a number`, written.place(), hint);
    return undefined;
  }

  /** The number when the formula is nothing but one, with or without a sign. */
  #bareNumber(written: Written): number | undefined {
    if (typeof written.text === "number") return written.text;
    const expr = this.parse(written);
    if (expr?.kind === "number") return expr.value;
    if (expr?.kind === "unary" && expr.op === "-" && expr.operand.kind === "number") return -expr.operand.value;
    return undefined;
  }

  /** Says that a month quantity is wanted where the formula gives an instant. */
  month(value: NumberValue, written: Written, what: string): NumberValue | undefined {
    if (!value.instant) return value;
    const message = `${what} wants one figure for the month, this differs from hour to hour`;
    this.problems.error("instant-for-month", message, written.place(), "wrap it: mean(...), peak(...) or total(...)");
    return undefined;
  }
}

/** Whether a figure in base units is within its range. */
export function isWithin(x: number, { least = -Infinity, most = Infinity, below = Infinity }: Range): boolean {
  return x >= least && x <= most && (x < below || below === Infinity) && Number.isFinite(x);
}
