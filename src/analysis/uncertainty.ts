import { Problems } from "../diagnostic/diagnostic.ts";
import { type Compile, compile } from "../formula/generate.ts";
import type { Model } from "../model/model.ts";
import type { UncertaintyResult, VarianceResult } from "../result/decision-schema.ts";
import { percent } from "../result/number.ts";
import { linkConditions, type WrittenCondition } from "./conditions.ts";
import { type Correlated, linkCorrelations } from "./correlations.ts";
import { emittingNodes } from "./emitting-nodes.ts";
import { hangsOn } from "./hangs-on.ts";
import { manyCases } from "./many-cases.ts";
import type { Cases } from "./result-columns.ts";
import { type Figures, finiteSamples, savesOver, summaries } from "./sample-summary.ts";
import { describeInput, type Inputs, sampledCases } from "./sampled.ts";
import { uncertainCoefficients } from "./uncertain-coefficients.ts";
import { uncertainInputs } from "./uncertain-inputs.ts";
import { carbonVariances, costVariances } from "./variances.ts";

export type UncertaintyTask = {
  readonly samples: number;
  /** base samples of the Sobol indices: they take (inputs + 2) times as many evaluations; 0: none */
  readonly indexSamples: number;
  readonly seed: number;
  /** the saving that is asked for, a share of the current cost */
  readonly savingOver: number;
  /** whether carbon is sampled too: its coefficients are many, and `run` is to start at once */
  readonly carbon: boolean;
  /** whether the shares in which budgets hold are stated: those on limits look for a load in every sample */
  readonly budgets: boolean;
  /** conditions besides those of the scenario */
  readonly given: readonly string[];
  /** variance that is no number is left out without a word: nobody has asked for it */
  readonly quiet?: boolean;
  /** makes functions of nodes; default: for one core */
  readonly compile?: Compile | undefined;
  /** reported after each part how much of all is done, 0 to 1; the parts differ in length */
  readonly progress?: (done: number) => void;
};

/** Base samples of the variance of carbon: it rests on many more inputs than cost. */
const CARBON_INDEX_SHARE = 8;

/**
 * Evaluates a model over the ranges of its inputs: the share of the assumed range in which something holds. It is no
 * probability, since the ranges are assumed.
 * @returns null where no input has a range; undefined where a range, correlation or condition is wrong (reported)
 */
export function uncertainty(
  model: Model,
  task: UncertaintyTask,
  problems: Problems,
): UncertaintyResult | null | undefined {
  const found = sampled(model, task, problems);
  if (found == null) return found;
  const { inputs, written, cases, held, kept } = found;
  const { ranges } = inputs;
  const { current } = model;
  const figures: Figures = { cases, kept, current, savingOver: task.savingOver };
  task.progress?.(0.5);
  const summary = {
    samples: task.samples,
    kept: kept.length,
    seed: task.seed,
    inputs: ranges.map(describeInput),
    given: written.map(({ text }, i) => ({ condition: text, share: shareOfOnes(held[i]) })),
    architectures: summaries(figures),
    saving_over: task.savingOver,
    hangs_on: hangsOn(
      ranges.map(({ address }) => address),
      cases.inputs.slice(0, ranges.length),
      kept,
      savesOver(figures),
    ),
    budgets: task.budgets ? budgetShares(model, cases, kept) : [],
  };
  task.progress?.(0.8);
  return { ...summary, variance: variances(model, task, inputs, task.quiet === true ? new Problems() : problems) };
}

/** What a sample of a model is, and which of its cases fulfil the conditions and have figures. */
type Sampled = {
  readonly inputs: Inputs;
  readonly written: readonly WrittenCondition[];
  readonly cases: Cases;
  /** by condition: 1 where it is fulfilled */
  readonly held: readonly Float64Array[];
  readonly kept: readonly number[];
};

type SampleTask = Pick<UncertaintyTask, "samples" | "seed" | "carbon" | "given" | "compile" | "progress">;

function sampled(model: Model, task: SampleTask, problems: Problems): Sampled | null | undefined {
  const ranges = uncertainInputs(model, problems);
  const correlated = linkCorrelations(model, ranges, problems);
  const written = writtenConditions(model, task.given);
  const conditions = linkConditions(model, written, problems);
  if (problems.hasErrors || correlated === undefined || conditions === undefined) return undefined;
  if (ranges.length === 0) return null;
  const coefficients = task.carbon ? uncertainCoefficients(model) : [];
  const inputs = { ranges, coefficients, correlated };
  const { compile: compileWith = compile, samples, seed, carbon, progress } = task;
  const cases = sampledCases(model, { samples, seed, carbon, progress, compileWith }, inputs);
  const held = conditions(cases);
  const meant = keptCases(held, task.samples);
  const kept = finiteSamples(cases, meant);
  if (kept.length < meant.length) problems.warning("no-number", leftOut(1 - kept.length / meant.length));
  return { inputs, written, cases, held, kept };
}

/** The share of samples that fulfil a condition; undefined where it cannot be read (reported) or nothing is left to ask. */
export type SampleShares = (condition: string, problems: Problems) => number | undefined;

/**
 * Samples a model once for any number of conditions.
 * @returns undefined where there is nothing to sample, or what is to be sampled is wrong (reported)
 */
export function sampleShares(model: Model, task: SampleTask, problems: Problems): SampleShares | undefined {
  const found = sampled(model, task, problems);
  if (found == null) return undefined;
  const { cases, kept } = found;
  return (condition, own) => {
    const [column] = linkConditions(model, [{ text: condition, place: undefined }], own)?.(cases) ?? [];
    if (column === undefined || kept.length === 0) return undefined;
    return kept.filter((i) => column[i] === 1).length / kept.length;
  };
}

function carbonCases(model: Model, free: readonly string[], compile?: Compile) {
  return manyCases(
    model,
    emittingNodes(model).map(({ node }) => node),
    free,
    { compileWith: compile },
  );
}

function writtenConditions(model: Model, more: readonly string[]): readonly WrittenCondition[] {
  return [...model.given, ...more.map((text) => ({ text, place: undefined }))];
}

function keptCases(held: readonly Float64Array[], n: number): readonly number[] {
  const kept: number[] = [];
  for (let i = 0; i < n; i += 1) if (held.every((column) => column[i] === 1)) kept.push(i);
  return kept;
}

function leftOut(share: number): string {
  return `in ${percent(share)} of the samples a figure is no finite number, as where a formula divides by 0: they are left out`;
}

function shareOfOnes(column: Float64Array | undefined): number {
  if (column === undefined || column.length === 0) return 0;
  return column.reduce((count, value) => count + value, 0) / column.length;
}

/** What is found by a search in each case is looked at in the first samples only: they fill the ranges as evenly as all. */
const SEARCHED = /\b(?:limits|capacity)\./;
const SEARCHED_SAMPLES = 1 << 14;

function firstCases(cases: Cases): Cases {
  const n = Math.min(cases.n, SEARCHED_SAMPLES);
  const cut = (columns: ReadonlyMap<string, Float64Array>): ReadonlyMap<string, Float64Array> =>
    new Map([...columns].map(([name, column]) => [name, column.subarray(0, n)]));
  return {
    ...cases,
    n,
    inputs: cases.inputs.map((column) => column.subarray(0, n)),
    costs: cut(cases.costs),
    carbon: cut(cases.carbon),
    work: cases.work.subarray(0, n),
    ruledOut: new Map([...cases.ruledOut].map(([name, column]) => [name, column.subarray(0, n)])),
  };
}

/** Budgets over figures that a sample has; the others are left to `check`. */
function budgetShares(model: Model, cases: Cases, kept: readonly number[]): UncertaintyResult["budgets"] {
  return model.budgets.flatMap(({ id, assert }) => {
    const conditions = linkConditions(model, [{ text: assert, place: undefined }], new Problems(), true);
    const few = SEARCHED.test(assert) ? firstCases(cases) : cases;
    const [column] = conditions?.(few) ?? [];
    const own = few === cases ? kept : kept.filter((i) => i < few.n);
    if (column === undefined || own.length === 0) return [];
    return [{ id, share: own.reduce((count, i) => (column[i] === 1 ? count + 1 : count), 0) / own.length }];
  });
}

function variances(
  model: Model,
  task: UncertaintyTask,
  { ranges, coefficients, correlated }: Inputs,
  problems: Problems,
): VarianceResult[] {
  const n = Math.min(task.indexSamples, task.samples);
  if (n < 2) return [];
  const { seed } = task;
  const run = manyCases(
    model,
    model.architectures.map(({ cost }) => cost),
    ranges.map(({ address }) => address),
    { compileWith: task.compile },
  );
  const costs = costVariances(model, run, { n, seed, inputs: ranges, ...correlated, problems });
  const names = emittingNodes(model).map(({ name }) => name);
  if (names.length === 0 || !task.carbon) return costs;
  const inputs = [...ranges, ...coefficients];
  const emitted = carbonCases(
    model,
    inputs.map(({ address }) => address),
    task.compile,
  );
  const groups = [...correlated.groups, ...coefficients.map((_, i) => [ranges.length + i])];
  const factor = correlated.factor === undefined ? undefined : widened(correlated.factor, coefficients.length);
  const carbonTask = { n: n / CARBON_INDEX_SHARE, seed, inputs, factor, groups, problems };
  return [...costs, ...carbonVariances(names, emitted, carbonTask)];
}

/** A factor with more inputs that stand alone. */
function widened(factor: NonNullable<Correlated["factor"]>, more: number): NonNullable<Correlated["factor"]> {
  const alone = Array.from({ length: more }, (_, i) => [...new Array<number>(factor.length + i).fill(0), 1]);
  return [...factor, ...alone];
}
