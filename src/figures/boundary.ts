// What stands between components that could be one.
import type { CombineCandidate } from "../result/combine.ts";
import type { ArchitectureResult } from "../result/schema.ts";
import { share } from "./architecture-figures.ts";

/** Components that data passes through on its way, and those of them that others use too. */
export type Between = { readonly through: readonly string[]; readonly shared: readonly string[] };

/** What coordination and data passing cost between components: what they alone use, and what stays in part. */
export function boundaries(
  { through, shared }: Between,
  { line_items: lines, cost }: Pick<ArchitectureResult, "line_items" | "cost">,
): Pick<CombineCandidate, "boundary" | "shared"> {
  const of = (names: readonly string[]): CombineCandidate["boundary"] => {
    const sum = (role: string): number =>
      lines
        .filter((line) => line.x_Role === role && names.includes(baseName(line.x_Component)))
        .reduce((total, { EffectiveCost: usd }) => total + usd, 0);
    const [coordination, passing] = [sum("coordination"), sum("data-passing")];
    return { coordination, data_passing: passing, share: share(coordination + passing, cost.month) };
  };
  return { boundary: of(through.filter((name) => !shared.includes(name))), shared: of(shared) };
}

/** The name in the architecture of a component in some environment. */
export function baseName(component: string): string {
  return component.split("@")[0] ?? component;
}
