// The result at the reader's settings: what the command computes, of a model with other values of inputs.
import { Problems } from "../diagnostic/diagnostic.ts";
import { modelAt, type Overrides, resultOf } from "../figures/result.ts";
import type { Model } from "../model/model.ts";
import type { Result } from "../result/schema.ts";
import type { PageModel } from "./payload.ts";

/** The model at the settings and its result, or why the values are impossible, in the words of the command. */
export type Recomputed = { readonly model: Model; readonly result: Result } | { readonly problem: string };

/** @param off names of architectures that are switched off */
export function recompute(page: PageModel, overrides: Overrides, off: ReadonlySet<string>): Recomputed {
  const model = modelAt(page.model, overrides, off);
  const problems = new Problems();
  const { program, ...written } = page.written;
  const result = resultOf(model, { version: program.version }, problems);
  if (result !== undefined) {
    const { assumptions, warnings } = written;
    return { model, result: { ...result, assumptions, warnings } };
  }
  const fault = problems.list.find(({ severity }) => severity === "error");
  return { problem: fault?.message ?? "no architecture is left" };
}
