import type { Span } from "../diagnostic/diagnostic.ts";

/**
 * The syntax tree of a formula. Spans are offsets in the formula's own text.
 * Names are not resolved here: a name may be a variable, a parameter, a `let`, an enum word or a result address.
 */
export type Expr =
  | { readonly kind: "number"; readonly value: number; readonly span: Span }
  /** a unit standing for one of itself; `150 ms` is number 150 times unit ms, written `literal` */
  | { readonly kind: "unit"; readonly unit: string; readonly span: Span }
  | { readonly kind: "literal"; readonly value: number; readonly unit: string; readonly span: Span }
  | { readonly kind: "text"; readonly value: string; readonly span: Span }
  /** `streams`, or dotted `monolith.cost.month` */
  | { readonly kind: "name"; readonly path: readonly string[]; readonly span: Span }
  /** `instances[instance].vcpu`: the key is the raw text between the brackets */
  | {
      readonly kind: "lookup";
      readonly table: string;
      readonly key: string;
      readonly keySpan: Span;
      readonly column: string;
      readonly span: Span;
    }
  | { readonly kind: "unary"; readonly op: "-" | "not"; readonly operand: Expr; readonly span: Span }
  | { readonly kind: "binary"; readonly op: BinaryOp; readonly left: Expr; readonly right: Expr; readonly span: Span }
  /** `region in ["us-east-1", eu_other]`: decided when the graph is linked */
  | { readonly kind: "in"; readonly value: Expr; readonly options: readonly Expr[]; readonly span: Span }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly nameSpan: Span;
      readonly args: readonly Expr[];
      readonly span: Span;
    };

export type BinaryOp = "+" | "-" | "*" | "/" | "<" | "<=" | ">" | ">=" | "==" | "!=" | "and" | "or";

/** The closed list of functions with their least and greatest number of arguments. */
export const FUNCTIONS: Readonly<Record<string, readonly [number, number]>> = {
  if: [3, 3],
  min: [1, 64],
  max: [1, 64],
  ceil: [1, 1],
  floor: [1, 1],
  round: [1, 1],
  roundup: [2, 2],
  clamp: [3, 3],
  abs: [1, 1],
  sqrt: [1, 1],
  pow: [2, 2],
  log: [1, 1],
  exp: [1, 1],
  total: [1, 1],
  mean: [1, 1],
  peak: [1, 1],
};
