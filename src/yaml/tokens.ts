import { type CST, Lexer, Parser } from "yaml";
import type { Span } from "../diagnostic/diagnostic.ts";

/** Levels of keys and lists inside each other. */
export const MAX_DEPTH = 64;
/** Values in one file, those that aliases repeat counted each time. */
export const MAX_VALUES = 100_000;
/** A value in `{ }` takes three: its key, itself and a comma. */
const MAX_LEXEMES = 3 * MAX_VALUES;

export type Refusal = { readonly code: string; readonly message: string; readonly span: Span; readonly hint?: string };

const SCALAR_MARK = "\u001f";
/** Lexemes that the lexer makes up: they take no room in the text. */
const MARKS: ReadonlySet<string> = new Set([SCALAR_MARK, "\u0002", "\u0018"]);
const BLANK = /^(?:[ \t\ufeff]+|\r?\n)$/;

/**
 * The concrete syntax of a text, or why it is not even tried: nesting deeper than 64 or far more tokens than 100,000 values
 * need. Looks at each token before the parser does, so that the time is bounded on any text: the parser's own depends on
 * depth, and its recursion on the stack.
 */
export function readTokens(text: string): { readonly tokens: readonly CST.Token[] } | { readonly refusal: Refusal } {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const depth = new Depth();
  let offset = 0;
  let lexemes = 0;
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    const mark: boolean = !isScalar && MARKS.has(lexeme);
    if (!mark) {
      if (isScalar) depth.scalar(lexeme);
      else depth.lexeme(lexeme);
      const span = { start: offset, end: offset + lexeme.length };
      if (depth.levels > MAX_DEPTH) return { refusal: tooDeep(span) };
      if (!BLANK.test(lexeme)) lexemes += 1;
      if (lexemes > MAX_LEXEMES) return { refusal: tooManyValues(span) };
      offset = span.end;
    }
    isScalar = mark && lexeme === SCALAR_MARK;
    for (const token of parser.next(lexeme)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens };
}

export function tooDeep(span: Span): Refusal {
  return { code: "too-deep", message: `values are nested more than ${MAX_DEPTH} levels deep here`, span };
}

export function tooManyValues(span: Span): Refusal {
  const message = `the file has more than ${MAX_VALUES.toLocaleString("en-US")} values, those that aliases repeat counted each time`;
  return { code: "too-many-values", message, span };
}

/** Levels of nesting as tokens go by: brackets, and columns at which a line, or the text after `-` or `?`, begins. */
class Depth {
  readonly #columns: number[] = [];
  #brackets = 0;
  #column = 0;
  #first = true;

  get levels(): number {
    return this.#columns.length + this.#brackets;
  }

  scalar(lexeme: string): void {
    this.#open();
    const newline = lexeme.lastIndexOf("\n");
    this.#first = newline !== -1 && newline === lexeme.length - 1;
    this.#column = newline === -1 ? this.#column + lexeme.length : lexeme.length - newline - 1;
  }

  lexeme(lexeme: string): void {
    if (lexeme.endsWith("\n")) {
      this.#column = 0;
      this.#first = true;
      return;
    }
    if (!BLANK.test(lexeme) && !lexeme.startsWith("#")) {
      this.#open();
      if (lexeme === "[" || lexeme === "{") this.#brackets += 1;
      if (lexeme === "]" || lexeme === "}") this.#brackets = Math.max(0, this.#brackets - 1);
      this.#first = lexeme === "-" || lexeme === "?";
    }
    this.#column += lexeme.length;
  }

  #open(): void {
    if (!this.#first || this.#brackets > 0) return;
    while ((this.#columns.at(-1) ?? -1) > this.#column) this.#columns.pop();
    if (this.#columns.at(-1) !== this.#column) this.#columns.push(this.#column);
    this.#first = false;
  }
}
