// `evolution:`: what a plan needs to know besides what each architecture costs and can serve.
import { z } from "zod";

const label = z.string().max(64);
const text = z.string().max(2_000);
const formula = z
  .union([z.string().max(10_000), z.number()])
  .meta({ description: "number, literal with unit, or formula" });

/** How the driver grows: a rate (`8%/month`; a bare number is a share a month), factors of the load a month, or a curve. */
export const growthSchema = z.union(
  [
    formula,
    z.array(z.number().nonnegative()).min(1).max(600),
    z.strictObject({
      /** limit / (1 + exp(-rate x (t - midpoint))): `limit` in the driver's unit, `midpoint` a time from now on */
      logistic: z.strictObject({ limit: formula, midpoint: formula, rate: formula }),
    }),
  ],
  {
    error:
      "write a rate such as 8%/month, a list of factors such as [1, 1.1, 1.3], or { logistic: { limit: 4000, midpoint: 12 months, rate: 20%/month } }",
  },
);
export type GrowthSpec = z.infer<typeof growthSchema>;

const remarks = {
  status: z.enum(["measured", "documented", "assumed"]).optional(),
  reason: text.optional(),
  source: text.optional(),
};
/** A figure with what is known of it. */
const rangedSchema = z.strictObject({
  value: formula.optional(),
  typical: formula.optional(),
  low: formula.optional(),
  high: formula.optional(),
  ...remarks,
});
const figureSchema = z.union([formula, rangedSchema]);
export type EvolutionFigure = z.infer<typeof figureSchema>;

/** Growth a month that is not known: `low` and `high` are its ends (triangular), or a named distribution's. */
const growthRangeSchema = rangedSchema.extend({
  p10: formula.optional(),
  p90: formula.optional(),
  distribution: z.enum(["uniform", "triangular", "pert", "normal", "lognormal", "loguniform"]).optional(),
});
export type GrowthRange = z.infer<typeof growthRangeSchema>;

/** Work and money that a build or a move takes. */
const workSchema = {
  /** work in person-months, e.g. `6` or `6 months`; priced by `person_rate` */
  effort: figureSchema.optional(),
  /** money on top, once */
  cost: figureSchema.optional(),
};

export const evolutionSchema = z.strictObject({
  /** how far the plan looks, e.g. 36 months; default: `horizon` of the scenario, else 36 months */
  horizon: formula.optional(),
  /** value of the driver in month 0; default: that of the scenario */
  start_load: figureSchema.optional(),
  /** default: `growth` of the scenario */
  growth: z.union([growthSchema, growthRangeSchema]).optional(),
  /** what a year makes money less worth, e.g. 10%/year; default: nothing */
  discount: figureSchema.optional(),
  /** what a month without a release loses, before running costs, e.g. 50 kUSD/month; may follow the driver */
  cost_of_delay: figureSchema.optional(),
  /** money for a person-month of effort */
  person_rate: figureSchema.optional(),
  /** the architecture that runs today: the plan begins with it, nothing is built */
  running: label.optional(),
  /** what can be built to start with */
  architectures: z
    .record(
      label,
      z.strictObject({
        ...workSchema,
        /** from the decision to the first release; begun months count whole */
        time_to_release: figureSchema.optional(),
        ...remarks,
      }),
    )
    .optional(),
  /** changes that are possible; what one leaves out is as in building its target anew */
  moves: z
    .array(
      z.strictObject({
        /** default: any other */
        from: z.union([label, z.array(label).min(1)]).optional(),
        to: label,
        ...workSchema,
        /** from the decision until the new one runs */
        lead_time: figureSchema.optional(),
        /** both run and are paid for */
        parallel_run: figureSchema.optional(),
        ...remarks,
      }),
    )
    .max(500)
    .optional(),
});
export type EvolutionSpec = z.infer<typeof evolutionSchema>;

/** The architectures that a move is stated for; empty: any. */
export function sourcesOf({ from }: { readonly from?: string | readonly string[] | undefined }): readonly string[] {
  if (from === undefined) return [];
  return typeof from === "string" ? [from] : from;
}
