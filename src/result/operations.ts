// Cost of ownership beside the bill: what people do for an architecture month by month. It makes a second total.
import { z } from "zod";

const bandSchema = z.strictObject({ low: z.number(), typical: z.number(), high: z.number() });
export type OperationsBand = z.infer<typeof bandSchema>;

const operationsOfSchema = z.strictObject({
  hours: bandSchema.nullable().describe("hours of people a month; null: the scenario does not tell"),
  rate: z.number().describe("USD an hour"),
  rate_status: z.enum(["stated", "assumed"]).describe("assumed: the scenario tells none"),
  rate_reason: z.string().nullable(),
  rate_source: z.string().nullable(),
  cost: bandSchema.nullable().describe("USD a month: hours x rate; in no other cost of the result"),
  total: bandSchema.nullable().describe("USD a month: the bill and operations"),
  status: z.enum(["measured", "documented", "assumed"]).nullable(),
  reason: z.string().nullable(),
  place: z.string().nullable(),
});
export type OperationsOf = z.infer<typeof operationsOfSchema>;

const turnSchema = z.strictObject({
  architecture: z.string().describe("the cheapest by bill"),
  other: z.string(),
  difference: z.number().describe("USD a month that the other's bill is higher"),
  hours: z
    .number()
    .describe("the ranking turns where the cheapest needs more than so many hours a month beyond the other"),
  rate: z.number().describe("USD an hour that this is worked out with"),
  stated: z.number().nullable().describe("hours beyond the other that the scenario tells (typical); null: it does not"),
});
export type OperationsTurn = z.infer<typeof turnSchema>;

export const operationsSchema = z.strictObject({
  architectures: z.record(z.string(), operationsOfSchema),
  cheapest: z.string().nullable().describe("by the second total, typical hours; null: hours of some are not told"),
  settled: z
    .boolean()
    .nullable()
    .describe("whether it stays the cheapest from the one end of all ranges of hours to the other"),
  turns: z.array(turnSchema).describe("nearest bill first"),
});
export type OperationsResult = z.infer<typeof operationsSchema>;
