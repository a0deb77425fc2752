// Which architecture to start with, and when to change it. Money is USD; what is discounted says so.
import { z } from "zod";

const pathSchema = z.strictObject({
  sequence: z.array(z.string()).describe("architectures in their order"),
  released: z.number().describe("month of the first release; 0: at once"),
  moves: z.array(
    z.strictObject({
      from: z.string(),
      to: z.string(),
      decided: z.number().describe("month of the decision"),
      driver: z.number().describe("the driver in that month"),
      beside: z.number().describe("first month in which both run; the month of `done` where none does"),
      done: z.number().describe("first month in which the new one serves alone"),
      one_off: z.number().describe("USD of that month"),
      payback: z
        .number()
        .nullable()
        .describe("month at whose end it has cost less, discounted, than not moving; null: not within the horizon"),
    }),
  ),
  cost: z.number().describe("discounted; the sum of the next four"),
  run: z.number(),
  parallel: z.number().describe("of the second architecture while both run"),
  one_off: z.number().describe("builds and moves"),
  delay: z.number().describe("of months without a release"),
});
export type PlanPath = z.infer<typeof pathSchema>;

const stopSchema = z.strictObject({
  architecture: z.string(),
  month: z.number().describe("first month in which it cannot serve the load"),
  driver: z.number(),
  reasons: z.array(z.string()),
});
export type PlanStop = z.infer<typeof stopSchema>;

const briefSchema = z.strictObject({
  sequence: z.array(z.string()),
  decided: z.array(z.number()).describe("month of each move"),
  driver: z.array(z.number()).describe("the driver in those months"),
  cost: z.number().describe("discounted"),
});
export type PlanBrief = z.infer<typeof briefSchema>;

const policySchema = z.strictObject({
  growth: z.strictObject({
    distribution: z.string(),
    low: z.number().describe("share a month"),
    typical: z.number(),
    high: z.number(),
  }),
  step: z.number().describe("ratio of neighbouring loads of the lattice: triggers are this exact"),
  start: z.string().nullable().describe("with the least expected cost; null: nothing can be released in time"),
  starts: z.array(
    z.strictObject({
      architecture: z.string(),
      cost: z.number().describe("expected, discounted"),
      unserved: z.number().describe("expected months in which the load cannot be served; 0: it always can"),
    }),
  ),
  triggers: z
    .array(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        above: z.number().nullable().describe("move when the driver exceeds it; null: no lower end"),
        below: z.number().nullable().describe("and as long as it is below; null: no upper end"),
        month: z.number().describe("the month that it is told for: the first in which there is such a trigger"),
        until: z.number().describe("last month in which there is one; later no move pays before the horizon"),
      }),
    )
    .describe("when to move, as a rule over the driver from today's load on"),
  by_month: z.array(
    z.strictObject({
      month: z.number(),
      from: z.string(),
      to: z.string(),
      above: z.number().nullable(),
      below: z.number().nullable(),
    }),
  ),
  first_move: z
    .strictObject({
      share: z.number().describe("of the assumed range in which a move comes within the horizon"),
      p10: z.number().nullable(),
      p50: z.number().nullable(),
      p90: z.number().nullable(),
    })
    .describe("months of the first move among those in which there is one"),
  constant: z
    .array(z.strictObject({ growth: z.number(), best: briefSchema.nullable() }))
    .describe("the plan if growth were the same every month"),
});
export type PlanPolicy = z.infer<typeof policySchema>;

const raiseSchema = z.strictObject({
  architecture: z.string(),
  quota: z.string(),
  title: z.string(),
  code: z.string().nullable(),
  region: z.string(),
  unit: z.string(),
  from: z.number().describe("granted today"),
  to: z.number().describe("the greatest demand in the plan, rounded up to two digits"),
  through: z.array(z.string()),
  month: z.number().describe("by which it is to be granted"),
});

const endSchema = z.strictObject({ value: z.number(), best: briefSchema.nullable() });

export const planSchema = z.strictObject({
  driver: z.string(),
  unit: z.string().describe("of the driver; empty: a plain number"),
  horizon: z.number().describe("months"),
  growth: z.string().describe("as written"),
  discount: z.number().describe("a year"),
  running: z.string().nullable().describe("what runs today; null: the plan builds its start"),
  start_load: z.number(),
  end_load: z.number().describe("in the last month"),
  best: pathSchema.nullable().describe("null: no plan can serve the load in every month"),
  next: pathSchema.nullable().describe("the best plan with another sequence of architectures"),
  starts: z
    .array(z.strictObject({ architecture: z.string(), best: briefSchema.nullable() }))
    .describe("the best plan of each"),
  stay: z
    .strictObject({
      architecture: z.string(),
      cost: z.number().describe("discounted, whether or not it can serve the load"),
      regret: z.number().nullable().describe("USD more than the best plan; null: it cannot serve the load"),
      stopped: stopSchema.nullable(),
    })
    .nullable()
    .describe("never to change the start of the best plan"),
  move_now: z
    .strictObject({
      to: z.string(),
      decided: z.number().describe("the first month in which a move can be decided"),
      cost: z.number(),
      regret: z.number(),
    })
    .nullable()
    .describe(
      "to make the plan's first move at once; where the plan never moves, the best move there is; null: none is possible",
    ),
  stops: z.array(stopSchema).describe("architectures that cannot serve the load in some month"),
  raises: z.array(raiseSchema).describe("quotas that the plan needs raised"),
  months: z.array(
    z.strictObject({
      month: z.number(),
      driver: z.number(),
      cost: z.record(z.string(), z.number().nullable()).describe("USD in the month; null: no figure at this load"),
      able: z.record(z.string(), z.boolean()),
      serving: z.string().nullable().describe("by the plan; null: not released yet"),
      beside: z.string().nullable(),
      spent: z.number().nullable().describe("by the plan, in USD of the month"),
      discounted: z.number().nullable().describe("up to and with this month"),
    }),
  ),
  loads: z
    .array(z.strictObject({ driver: z.number(), best: briefSchema.nullable() }))
    .describe("the plan if the load of month 0 were this, at each power of ten"),
  turns: z
    .array(
      z.strictObject({
        at: z.number().describe("load of month 0"),
        below: z.string().nullable().describe("best start below; null: none can serve the load"),
        above: z.string().nullable(),
        by: z.enum(["cost", "limit"]).describe("limit: from there on no plan that begins as below serves the load"),
      }),
    )
    .describe("loads of month 0 at which the best start is another one"),
  ranges: z
    .array(z.strictObject({ address: z.string(), unit: z.string(), low: endSchema, high: endSchema }))
    .describe("the plan at the ends of each range, everything else at its value"),
  figures: z.array(
    z.strictObject({
      address: z.string(),
      value: z.number(),
      unit: z.string(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      status: z.enum(["measured", "documented", "assumed", "given"]),
      reason: z.string().nullable(),
    }),
  ),
  policy: policySchema.nullable().describe("null: the growth has no range"),
});
export type PlanResult = z.infer<typeof planSchema>;
