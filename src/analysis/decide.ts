import type { Problems } from "../diagnostic/diagnostic.ts";
import { driverMoves } from "../figures/capacity.ts";
import { compile } from "../formula/generate.ts";
import type { Model } from "../model/model.ts";
import { breakEvenSentence, uncertaintySentences } from "../result/decision-words.ts";
import type { Result } from "../result/schema.ts";
import { breakEvenOver } from "./over-driver.ts";
import { hardLimits, RUN_POINTS } from "./turns.ts";
import { uncertainty } from "./uncertainty.ts";
import { unitEconomics } from "./unit-economics.ts";

/** A seed is an argument everywhere; this is the one that is used unless another is asked for. */
export const SEED = 20230322;
/** The saving that the question is about, as a share of the current cost. */
export const SAVING_OVER = 0.9;

/** What a run spends on top of its base case: small, since start-up is felt on every call. */
const RUN_SAMPLES = 2048;
const RUN_INDEX_SAMPLES = 128;

/**
 * Adds to a result what an architect decides by: break-even over the driver, the spread over the assumed ranges, and unit
 * economics; the first two also as sentences of the verdict.
 * @param full unit economics too, and the variance by input
 * @returns undefined where a range, correlation or condition of the scenario is wrong (reported)
 */
export function withDecisions(model: Model, result: Result, full: boolean, problems: Problems): Result | undefined {
  const spread = uncertainty(
    model,
    {
      samples: RUN_SAMPLES,
      indexSamples: full ? RUN_INDEX_SAMPLES : 0,
      seed: SEED,
      savingOver: SAVING_OVER,
      given: [],
      carbon: full,
      budgets: full,
      quiet: true,
    },
    problems,
  );
  if (spread === undefined) return undefined;
  const alone = model.architectures.length < 2 || !driverMoves(model);
  const turns = alone
    ? null
    : breakEvenOver(model, { over: model.workload.driver, hard: hardLimits(result), points: RUN_POINTS }, compile);
  const { comparison } = result;
  const sentences = [
    ...(turns === null ? [] : [breakEvenSentence(turns)]),
    ...(spread === null ? [] : uncertaintySentences(spread, result)),
  ];
  const reported = new Set(result.warnings);
  const fresh = problems.list.filter(({ severity, message }) => severity === "warning" && !reported.has(message));
  return {
    ...result,
    comparison: { ...comparison, verdict: [...comparison.verdict, ...sentences] },
    break_even: turns,
    uncertainty: spread,
    unit_economics: full ? unitEconomics(model) : null,
    warnings: [...result.warnings, ...fresh.map(({ message }) => message)],
  };
}
