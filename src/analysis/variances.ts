import type { Problems } from "../diagnostic/diagnostic.ts";
import type { Model } from "../model/model.ts";
import type { VarianceResult } from "../result/decision-schema.ts";
import type { ManyCases } from "./cases-through.ts";
import { type Factor, sampleInputs } from "./samples.ts";
import { sobolIndices } from "./sobol-indices.ts";
import type { UncertainInput } from "./uncertain-inputs.ts";

export type VarianceTask = {
  /** base samples: they take (groups + 2) times as many evaluations */
  readonly n: number;
  readonly seed: number;
  readonly inputs: readonly UncertainInput[];
  readonly factor: Factor | undefined;
  /** inputs that move together, by index */
  readonly groups: readonly (readonly number[])[];
  /** gets a warning for each figure that has no variance, as where a formula divides by 0 */
  readonly problems: Problems;
};

/** Sobol indices of the costs and, where there is a current architecture, of the savings. */
export function costVariances(model: Model, run: ManyCases, task: VarianceTask): VarianceResult[] {
  const names = model.architectures.map(({ name }) => name);
  const current = names.indexOf(model.current ?? "");
  const withSavings = (columns: readonly Float64Array[], count: number): readonly Float64Array[] => {
    const costs = run(columns, count).slice(0, names.length);
    const base = costs[current];
    if (base === undefined) return costs;
    return [...costs, ...costs.map((cost) => cost.map((value, i) => 1 - value / (base[i] ?? Number.NaN)))];
  };
  return indices(task, withSavings, (k) => ({
    of: k < names.length ? "cost" : "saving_share",
    architecture: names[k % names.length],
  }));
}

/** Sobol indices of the carbon of some architectures, over ranges and coefficients alike. */
export function carbonVariances(names: readonly string[], run: ManyCases, task: VarianceTask): VarianceResult[] {
  return indices(task, run, (k) => ({ of: "carbon", architecture: names[k] }));
}

type Named = { readonly of: VarianceResult["of"]; readonly architecture: string | undefined };

function indices(
  { n, seed, inputs, factor, groups, problems }: VarianceTask,
  run: ManyCases,
  nameOf: (result: number) => Named,
): VarianceResult[] {
  if (n < 2) return [];
  const a = sampleInputs(inputs, { n, seed, factor });
  const b = sampleInputs(inputs, { n, seed, factor, skip: inputs.length });
  return sobolIndices({ a, b, n, groups, run }).flatMap((shares, k): VarianceResult[] => {
    const { of, architecture } = nameOf(k);
    if (architecture === undefined || shares?.length === 0) return [];
    if (shares === undefined) {
      const what = `${of === "saving_share" ? "saving" : of} of ${architecture}`;
      problems.warning("no-number", `what the ${what} depends on is left out: in some samples it is no finite number`);
      return [];
    }
    const address = (members: readonly number[]): string => members.map((i) => inputs[i]?.address ?? "").join("+");
    return [
      {
        of,
        architecture,
        inputs: shares
          .map(({ inputs: members, first, total }) => ({ address: address(members), first, total }))
          .sort((x, y) => y.total - x.total),
      },
    ];
  });
}
