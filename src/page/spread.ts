// The spread over the assumed ranges for the reader's settings. What the reader has set is certain, as with `--set`.

import { finiteSamples, summaries } from "../analysis/sample-summary.ts";
import { correlationFactor, sampleInputs } from "../analysis/samples.ts";
import { stops } from "../figures/limits.ts";
import { GROWING_MONTHS } from "../figures/values.ts";
import { evaluator } from "../formula/evaluate.ts";
import type { UncertaintyResult } from "../result/decision-schema.ts";
import { TOLERANCE } from "../result/limit-words.ts";
import type { Result } from "../result/schema.ts";
import type { PayloadArchitecture } from "./payload.ts";
import type { PageModel } from "./recompute.ts";
import { graphAt, type Overrides } from "./recompute.ts";

/** Samples that a page takes at most: little enough for an answer within a second. */
export const PAGE_SAMPLES = 512;

/**
 * @param result for the same values of inputs: its architectures are sampled
 * @param most samples; the first of those that the command takes
 * @returns null where nothing is left to sample
 */
export function spreadAt(
  page: PageModel,
  overrides: Overrides,
  result: Result,
  most: number = PAGE_SAMPLES,
): UncertaintyResult | null {
  const { spread, architectures } = page.payload;
  const free = (spread?.inputs ?? []).filter(({ address }) => !overrides.has(address));
  if (spread === null || free.length === 0) return null;
  const at = (index: number): number => free.findIndex(({ address }) => address === spread.inputs[index]?.address);
  const correlations = spread.correlations.flatMap(({ a, b, coefficient }) =>
    at(a) < 0 || at(b) < 0 ? [] : [{ a: at(a), b: at(b), coefficient }],
  );
  const factor = correlations.length === 0 ? undefined : correlationFactor(free.length, correlations);
  const samples = Math.min(most, spread.samples);
  const columns = sampleInputs(free, { n: samples, seed: spread.seed, factor });
  const named = new Map(free.map(({ address }, k) => [address, columns[k] ?? new Float64Array(samples)]));
  const shown = architectures.filter(({ name }) => name in result.architectures);
  const conditions = shown.flatMap((each, owner) => conditionsOf(each).map((nodes) => ({ owner, nodes })));
  const nodes = [...shown.map(({ cost }) => cost), ...conditions.flatMap((condition) => condition.nodes)];
  const found = costsOf(page, overrides, named, { nodes, samples });
  const costs = found.slice(0, shown.length);
  const ruledOut = shown.map(() => new Uint8Array(samples));
  let next = shown.length;
  for (const { owner, nodes: own } of conditions) {
    const [first, second] = [found[next], found[next + 1]];
    next += own.length;
    const out = ruledOut[owner];
    for (let i = 0; out !== undefined && i < samples; i += 1) {
      const value = first?.[i] ?? Number.NaN;
      const holds = own.length === 1 ? value === 1 : value <= (second?.[i] ?? Number.NaN) * (1 + TOLERANCE);
      if (!holds) out[i] = 1;
    }
  }
  const anyAble = ruledOut.some((column) => column.includes(0));
  const costed = new Map(shown.map(({ name }, k) => [name, costs[k] ?? new Float64Array(samples)]));
  const kept = finiteSamples(
    { costs: costed, carbon: new Map() },
    Array.from({ length: samples }, (_, i) => i),
  );
  return {
    samples,
    kept: kept.length,
    seed: spread.seed,
    inputs: free.map(({ told }) => told),
    given: [],
    architectures: summaries({
      cases: {
        costs: costed,
        carbon: new Map(),
        ruledOut: new Map(anyAble ? shown.map(({ name }, k) => [name, ruledOut[k] ?? new Uint8Array(samples)]) : []),
      },
      kept,
      current: result.current ?? undefined,
      savingOver: spread.savingOver,
    }),
    saving_over: spread.savingOver,
    hangs_on: [],
    budgets: [],
    variance: [],
  };
}

/** What rules an architecture out: a node that is to be 1, or a demand and the hard quota that it is not to exceed. */
function conditionsOf({ checks, limits }: PayloadArchitecture): readonly (readonly number[])[] {
  return [
    ...checks.filter(({ level }) => level === "infeasible").map(({ node }) => [node]),
    ...limits
      .filter(({ limit }) => !limit.adjustable && stops(limit))
      .map(({ nodes }) => [nodes.demand, nodes.granted]),
  ];
}

type Wanted = { readonly nodes: readonly number[]; readonly samples: number };

/** Costs of every sample; where data is kept for ever the mean of the first twelve months, as everywhere. */
function costsOf(
  page: PageModel,
  overrides: Overrides,
  named: ReadonlyMap<string, Float64Array>,
  { nodes, samples }: Wanted,
): readonly Float64Array[] {
  const { grows, monthSeconds } = page.payload;
  const graph = graphAt(page, overrides);
  if (!grows) return evaluator(graph, nodes, [...named.keys()], samples)(named, samples);
  const run = evaluator(graph, nodes, [...named.keys(), "elapsed"], samples);
  const totals = nodes.map(() => new Float64Array(samples));
  for (let month = 0; month < GROWING_MONTHS; month += 1) {
    const elapsed = new Float64Array(samples).fill((month + 0.5) * monthSeconds);
    const found = run(new Map([...named, ["elapsed", elapsed]]), samples);
    for (const [k, total] of totals.entries()) {
      for (let i = 0; i < samples; i += 1) total[i] = (total[i] ?? Number.NaN) + (found[k]?.[i] ?? Number.NaN);
    }
  }
  return totals.map((total) => total.map((value) => value / GROWING_MONTHS));
}
