// Figures that budgets may name and a run does not always work out: the break-even, and shares of samples.
import { breakEvenOver } from "../analysis/over-driver.ts";
import { type SampleShares, sampleShares } from "../analysis/uncertainty.ts";
import type { ShareOfSamples } from "../budget/check.ts";
import { Problems } from "../diagnostic/diagnostic.ts";
import { compile } from "../formula/generate.ts";
import type { Model } from "../model/model.ts";
import type { Result } from "../result/schema.ts";

/** Points of the driver that are looked at for the break-even. */
const POINTS = 20_000;
const SAMPLES = 4096;
/** Shares that the budgets of a scenario may ask for: each looks at all samples. */
const MOST_SHARES = 100;
/** The seed of a run's own samples, so that both tell the same. */
const SEED = 1;

/** The result with its break-even over the driver, where it has none yet. */
export function withBreakEven(result: Result, model: Model): Result {
  if (result.break_even !== null) return result;
  const { driver_value: today } = result.workload;
  const node = model.graph.inputs.find(({ address }) => address === result.workload.driver)?.value;
  const factor = node === undefined || today === 0 ? 1 : node / today;
  const hard = new Map(
    Object.entries(result.architectures).flatMap(([name, { capacity }]) =>
      capacity.hard === null ? [] : [[name, capacity.hard.units * factor] as const],
    ),
  );
  return {
    ...result,
    break_even: breakEvenOver(model, { over: result.workload.driver, hard, points: POINTS }, compile),
  };
}

/**
 * The share of the samples of a model in which a condition holds, of those that the scenario's `given` leaves. The faults of a
 * condition are stated to `problems` at the place of the budget.
 */
export function sharesOf(model: Model, problems: Problems): ShareOfSamples {
  const task = { samples: SAMPLES, seed: SEED, carbon: false, given: [] };
  let asked = 0;
  let shares: SampleShares | undefined;
  return (condition, place) => {
    asked += 1;
    if (asked > MOST_SHARES) {
      if (asked === MOST_SHARES + 1) {
        problems.error("too-many", `more than ${MOST_SHARES} shares of samples in the budgets of a scenario`, place);
      }
      // Told once: nothing is reported of a check that has a fault.
      return asked === MOST_SHARES + 1 ? undefined : Number.NaN;
    }
    const own = new Problems();
    // All budgets ask the same samples.
    if (asked === 1) shares = sampleShares(model, task, own);
    const share = shares?.(condition, own);
    for (const { code, message, hint } of own.list) problems.error(code, message, place, hint);
    return share;
  };
}
