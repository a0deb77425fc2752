// The evolution plan at the reader's settings. What the reader has set is certain, as with `--set`.
import { faultyFigures } from "../analysis/plan/figures.ts";
import { planOf } from "../analysis/plan/plan.ts";
import type { PlanResult } from "../result/plan.ts";
import type { Result } from "../result/schema.ts";
import { planModelOf } from "./packed-plan.ts";
import { graphAt, type Overrides, type PageModel } from "./recompute.ts";

/** A plan, or why there is none in the words of the command. */
export type Planned = { readonly plan: PlanResult } | { readonly problem: string };

/**
 * @param result for the same values of inputs: a plan is made of its architectures
 * @returns undefined where the report has no plan
 */
export function planAt(page: PageModel, overrides: Overrides, result: Result): Planned | undefined {
  const { plan: packed, grows, monthSeconds, load, driver, driverNode } = page.payload;
  if (packed === null) return undefined;
  const graph = graphAt(page, overrides);
  const model = planModelOf(packed, { graph, grows, monthSeconds, load, workload: { driver, driverNode } }, overrides);
  const shown = { ...model, architectures: model.architectures.filter(({ name }) => name in result.architectures) };
  const { evolution } = shown;
  if (evolution === undefined) return undefined;
  const [fault] = faultyFigures(shown, evolution);
  if (fault !== undefined) return { problem: fault.fault };
  const plan = planOf(shown, evolution);
  return plan === undefined ? { problem: `the driver "${driver}" cannot be moved` } : { plan };
}
