/** Half-open range of UTF-16 offsets in a text. */
export type Span = { readonly start: number; readonly end: number };

/** Where a problem is: a file as the user named it, its text, and the place in it. */
export type Place = { readonly file: string; readonly text: string; readonly span: Span };

export type Severity = "error" | "warning" | "note";

/**
 * A problem as data. `code` is public and stable, words may change; prose is put together with its place only in `render`.
 */
export type Diagnostic = {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly place?: Place;
  readonly hint?: string;
};

/** Collects problems so that all are stated at once; nothing is thrown for a fault of the input. */
export class Problems {
  readonly #list: Diagnostic[] = [];
  readonly #seen = new Set<string>();

  /** The same problem at the same place is stated once, however many architectures inherit it. */
  add(diagnostic: Diagnostic): void {
    const { code, message, place } = diagnostic;
    const key = `${code} ${message} ${place?.file} ${place?.span.start}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#list.push(diagnostic);
  }

  error(code: string, message: string, place?: Place, hint?: string): void {
    this.add(make("error", code, message, place, hint));
  }

  warning(code: string, message: string, place?: Place, hint?: string): void {
    this.add(make("warning", code, message, place, hint));
  }

  get list(): readonly Diagnostic[] {
    return this.#list;
  }

  get hasErrors(): boolean {
    return this.#list.some((d) => d.severity === "error");
  }
}

function make(severity: Severity, code: string, message: string, place?: Place, hint?: string): Diagnostic {
  return {
    code,
    severity,
    message,
    ...(place === undefined ? {} : { place }),
    ...(hint === undefined ? {} : { hint }),
  };
}

/** The input is wrong and the caller cannot go on: carries every problem found. Exit code 2. */
export class InputError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => d.message).join("\n"));
    this.name = "InputError";
    this.diagnostics = diagnostics;
  }
}
