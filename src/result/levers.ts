// What `archcost levers` finds: each lever alone, the best combinations by class, and a waterfall with Shapley shares.
import { z } from "zod";

const leverClass = z.enum(["rate", "usage", "configuration", "re-architecture"]);

const capacitySchema = z
  .strictObject({ quota: z.string(), units: z.number(), share: z.number() })
  .nullable()
  .describe("load at which the first quota binds; null: none does");

const outcomeSchema = z.strictObject({
  cost: z.number().describe("USD a month"),
  saving: z.number().describe("USD a month less than without the levers; negative: dearer"),
  saving_share: z.number().nullable(),
  carbon: z.number().nullable().describe("kg CO2e a month, central; null: no coefficients are known"),
  carbon_change: z.number().nullable().describe("share by which carbon rises; negative: it falls"),
  binds_at: capacitySchema.describe("as granted"),
  hard: capacitySchema.describe("whatever is raised"),
  feasible: z.boolean().describe("false: a hard limit or an objective stands against it"),
  reasons: z.array(z.string()).describe("why it is not feasible"),
});
export type LeverOutcome = z.infer<typeof outcomeSchema>;

const assumesSchema = z.strictObject({
  name: z.string(),
  value: z.string(),
  low: z.string().nullable(),
  high: z.string().nullable(),
  reason: z.string().nullable(),
  source: z.string().nullable(),
});

const leverSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  class: leverClass,
  built_in: z.boolean(),
  measured_on: z.string().describe("the architecture that it is measured alone on"),
  applies_to: z.array(z.string()).describe("architectures in which it changes something"),
  excludes: z.array(z.string()),
  changes: z.array(z.string()).describe("what it changes on that architecture, each as `key: before -> after`"),
  effort: z.string().nullable(),
  once: z.number().nullable().describe("USD once; null: not stated"),
  payback_months: z.number().nullable().describe("months after which the saving has paid the one-off cost"),
  reason: z.string().nullable(),
  source: z.string().nullable(),
  assumes: z.array(assumesSchema),
  alone: outcomeSchema.describe("against the architecture that it is measured on"),
  range: z
    .strictObject({ low: z.number(), high: z.number() })
    .nullable()
    .describe("least and greatest saving alone in USD a month, as its assumptions go over their ranges"),
});
export type LeverResult = z.infer<typeof leverSchema>;

const combinationSchema = z.strictObject({
  levers: z.array(z.string()),
  architecture: z.string(),
  outcome: outcomeSchema,
  once: z.number().nullable().describe("sum of what is stated; null: nothing is"),
});
export type Combination = z.infer<typeof combinationSchema>;

const stageSchema = combinationSchema.extend({
  upto: leverClass.describe("levers of this class and of those before it"),
  available: z.number().describe("levers of this class"),
});
export type Stage = z.infer<typeof stageSchema>;

const waterfallSchema = z.strictObject({
  from: z.number().describe("USD a month without levers"),
  to: z.number().describe("USD a month with all of them"),
  steps: z.array(
    z.strictObject({
      lever: z.string(),
      title: z.string(),
      share: z.number().describe("Shapley share of the saving in USD a month; negative: it makes the rest dearer"),
      standard_error: z.number().nullable().describe("null: exact"),
      from: z.number(),
      to: z.number(),
    }),
  ),
  method: z.enum(["exact", "sampled"]),
  orders: z.number().nullable().describe("orders that were sampled; null: exact"),
  infeasible: z.number().describe("sets met that are not feasible: they count as the best feasible part of them"),
});
export type Waterfall = z.infer<typeof waterfallSchema>;

export const leversResultSchema = z.strictObject({
  architecture: z.string().describe("what the levers start from"),
  base: outcomeSchema,
  levers: z.array(leverSchema).describe("by class, greatest saving first"),
  left_out: z
    .array(z.strictObject({ lever: z.string(), title: z.string(), reason: z.string() }))
    .describe("built-in levers that do not fit, and why"),
  stages: z.array(stageSchema).describe("the cheapest feasible combination of each class and those before it"),
  combinations: z.array(combinationSchema).describe("the cheapest feasible ones, one for each architecture first"),
  not_feasible: z
    .array(z.strictObject({ levers: z.array(z.string()), reason: z.string() }))
    .describe("combinations that were looked at and cannot be had; the first of them"),
  search: z.strictObject({
    combinations: z.number().describe("combinations evaluated"),
    exhaustive: z.boolean().describe("false: found by local search, not proven to be the best"),
  }),
  waterfall: waterfallSchema.nullable().describe("of the cheapest feasible combination; null: no lever saves"),
  sentences: z.array(z.string()).describe("the answer first"),
  notes: z.array(z.string()).describe("what is left out"),
});
export type LeversResult = z.infer<typeof leversResultSchema>;
