// What a report carries so that its page can compute: the model, and what of the result is not in it.

import { nodesOfSet } from "../analysis/waterfall.ts";
import type { LeverNodes } from "../model/lever-nodes.ts";
import type { Model } from "../model/model.ts";
import { type PackedModel, pack, packing, unpack } from "../model/pack.ts";
import { type PackedGraph, packGraph, unpackGraph } from "../model/packed-graph.ts";
import type { BudgetOutcome } from "../result/check.ts";
import type { NumberStyle } from "../result/locale.ts";
import { numberStyleInUse } from "../result/number.ts";
import type { Result } from "../result/schema.ts";
import { type Control, controlsOf } from "./controls.ts";

/** What the report knows besides the result. */
export type Besides = {
  readonly budgets: readonly BudgetOutcome[];
  /** the day on which waivers are looked at */
  readonly today: string;
  /** undefined: none are shown */
  readonly levers?: LeverNodes | null | undefined;
};

/** A payload ready to be computed with. */
export type PageModel = {
  /** how the report writes numbers */
  readonly numbers: NumberStyle;
  readonly model: Model;
  readonly controls: readonly Control[];
  /** the scenario as it is written, as far as settings leave it */
  readonly written: Pick<Result, "program" | "assumptions" | "warnings"> & {
    /** the cheapest architecture, and its USD a month */
    readonly cheapest: { readonly name: string; readonly month: number };
    /** what is sampled; null where no input has a range, or conditions say which samples count */
    readonly spread: { readonly seed: number; readonly samples: number; readonly savingOver: number } | null;
  };
  /** outcomes for the scenario as it is written */
  readonly budgets: readonly BudgetOutcome[];
  readonly today: string;
  /** of the waterfall of levers; null where there is none, or too many or too different models */
  readonly levers: LeverNodes | null;
};

type PackedLevers = Omit<LeverNodes, "graph"> & { readonly graph: PackedGraph };
export type PagePayload = Omit<PageModel, "model" | "levers"> & {
  readonly model: PackedModel;
  readonly levers: PackedLevers | null;
};

export function cheapestOf({ comparison, architectures }: Result): PageModel["written"]["cheapest"] {
  const name = comparison.cheapest;
  return { name, month: architectures[name]?.cost.month ?? Number.NaN };
}

export function pagePayload(model: Model, result: Result, { budgets, today, levers }: Besides): PagePayload {
  const { program, assumptions, warnings, uncertainty } = result;
  const sampled = uncertainty === null || model.given.length > 0 ? null : uncertainty;
  return {
    numbers: numberStyleInUse(),
    model: pack(model),
    controls: controlsOf(model),
    written: {
      program,
      assumptions: assumptions.filter(({ low, high }) => low !== null && high !== null),
      warnings,
      cheapest: cheapestOf(result),
      spread:
        sampled === null ? null : { seed: sampled.seed, samples: sampled.samples, savingOver: sampled.saving_over },
    },
    budgets,
    today,
    levers:
      levers == null
        ? null
        : {
            ...levers,
            graph: packGraph(
              levers.graph,
              levers.sets.flatMap((set) => (set === null ? [] : nodesOfSet(set))),
            ),
          },
  };
}

/** A payload as text. */
export function payloadText(payload: PagePayload): string {
  return JSON.stringify(payload, packing);
}

export function pageModel({ model, levers, ...rest }: PagePayload): PageModel {
  return {
    ...rest,
    model: unpack(model),
    levers: levers === null ? null : { ...levers, graph: unpackGraph(levers.graph) },
  };
}
