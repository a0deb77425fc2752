import { type Compile, compile } from "../formula/generate.ts";
import type { Evaluable } from "../model/model.ts";
import { type CasesOptions, casesThrough, type ManyCases } from "./cases-through.ts";

export type ManyCasesOptions = Pick<CasesOptions, "fullest"> & {
  /** makes functions of nodes; default: for one core */
  readonly compileWith?: Compile | undefined;
  /** values of inputs that are not free, where they are not the model's; base units */
  readonly values?: ReadonlyMap<string, number>;
};

/** As `casesThrough`, through generated code unless asked otherwise: for where code may be made at run time. */
export function manyCases(
  model: Evaluable,
  nodes: readonly number[],
  free: readonly string[],
  { compileWith = compile, values = new Map(), ...others }: ManyCasesOptions = {},
): ManyCases {
  return casesThrough(model, nodes, free, { compileWith, values, ...others });
}
