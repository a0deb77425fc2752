import type { Span } from "../diagnostic/diagnostic.ts";
import { characterHint, wordProblem } from "./lex-hint.ts";
import { isCountLabel, isUnit, multipleOfWord } from "./unit.ts";

/** A fault of a formula; the span is in the formula's own text. */
export type FormulaProblem = {
  readonly code: string;
  readonly message: string;
  readonly span: Span;
  readonly hint?: string;
};

export type Token =
  | { readonly kind: "number"; readonly value: number; readonly span: Span }
  | { readonly kind: "unit"; readonly unit: string; readonly span: Span }
  | { readonly kind: "text"; readonly value: string; readonly span: Span }
  | { readonly kind: "name"; readonly path: readonly string[]; readonly span: Span }
  | {
      readonly kind: "lookup";
      readonly table: string;
      readonly key: string;
      readonly keySpan: Span;
      readonly column: string;
      readonly span: Span;
    }
  /** operators, brackets, commas and the words `and or not in` */
  | { readonly kind: "symbol"; readonly text: string; readonly span: Span }
  | { readonly kind: "end"; readonly span: Span };

/** More faults than these in one formula tell nobody more. */
const MAX_PROBLEMS = 10;

const SPACE = /[ \t\r\n]+/y;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** What belongs to a number as it was meant, from a first digit or dot on. */
const NUMBER_LIKE = /[\d._]+(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const NAME = /^[a-z][a-z0-9_]*$/;
const SYMBOL = /<=|>=|==|!=|[-+/<>()[\],]|\*(?!\*)/y;
/** Regions are the words with hyphens that people most often forget to quote; as a subtraction they make no sense. */
const REGION = /[a-z]{2}(?:-gov|-iso[a-z]?)?-(?:north|south|east|west|central)+-\d+/y;
const KEYWORDS: ReadonlySet<string> = new Set(["and", "or", "not", "in"]);

/** Cuts a formula into tokens, the last of them `end`; linear in the text and total: any text gives tokens or problems. */
export function lex(text: string): { readonly tokens: readonly Token[]; readonly problems: readonly FormulaProblem[] } {
  const lexer = new Lexer(text);
  lexer.run();
  return { tokens: lexer.tokens, problems: lexer.problems };
}

class Lexer {
  readonly tokens: Token[] = [];
  readonly problems: FormulaProblem[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): void {
    while (this.problems.length < MAX_PROBLEMS) {
      this.#match(SPACE);
      if (this.#at >= this.#text.length) break;
      this.#next();
    }
    const end = this.#text.length;
    this.tokens.push({ kind: "end", span: { start: end, end } });
  }

  #next(): void {
    const start = this.#at;
    const character = this.#text.charAt(start);
    if (isDigit(character) || (character === "." && isDigit(this.#text.charAt(start + 1)))) this.#number(start);
    else if (character === '"' || character === "'") this.#quoted(start, character);
    else if (character === "%") this.#unit("%", start, start + 1);
    else if (this.#match(REGION) !== undefined) this.#region(start);
    else this.#wordOrSymbol(start);
  }

  #region(start: number): void {
    const span = { start, end: this.#at };
    const written = this.#text.slice(start, this.#at);
    this.#problem(
      "unquoted-word",
      `"${written}" needs quotes: - is a minus here`,
      span,
      `write "${written}" in quotes`,
    );
  }

  #wordOrSymbol(start: number): void {
    const word = this.#match(WORD);
    const symbol = word ?? this.#match(SYMBOL);
    if (symbol === undefined) this.#unknown(start);
    else if (word === undefined || KEYWORDS.has(word)) {
      this.tokens.push({ kind: "symbol", text: symbol, span: { start, end: this.#at } });
    } else this.#word(word, start);
  }

  #number(start: number): void {
    const written = this.#match(NUMBER_LIKE) ?? "";
    this.#at = start;
    const digits = this.#match(NUMBER);
    const span = { start, end: start + written.length };
    const value = Number(digits ?? written);
    if (digits !== written || /^0\d/.test(written)) {
      this.#at = span.end;
      this.#problem("bad-number", `"${written}" is not how a number is written`, span, this.#numberHint(written));
      return;
    }
    if (!Number.isFinite(value) || (value === 0 && /^[0.]*[1-9]/.test(written))) {
      const message = `"${written}" is too ${value === 0 ? "small" : "large"} for a number`;
      this.#problem("bad-number", message, span);
      return;
    }
    this.tokens.push({ kind: "number", value, span });
  }

  #numberHint(written: string): string {
    const [before, comma] = this.tokens.slice(-2);
    const grouped = before?.kind === "number" && comma?.kind === "symbol" && comma.text === ",";
    return grouped ? "a comma only separates arguments: write 1000, not 1,000" : numberHint(written);
  }

  #quoted(start: number, quote: string): void {
    const rest = this.#text.slice(start + 1);
    const length = rest.search(quote === '"' ? /["\r\n]/ : /['\r\n]/);
    if (length === -1 || rest.charAt(length) !== quote) {
      this.#at = this.#text.length;
      const message = `this ${quote} is not closed`;
      this.#problem("unclosed-text", message, { start, end: start + 1 }, `end the text with ${quote} on the same line`);
      return;
    }
    this.#at = start + length + 2;
    this.tokens.push({ kind: "text", value: rest.slice(0, length), span: { start, end: this.#at } });
  }

  #unit(unit: string, start: number, end: number): void {
    this.#at = end;
    this.tokens.push({ kind: "unit", unit, span: { start, end } });
  }

  #word(word: string, start: number): void {
    const span = { start, end: this.#at };
    const next = this.#text.charAt(this.#at);
    const last = this.tokens.at(-1);
    const afterNumber = last?.kind === "number" && this.#text.slice(last.span.end, start).trim() === "";
    if (isUnit(word) && next !== "." && next !== "[") {
      this.#unit(word, start, this.#at);
    } else if (isUnit(word)) {
      this.#skipPath();
      const message = `"${word}" is a unit and cannot be a name`;
      this.#problem("reserved-name", message, span, `choose another name, such as "${word.toLowerCase()}_value"`);
    } else if (afterNumber && last?.kind === "number" && multipleOfWord(word) !== undefined) {
      const value = last.value * (multipleOfWord(word) ?? 1);
      this.tokens.splice(-1, 1, { kind: "number", value, span: { start: last.span.start, end: span.end } });
    } else if (afterNumber && isCountLabel(word)) {
      this.#unit(word, start, this.#at);
    } else if (afterNumber || !NAME.test(word)) {
      if (!afterNumber) this.#skipPath();
      this.problems.push({ ...wordProblem(word, afterNumber), span });
    } else if (next === "[") {
      this.#lookup(word, start);
    } else {
      const path = [word, ...this.#path()];
      this.tokens.push({ kind: "name", path, span: { start, end: this.#at } });
    }
  }

  /** The parts of a name after its first dot. A unit or keyword may stand there: `monolith.cost.month`. */
  #path(): readonly string[] {
    const path: string[] = [];
    while (this.#text.charAt(this.#at) === ".") {
      const dot = this.#at;
      this.#at += 1;
      const part = this.#match(WORD);
      if (part === undefined || !NAME.test(part)) {
        const span = { start: dot, end: this.#at };
        const message = part === undefined ? 'a name is missing after "."' : `"${part}" is not a name`;
        this.#problem(
          "bad-name",
          message,
          span,
          "names are lower case letters, digits and _, without spaces round the dot",
        );
        continue;
      }
      path.push(part);
    }
    return path;
  }

  /** Passes over what belongs to a faulty name, so that it is stated once. */
  #skipPath(): void {
    const close = this.#text.charAt(this.#at) === "[" ? this.#text.indexOf("]", this.#at) : -1;
    if (close !== -1) this.#at = close + 1;
    while (this.#text.charAt(this.#at) === ".") {
      this.#at += 1;
      this.#match(WORD);
    }
  }

  #lookup(table: string, start: number): void {
    const open = this.#at;
    const close = this.#text.indexOf("]", open);
    const raw = this.#text.slice(open + 1, close === -1 ? open + 1 : close);
    const key = raw.trim();
    if (close === -1) {
      this.#at = this.#text.length;
      this.#problem("unclosed-bracket", 'this "[" is not closed', { start: open, end: open + 1 }, LOOKUP_HINT);
      return;
    }
    this.#at = close + 1;
    const keyStart = open + 1 + (raw.length - raw.trimStart().length);
    const keySpan = { start: keyStart, end: keyStart + key.length };
    if (key === "" || /["'[\r\n]/.test(key)) {
      this.#skipPath();
      const span = key === "" ? { start: open, end: close + 1 } : keySpan;
      this.#problem("bad-key", "a look-up wants one plain key between its brackets", span, LOOKUP_HINT);
      return;
    }
    const [column, ...more] = this.#path();
    const span = { start, end: this.#at };
    if (column === undefined || more.length > 0) {
      this.#problem("bad-lookup", "a look-up names one column of the table", span, LOOKUP_HINT);
      return;
    }
    this.tokens.push({ kind: "lookup", table, key, keySpan, column, span });
  }

  #unknown(start: number): void {
    const two = this.#text.slice(start, start + 2);
    const character = String.fromCodePoint(this.#text.codePointAt(start) ?? 0);
    const found = ["**", "&&", "||"].includes(two) ? two : character;
    this.#at = start + found.length;
    const span = { start, end: this.#at };
    this.#problem("unknown-character", `"${found}" is not part of a formula`, span, characterHint(found));
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #problem(code: string, message: string, span: Span, hint?: string): void {
    this.problems.push({ code, message, span, ...(hint === undefined ? {} : { hint }) });
  }
}

const LOOKUP_HINT = "a look-up is written table[key].column, such as instances[c6i.large].vcpu";

function isDigit(character: string): boolean {
  return character >= "0" && character <= "9";
}

function numberHint(written: string): string {
  const plain = written
    .replaceAll("_", "")
    .replace(/^\./, "0.")
    .replace(/\.(?!\d)/, "")
    .replace(/^0+(?=\d)/, "");
  return /^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(plain)
    ? `write ${plain}`
    : "write digits with one point for decimals, such as 1234.5 or 1e-7";
}
