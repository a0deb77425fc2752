// Where the cheapest becomes another one at the reader's settings, exactly: the curve tells it at once, and about.
import { casesThrough } from "../analysis/cases-through.ts";
import { hardLimits, RUN_POINTS, turnsOver } from "../analysis/turns.ts";
import type { BreakEvenResult } from "../result/decision-schema.ts";
import type { Result } from "../result/schema.ts";
import { interpreted } from "./interpreted.ts";
import { graphAt, type Overrides, type PageModel } from "./recompute.ts";

/**
 * @param result for the same values of inputs: its architectures are looked at
 * @returns null with one architecture only, or where the driver cannot be moved
 */
export function turnsAt(page: PageModel, overrides: Overrides, result: Result): BreakEvenResult | null {
  const { architectures, controls, driver, grows, monthSeconds } = page.payload;
  const graph = graphAt(page, overrides);
  const today = graph.inputs.find(({ address }) => address === driver)?.value;
  const control = controls.find(({ name }) => name === driver);
  const shown = architectures.filter(({ name }) => name in result.architectures);
  if (today === undefined || control === undefined || shown.length < 2) return null;
  return turnsOver(
    {
      architectures: shown.map(({ name, cost, checks, qualities }) => ({
        name,
        cost,
        checks,
        qualities: { objectives: qualities.objectives.map(([, node]) => ({ node })) },
        quotas: [],
      })),
      cases: (nodes) => casesThrough({ graph, grows, monthSeconds }, nodes, [driver], { compileWith: interpreted }),
      today,
      unit: { text: control.unit, factor: control.factor },
      isDriver: true,
    },
    { over: driver, hard: hardLimits(result), points: RUN_POINTS },
  );
}
