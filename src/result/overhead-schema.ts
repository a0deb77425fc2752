// What stands beside the cost of an architecture: its environments by themselves, and a second total with overheads.
import { z } from "zod";

export const environmentCostSchema = z.strictObject({
  load: z.number().describe("share of the workload's load"),
  schedule: z.string().nullable().describe("when it is switched on; null: always"),
  accounts: z.array(z.string()),
  regions: z.array(z.string()).optional().describe("where its lines are billed; absent: in the scenario's region only"),
  month: z.number().describe("USD a month, part of the architecture's cost"),
  share: z.number(),
  roles: z.record(z.string(), z.strictObject({ month: z.number(), share: z.number() })),
});
export type EnvironmentCost = z.infer<typeof environmentCostSchema>;

const overheadLineSchema = z.strictObject({
  kind: z.enum(["support", "tax"]),
  title: z.string(),
  account: z.string().nullable().describe("null: all accounts together, or the scenario names none"),
  base: z.number().describe("USD a month that it is counted on"),
  existing: z.number().describe("USD a month that the organisation spends already: it decides the band"),
  cost: z.number().describe("USD a month more"),
  formula: z.string(),
  source: z.string().nullable(),
  source_date: z.string().nullable(),
  price_status: z.enum(["listed", "carried", "assumed", "remembered", "stated"]),
  note: z.string().nullable(),
});
export type OverheadLine = z.infer<typeof overheadLineSchema>;

export const overheadsSchema = z.strictObject({
  lines: z.array(overheadLineSchema),
  month: z.number().describe("USD a month, overheads included: a second total, never in cost"),
  year: z.number(),
  currency: z
    .strictObject({
      code: z.string(),
      rate: z.number().describe("units of the currency for one USD, as the scenario states it"),
      date: z.string(),
      source: z.string(),
      month: z.number(),
      year: z.number(),
    })
    .nullable(),
});
export type Overheads = z.infer<typeof overheadsSchema>;
