import type { Span } from "../diagnostic/diagnostic.ts";
import type { GraphBuilder } from "./builder.ts";
import type { Dimension } from "./unit.ts";

/** What a checked formula stands for: a node of the graph with its dimension, a condition, or a word known when linking. */
export type Value =
  | {
      readonly kind: "number";
      readonly node: number;
      readonly dimension: Dimension;
      /** true: a rate or a state that may differ from hour to hour; false: one figure for the month */
      readonly instant: boolean;
      /** the literal 0, which may stand beside any dimension (`max(0, size - 512 MB)`) */
      readonly zero?: boolean;
    }
  | { readonly kind: "boolean"; readonly node: number; readonly instant: boolean }
  | { readonly kind: "text"; readonly text: string; readonly options?: readonly string[] };

/** A table as formulas see it. */
export type TableView = {
  readonly keys: readonly string[];
  readonly columns: readonly string[];
  cell(key: string, column: string): { readonly value: number | string | null; readonly unit?: string } | undefined;
};

/** The names a formula may use. `undefined` from `value` means: no such name. */
export type Scope = {
  /** `failed` when the name exists but its own formula is faulty (reported already) */
  value(name: string): Value | "failed" | undefined;
  names(): readonly string[];
  table(name: string): TableView | undefined;
};

export type LinkContext = {
  readonly builder: GraphBuilder;
  readonly scope: Scope;
  readonly monthSeconds: number;
  /** called once for each fault, with a span in the formula's text */
  readonly report: (code: string, message: string, span: Span, hint?: string) => void;
};
