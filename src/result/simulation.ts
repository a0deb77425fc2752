// What a simulation says: the contract between the engine, the text, the CSV and the JSON.
import { z } from "zod";

const hitSchema = z.strictObject({
  time: z.number().describe("second in which something was first over the quota"),
  load: z.number().describe("load then, as a share of the expected load"),
});

const stageOutcomeSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  effect: z.enum(["delay", "reject", "open"]).describe("open: a limit on work that runs or waits"),
  firstHit: hitSchema.optional().describe("absent: never"),
  burstSeconds: z.number().describe("seconds for which a saved-up bucket hid that demand was above the rate"),
  waiting: z.number(),
  lag: z.number().nullable().describe("seconds that what waits at the end needs; null: without end"),
  longestWait: z
    .number()
    .nullable()
    .describe("seconds, from the second in which work came until it passed, at most; null: without end"),
  rejected: z.number().describe("tries turned away"),
});

const pointSchema = z.strictObject({
  time: z.number().describe("seconds from the start, at the end of the stretch"),
  arriving: z.number().describe("units a second, mean of the stretch"),
  served: z.number(),
  waiting: z.number().describe("at the end of the stretch"),
  waitingMost: z.number(),
  lag: z.number().nullable(),
  lagMost: z.number().nullable(),
});

/** Totals in units of work; arrived = served + waiting + retrying + lost. */
const outcomeSchema = z.strictObject({
  arrived: z.number(),
  served: z.number(),
  waiting: z.number(),
  retrying: z.number(),
  lost: z.number(),
  tries: z.number().describe("tries over what arrived: 1 without retries"),
  stages: z.array(stageOutcomeSchema),
  openAtEnd: z.number().optional(),
  replicaHours: z.number().optional(),
  replicas: z.number().optional(),
  series: z.array(pointSchema),
});

const stageSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  rate: z.number().describe("units a second that pass for ever"),
  bucket: z.number(),
  effect: z.enum(["delay", "reject"]),
  growth: z.number().optional().describe("units a second that capacity grows by each second"),
  holding: z.number().optional().describe("seconds that work holds a slot"),
  passes: z
    .number()
    .optional()
    .describe("share of any work that passes, where what is wanted at rest is over the quota"),
  doubling: z.number().optional().describe("seconds after which the service has doubled its rate"),
});

/** An architecture simulated with each quota alone and with all of them. Costs in USD a month at the simulated load. */
export const simulatedSchema = z.strictObject({
  name: z.string(),
  single: z.array(z.strictObject({ stage: stageSchema, outcome: outcomeSchema })),
  together: outcomeSchema,
  fleet: z
    .strictObject({
      hours: z.number(),
      replicas: z.number(),
      wait: z.number().nullable().describe("mean wait in seconds at the mean load (Erlang C); null: without end"),
    })
    .optional(),
  servedCost: z.number().nullable(),
  demandedCost: z.number().nullable(),
});
