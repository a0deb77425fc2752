import type { Place, Problems } from "../diagnostic/diagnostic.ts";
import { GraphBuilder } from "../formula/builder.ts";
import { flatCurve } from "../formula/curve.ts";
import { evaluate } from "../formula/evaluate.ts";
import { Linker } from "../link/linker.ts";
import type { Model } from "../model/model.ts";
import { type Cases, resultScope } from "./result-columns.ts";

/** Whether each case fulfils each of some conditions: a column of 1 and 0 for each. */
export type Conditions = (cases: Cases) => readonly Float64Array[];

export type WrittenCondition = { readonly text: string; readonly place: Place | undefined };

/**
 * Links conditions over results, such as `microservices.limits.first_hit.share between 4% and 6%`.
 * @param quiet without looking for names that were meant: nobody reads what is stated
 * @returns undefined where one cannot be read (reported)
 */
export function linkConditions(
  model: Model,
  written: readonly WrittenCondition[],
  problems: Problems,
  quiet = false,
): Conditions | undefined {
  const builder = new GraphBuilder(flatCurve());
  const known = resultScope(model, builder);
  const scope = quiet ? { ...known, names: () => [] } : known;
  const linker = new Linker(builder, problems, model.monthSeconds);
  const nodes: number[] = [];
  for (const { text, place } of written) {
    const at: Place = place ?? { file: "--given", text, span: { start: 0, end: text.length } };
    const value = linker.value({ text: withoutBetween(text), place: () => at }, scope);
    if (value !== undefined && value.kind !== "boolean") {
      const hint = "compare it with something: microservices.cost.month <= 100000 USD";
      problems.error("wants-condition", `"${text}" is no condition`, at, hint);
    } else if (value !== undefined) nodes.push(value.node);
  }
  if (nodes.length < written.length) return undefined;
  return (cases) => {
    const { addresses, columns } = scope.columns(cases);
    const named = new Map(addresses.map((address, i) => [address, columns[i] ?? new Float64Array(cases.n)]));
    return evaluate(builder.graph(), nodes, named, cases.n);
  };
}

/** `x between a and b` as comparisons: what people say of an observation; both ends belong to it. */
function withoutBetween(text: string): string {
  const found = /^(.+?)\s+between\s+(.+?)\s+and\s+(.+)$/s.exec(text);
  if (found === null) return text;
  const [, what, low, high] = found;
  return `(${what}) >= (${low}) and (${what}) <= (${high})`;
}
