import { Problems } from "../diagnostic/diagnostic.ts";
import type { Model } from "../model/model.ts";
import type { UncertaintyResult, VarianceResult } from "../result/decision-schema.ts";
import { linkConditions, type WrittenCondition } from "./conditions.ts";
import { linkCorrelations } from "./correlations.ts";
import { hangsOn } from "./hangs-on.ts";
import { type ManyCases, manyCases } from "./many-cases.ts";
import type { Cases } from "./result-columns.ts";
import { type Factor, sampleInputs } from "./samples.ts";
import { sobolIndices } from "./sobol-indices.ts";
import { savingShares, spreadOf } from "./spread.ts";
import { type UncertainInput, uncertainInputs } from "./uncertain-inputs.ts";

export type UncertaintyTask = {
  readonly samples: number;
  /** base samples of the Sobol indices: they take (inputs + 2) times as many evaluations; 0: none */
  readonly indexSamples: number;
  readonly seed: number;
  /** the saving that is asked for, a share of the current cost */
  readonly savingOver: number;
  /** conditions besides those of the scenario */
  readonly given: readonly string[];
  /** architectures that are not counted as the cheapest, since they cannot serve the load */
  readonly ruledOut: readonly string[];
};

/**
 * Evaluates a model over the ranges of its inputs: the share of the assumed range in which something holds. It is no
 * probability, since the ranges are assumed.
 * @returns null where no input has a range; undefined where a range, correlation or condition is wrong (told)
 */
export function uncertainty(
  model: Model,
  task: UncertaintyTask,
  problems: Problems,
): UncertaintyResult | null | undefined {
  const inputs = uncertainInputs(model, problems);
  const correlated = linkCorrelations(model, inputs, problems);
  const written = writtenConditions(model, task.given);
  const conditions = linkConditions(model, written, problems);
  if (problems.hasErrors || correlated === undefined || conditions === undefined) return undefined;
  if (inputs.length === 0) return null;
  const free = inputs.map(({ address }) => address);
  const names = model.architectures.map(({ name }) => name);
  const run = manyCases(model, [...model.architectures.map(({ cost }) => cost), model.workload.work.node], free);
  const columns = sampleInputs(inputs, { n: task.samples, seed: task.seed, factor: correlated.factor });
  const found = run(columns, task.samples);
  const cases: Cases = {
    n: task.samples,
    free,
    inputs: columns,
    costs: new Map(names.map((name, k) => [name, found[k] ?? new Float64Array(task.samples)])),
    work: found[names.length] ?? new Float64Array(task.samples),
  };
  const held = conditions(cases);
  const kept = keptCases(held, task.samples);
  const figures = { model, task, cases, kept };
  return {
    samples: task.samples,
    kept: kept.length,
    seed: task.seed,
    inputs: inputs.map(describeInput),
    given: written.map(({ text }, i) => ({ condition: text, share: shareOfOnes(held[i]) })),
    architectures: spreadOf({
      costs: cases.costs,
      kept,
      current: model.scenario.data.current,
      ruledOut: task.ruledOut,
      savingOver: task.savingOver,
    }),
    saving_over: task.savingOver,
    hangs_on: hangsOn(free, columns, kept, savesOver(figures)),
    budgets: budgetShares(figures),
    variance: variances(figures, { run, inputs, ...correlated }),
  };
}

type Figures = {
  readonly model: Model;
  readonly task: UncertaintyTask;
  readonly cases: Cases;
  /** indices of the samples that fulfil every condition */
  readonly kept: readonly number[];
};

function writtenConditions(model: Model, more: readonly string[]): readonly WrittenCondition[] {
  const { source, data } = model.scenario;
  const own = (data.given ?? []).map((text, i) => ({ text, place: source.place(["given", i]) }));
  return [...own, ...more.map((text) => ({ text, place: undefined }))];
}

function describeInput(input: UncertainInput): UncertaintyResult["inputs"][number] {
  const { address, unit, factor, distribution, value, low, high } = input;
  return {
    address,
    unit,
    distribution: distribution.kind,
    value: value / factor,
    low: low / factor,
    high: high / factor,
  };
}

function keptCases(held: readonly Float64Array[], n: number): readonly number[] {
  const kept: number[] = [];
  const all = held.length === 0;
  for (let i = 0; i < n; i += 1) if (all || held.every((column) => column[i] === 1)) kept.push(i);
  return kept;
}

function shareOfOnes(column: Float64Array | undefined): number {
  if (column === undefined || column.length === 0) return 0;
  return column.reduce((count, value) => count + value, 0) / column.length;
}

/** For each architecture but the current one, 1 where a sample saves more than asked. */
function savesOver({ model, task, cases }: Figures): ReadonlyMap<string, Uint8Array> {
  const { current } = model.scenario.data;
  const base = current === undefined ? undefined : cases.costs.get(current);
  if (base === undefined) return new Map();
  return new Map(
    [...cases.costs].flatMap(([name, costs]) =>
      name === current ? [] : [[name, marksOver(savingShares(costs, base), task.savingOver)]],
    ),
  );
}

function marksOver(values: Float64Array, bound: number): Uint8Array {
  const marks = new Uint8Array(values.length);
  for (let k = 0; k < marks.length; k += 1) if ((values[k] ?? Number.NaN) > bound) marks[k] = 1;
  return marks;
}

/** Budgets over figures that a sample has; the others are left to `check`. */
function budgetShares({ model, cases, kept }: Figures): UncertaintyResult["budgets"] {
  return (model.scenario.data.budgets ?? []).flatMap(({ id, assert }) => {
    const conditions = linkConditions(model, [{ text: assert, place: undefined }], new Problems(), true);
    const [column] = conditions?.(cases) ?? [];
    if (column === undefined || kept.length === 0) return [];
    let held = 0;
    for (let k = 0; k < kept.length; k += 1) if (column[kept[k] ?? -1] === 1) held += 1;
    return [{ id, share: held / kept.length }];
  });
}

type VarianceTask = {
  readonly run: ManyCases;
  readonly inputs: readonly UncertainInput[];
  readonly factor: Factor | undefined;
  readonly groups: readonly (readonly number[])[];
};

function variances({ model, task, cases }: Figures, { run, inputs, factor, groups }: VarianceTask): VarianceResult[] {
  const n = Math.min(task.indexSamples, cases.n);
  if (n < 2) return [];
  const names = model.architectures.map(({ name }) => name);
  const current = names.indexOf(model.scenario.data.current ?? "");
  const withSavings = (columns: readonly Float64Array[], count: number): readonly Float64Array[] => {
    const costs = run(columns, count).slice(0, names.length);
    const base = costs[current];
    if (base === undefined) return costs;
    return [...costs, ...costs.map((cost) => cost.map((value, i) => 1 - value / (base[i] ?? Number.NaN)))];
  };
  const b = sampleInputs(inputs, { n, seed: task.seed, factor, skip: inputs.length });
  const a = cases.inputs.map((column) => column.subarray(0, n));
  return sobolIndices({ a, b, n, groups, run: withSavings }).flatMap((shares, k): VarianceResult[] => {
    const architecture = names[k % names.length];
    if (architecture === undefined || shares.length === 0) return [];
    const address = (members: readonly number[]): string => members.map((i) => inputs[i]?.address ?? "").join("+");
    return [
      {
        of: k < names.length ? "cost" : "saving_share",
        architecture,
        inputs: shares
          .map(({ inputs: members, first, total }) => ({ address: address(members), first, total }))
          .sort((x, y) => y.total - x.total),
      },
    ];
  });
}
