import type { Problems } from "../diagnostic/diagnostic.ts";
import { shownUnit } from "../figures/assumptions.ts";
import { type Definition, isSampled } from "../model/definition.ts";
import type { Model } from "../model/model.ts";
import type { Distribution } from "./distribution.ts";

/** An input of the graph with a range that counts: of the scenario, or of a market. */
export type UncertainInput = {
  readonly address: string;
  /** the unit people read it in, and what one of it is in base units */
  readonly unit: string;
  readonly factor: number;
  /** base units: the value of the base case, and the ends of the range as written */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly distribution: Distribution;
  /** inputs of one market move together */
  readonly market?: string;
};

/**
 * The variables with a range, in the order of the scenario, then prices of markets that services assume. A range reads as:
 * - `low`, `high`: the least and the most that is held possible, triangular with its peak at the value. Triangular and not
 *   PERT unless asked for: it gives the ends more weight, and its quantiles can be checked by hand;
 * - `p10`, `p90`: lognormal through both where they are above 0, else normal; the value is then the base case only;
 * - `distribution:` names another one: `normal` and `lognormal` read `low`, `high` as p10 and p90 too.
 * A value chosen on the command line is certain. The range of the driver scales with `--load`, as its value does.
 */
export function uncertainInputs(model: Model, problems: Problems): readonly UncertainInput[] {
  const inputs: UncertainInput[] = [];
  const values = new Map(model.graph.inputs.map((input) => [input.address, input.value]));
  for (const definition of model.definitions) {
    const { address, market, low, high } = definition;
    if (!isSampled(definition) || low === undefined || high === undefined) continue;
    const value = values.get(address);
    // What an architecture inherits unchanged is the input of its base.
    if (value === undefined && market !== undefined) continue;
    if (value === undefined) {
      const message = `"${address}" is a formula of other variables: its range is not looked at, theirs are`;
      problems.warning("range-of-formula", message, definition.range?.place);
      continue;
    }
    const scale = address === model.workload.driver ? model.load : 1;
    const range = { low: low * scale, high: high * scale, value };
    inputs.push(inputOf(model, definition, range));
  }
  return inputs;
}

type Range = { readonly low: number; readonly high: number; readonly value: number };

function inputOf(model: Model, definition: Definition, range: Range): UncertainInput {
  const { text, factor } = shownUnit(definition, model.monthSeconds);
  const { address } = definition;
  const { market } = definition;
  const input = { address, unit: text, factor, ...range, distribution: distributionOf(definition, range) };
  return market === undefined ? input : { ...input, market };
}

function distributionOf({ range: words }: Definition, { low, high, value }: Range): Distribution {
  const kind = words?.distribution ?? (words?.tenths === true ? (low > 0 ? "lognormal" : "normal") : "triangular");
  if (kind === "normal" || kind === "lognormal") return { kind, p10: low, p90: high };
  if (kind === "uniform" || kind === "loguniform") return { kind, low, high };
  return { kind, low, high, typical: Math.min(high, Math.max(low, value)) };
}
