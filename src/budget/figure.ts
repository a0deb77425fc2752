import type { Dimension } from "../formula/unit.ts";

export type Figure =
  /** in base units; Infinity: never reached; NaN: there is none here (no work is done, say) */
  | { readonly kind: "number"; readonly value: number; readonly dimension: Dimension }
  /** a figure that is known within bounds only; `.low`, `.central` and `.high` name them */
  | {
      readonly kind: "band";
      readonly low: number;
      readonly central: number;
      readonly high: number;
      readonly dimension: Dimension;
      readonly architecture: string;
    }
  | { readonly kind: "text"; readonly text: string; readonly options: readonly string[] }
  | { readonly kind: "boolean"; readonly value: boolean }
  /** the name exists, but this result lacks what it needs */
  | { readonly kind: "absent"; readonly why: string; readonly hint: string };
