// What an architect decides by: where the ranking turns, how sure it is, what a unit costs at other loads.
import { z } from "zod";

const crossingSchema = z.strictObject({
  at: z.number().describe("value of the variable, in `unit`"),
  kind: z.enum(["crossing", "jump"]).describe("jump: a step of one leaps over the other"),
  below: z.string().describe("cheaper one below it"),
  above: z.string().describe("cheaper one from there on"),
});

export const breakEvenSchema = z.strictObject({
  over: z.string().describe("variable, usually the driver"),
  unit: z.string().describe("of the variable; empty: a plain number"),
  from: z.number(),
  to: z.number(),
  today: z.number(),
  intervals: z
    .array(
      z.strictObject({
        from: z.number(),
        to: z.number(),
        cheapest: z.string().nullable(),
        begins: z
          .enum(["range", "cost", "limit", "objective"])
          .describe(
            "limit: the one that is cheaper before can serve no more, whatever is raised; objective: it misses one",
          ),
      }),
    )
    .describe("who is cheapest where; what a hard limit rules out there does not count; null: none can serve it"),
  crossings: z.array(crossingSchema).describe("every swap of two architectures by cost alone, outside bands"),
  bands: z
    .array(
      z.strictObject({
        from: z.number(),
        to: z.number(),
        swaps: z.number(),
        between: z.tuple([z.string(), z.string()]).readonly(),
      }),
    )
    .describe("stretches in which two architectures keep swapping, from one swap to the next less than 1 %"),
  nearest: z
    .strictObject({
      at: z.number(),
      factor: z.number().describe("2: at twice today's value"),
      cheapest: z.string().nullable().describe("who is cheapest beyond"),
    })
    .nullable()
    .describe("the change of the cheapest that is nearest to today; null: none"),
  fixed: z
    .array(z.strictObject({ architecture: z.string(), components: z.array(z.string()) }))
    .optional()
    .describe("components whose size is the same at 16 times the load, where the variable is the load; absent: none"),
  resolution: z.number().describe("swaps nearer to each other than this share of the value may have been missed"),
});
export type BreakEvenResult = z.infer<typeof breakEvenSchema>;

const percentilesSchema = z.strictObject({ p10: z.number(), p50: z.number(), p90: z.number() });
export type Percentiles = z.infer<typeof percentilesSchema>;

const distributionName = z.enum(["uniform", "triangular", "pert", "normal", "lognormal", "loguniform"]);

const varianceSchema = z.strictObject({
  of: z.enum(["cost", "saving_share", "carbon"]),
  architecture: z.string(),
  inputs: z
    .array(
      z.strictObject({
        address: z.string().describe("several that are correlated are joined by +"),
        first: z.number().describe("share of the variance that goes when it is known"),
        total: z.number().describe("share that stays when only it is unknown"),
      }),
    )
    .describe("largest total first"),
});
export type VarianceResult = z.infer<typeof varianceSchema>;

export const uncertaintySchema = z.strictObject({
  samples: z.number(),
  kept: z.number().describe("samples that fulfil every condition of `given`"),
  seed: z.number(),
  inputs: z.array(
    z.strictObject({
      address: z.string(),
      unit: z.string(),
      distribution: distributionName,
      value: z.number(),
      low: z.number().describe("low end of the range as written"),
      high: z.number(),
    }),
  ),
  given: z.array(z.strictObject({ condition: z.string(), share: z.number().describe("of all samples") })),
  architectures: z.record(
    z.string(),
    z.strictObject({
      cost: percentilesSchema.describe("USD a month"),
      saving_share: percentilesSchema.nullable().describe("against `current`"),
      carbon: percentilesSchema.nullable().default(null).describe("kg CO2e a month; null: no coefficients are known"),
      cheapest: z
        .number()
        .describe(
          "share of the samples in which it is the cheapest of those that serve the load and meet the objectives",
        ),
      emits_least: z.number().nullable().default(null).describe("the same of the least carbon"),
      feasible: z.number().default(1).describe("share in which it serves the load and meets the objectives"),
      saves_over: z.number().nullable().describe("share in which it saves more than `saving_over`"),
    }),
  ),
  saving_over: z.number(),
  hangs_on: z
    .array(
      z.strictObject({
        architecture: z.string(),
        address: z.string(),
        lowest: z
          .number()
          .describe("share that saves more than `saving_over` where the input is in its lowest quarter"),
        highest: z.number(),
      }),
    )
    .describe("for each architecture the inputs on which its saving hangs most, strongest first"),
  budgets: z.array(z.strictObject({ id: z.string(), share: z.number().describe("of the samples that keep it") })),
  variance: z.array(varianceSchema).describe("Sobol indices over the assumed ranges, conditions left aside"),
});
export type UncertaintyResult = z.infer<typeof uncertaintySchema>;

const economicsRow = z.strictObject({
  driver: z.number(),
  work: z.number().describe("units of work in the month"),
  month: z.number().describe("USD"),
  per_unit: z.number().nullable().describe("USD per unit of work"),
  marginal: z.number().nullable().describe("USD for one more unit of work, whole instances counted as divisible"),
  fixed_share: z.number().nullable().describe("share of the cost that stands when next to no work is done"),
});
export type EconomicsRow = z.infer<typeof economicsRow>;

export const unitEconomicsSchema = z.strictObject({
  unit: z.string().describe("of work"),
  over: z.string(),
  architectures: z.record(z.string(), z.array(economicsRow)),
});
export type UnitEconomicsResult = z.infer<typeof unitEconomicsSchema>;

const elasticitySchema = z.strictObject({
  address: z.string(),
  unit: z.string(),
  value: z.number(),
  cost: z
    .record(z.string(), z.number())
    .describe("percent that each cost moves per percent of the input, in the long run"),
  cost_per_unit: z
    .record(z.string(), z.number().nullable())
    .default({})
    .describe("the same of the cost of a unit of work"),
  saving: z.record(z.string(), z.number().nullable()).describe("the same of the saving against `current` in USD"),
  binding_load: z
    .record(z.string(), z.number().nullable())
    .describe("the same of the load at which the first quota binds"),
  carbon: z
    .record(z.string(), z.number().nullable())
    .default({})
    .describe("the same of the carbon, coefficients central"),
});
export type Elasticity = z.infer<typeof elasticitySchema>;

const endSchema = z.strictObject({ low: z.number(), high: z.number() });

const tornadoSchema = z.strictObject({
  address: z.string(),
  unit: z.string(),
  low: z.number().describe("low end of the range, in `unit`"),
  value: z.number(),
  high: z.number(),
  cost: z.record(z.string(), endSchema).describe("USD a month at both ends, everything else at its value"),
  saving_share: z.record(z.string(), endSchema),
  binding_load: z.record(z.string(), endSchema.nullable()),
  carbon: z
    .record(z.string(), endSchema)
    .default({})
    .describe("kg CO2e a month, all coefficients but this at their central values"),
});
export type TornadoRow = z.infer<typeof tornadoSchema>;

export const sensitivitySchema = z.strictObject({
  current: z.string().nullable(),
  base: z.record(
    z.string(),
    z.strictObject({
      cost: z.number(),
      saving_share: z.number().nullable(),
      binding_load: z.number().nullable(),
      carbon: z.number().nullable().default(null),
    }),
  ),
  elasticities: z.array(elasticitySchema).describe("strongest first"),
  tornado: z.array(tornadoSchema).describe("inputs with a range and coefficients of carbon with a band, widest first"),
});
export type SensitivityResult = z.infer<typeof sensitivitySchema>;
/** What a tornado is drawn from. */
export type SwingsResult = Omit<SensitivityResult, "elasticities">;
