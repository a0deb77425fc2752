// What moves the cost most at the reader's settings. What the reader has set is certain, as with `--set`.
import { casesThrough } from "../analysis/cases-through.ts";
import { tornado } from "../analysis/tornado.ts";
import type { Swings } from "../report/html/uncertainty.ts";
import type { Result } from "../result/schema.ts";
import { interpreted } from "./interpreted.ts";
import { graphAt, type Overrides, type PageModel } from "./recompute.ts";

/**
 * Costs at both ends of each range that the reader has not set.
 * @param result for the same values of inputs: its architectures are looked at
 */
export function swingsAt(page: PageModel, overrides: Overrides, result: Result): Swings {
  const { payload } = page;
  const graph = graphAt(page, overrides);
  const model = { graph, grows: payload.grows, monthSeconds: payload.monthSeconds };
  const values = new Map(graph.inputs.map(({ address, value }) => [address, value]));
  const ranged = payload.ranged.flatMap((input) => {
    const value = values.get(input.address);
    return value === undefined || overrides.has(input.address) ? [] : [{ ...input, value }];
  });
  const shown = payload.architectures.filter(({ name }) => name in result.architectures);
  return {
    base: Object.fromEntries(
      Object.entries(result.architectures).map(([name, { cost }]) => [name, { cost: cost.month }]),
    ),
    tornado: tornado(
      { costs: shown, emitting: [], current: result.current ?? undefined },
      {
        ranged,
        cases: (nodes, free) => casesThrough(model, nodes, free, { compileWith: interpreted }),
        loadsOf: () => undefined,
      },
    ),
  };
}
