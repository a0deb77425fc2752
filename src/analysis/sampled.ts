// A model over the ranges of its inputs: a sample of cases, and what it says of each architecture.
import { Problems } from "../diagnostic/diagnostic.ts";
import type { Compile } from "../formula/generate.ts";
import type { Model } from "../model/model.ts";
import type { UncertaintyResult } from "../result/decision-schema.ts";
import { casesThrough } from "./cases-through.ts";
import { type Correlated, linkCorrelations } from "./correlations.ts";
import { emittingNodes } from "./emitting-nodes.ts";
import type { Cases } from "./result-columns.ts";
import { ruledOutThrough } from "./ruled-out.ts";
import { finiteSamples, summaries } from "./sample-summary.ts";
import { sampleInputs } from "./samples.ts";
import { type UncertainInput, uncertainInputs } from "./uncertain-inputs.ts";

/** Inputs of a sample: the ranges of the scenario, then the coefficients of carbon, each with a column of its own. */
export type Inputs = {
  readonly ranges: readonly UncertainInput[];
  /** empty: carbon is not sampled */
  readonly coefficients: readonly UncertainInput[];
  readonly correlated: Correlated;
};

export type SampleTask = {
  readonly samples: number;
  readonly seed: number;
  readonly compileWith: Compile;
  /** carbon is sampled too */
  readonly carbon: boolean;
  readonly progress?: ((done: number) => void) | undefined;
};

/** Inputs, costs, carbon and what rules architectures out, sample by sample. */
export function sampledCases(model: Model, task: SampleTask, inputs: Inputs): Cases {
  const { samples: n, seed, carbon: wanted, compileWith } = task;
  const { ranges, coefficients, correlated } = inputs;
  const columns = [
    ...sampleInputs(ranges, { n, seed, factor: correlated.factor }),
    // Dimensions behind those of the ranges: what is said of cost does not depend on carbon.
    ...sampleInputs(coefficients, { n, seed, skip: 2 * ranges.length }),
  ];
  const free = [...ranges, ...coefficients].map(({ address }) => address);
  const names = model.architectures.map(({ name }) => name);
  const own = columns.slice(0, ranges.length);
  const ownFree = free.slice(0, ranges.length);
  const through = (nodes: readonly number[], over: readonly string[], fullest = false) =>
    casesThrough(model, nodes, over, { compileWith, fullest });
  task.progress?.(0.2);
  const found = through([...model.architectures.map(({ cost }) => cost), model.workload.work.node], ownFree)(own, n);
  task.progress?.(0.3);
  const carbon = wanted ? emittingNodes(model) : [];
  const emitted =
    carbon.length === 0
      ? []
      : through(
          carbon.map(({ node }) => node),
          free,
        )(columns, n);
  const ruled = ruledOutThrough(model.architectures, true, (nodes, fullest) => through(nodes, ownFree, fullest))?.(
    own,
    n,
  );
  const anyAble = ruled?.some((column) => column.includes(0)) ?? true;
  return {
    n,
    free,
    inputs: columns,
    costs: new Map(names.map((name, k) => [name, found[k] ?? new Float64Array(n)])),
    carbon: new Map(carbon.map(({ name }, k) => [name, emitted[k] ?? new Float64Array(n)])),
    work: found[names.length] ?? new Float64Array(n),
    // Where none can serve the load in any sample they are compared all the same.
    ruledOut: anyAble ? new Map(names.map((name, k) => [name, ruled?.[k] ?? new Uint8Array(n)])) : new Map(),
  };
}

export function describeInput(input: UncertainInput): UncertaintyResult["inputs"][number] {
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

/**
 * The spread of costs alone, for little work: the first samples of those that the command takes.
 * @returns null where nothing is left to sample
 */
export function costSpread(
  model: Model,
  {
    samples,
    seed,
    savingOver,
    compileWith,
  }: Pick<SampleTask, "samples" | "seed" | "compileWith"> & { readonly savingOver: number },
): UncertaintyResult | null {
  const quiet = new Problems();
  const ranges = uncertainInputs(model, quiet);
  const correlated = linkCorrelations(model, ranges, quiet);
  if (ranges.length === 0 || correlated === undefined) return null;
  const cases = sampledCases(
    model,
    { samples, seed, compileWith, carbon: false },
    { ranges, coefficients: [], correlated },
  );
  const kept = finiteSamples(
    cases,
    Array.from({ length: samples }, (_, i) => i),
  );
  return {
    samples,
    kept: kept.length,
    seed,
    inputs: ranges.map(describeInput),
    given: [],
    architectures: summaries({ cases, kept, current: model.current, savingOver }),
    saving_over: savingOver,
    hangs_on: [],
    budgets: [],
    variance: [],
  };
}
