// Figures of architectures that are no cost, and what they have to be.
import { z } from "zod";

const metricFigureSchema = z.strictObject({
  value: z.number().describe("in the metric's unit"),
  formula: z.string(),
  status: z.enum(["measured", "documented", "assumed"]).nullable(),
  reason: z.string().nullable(),
  place: z.string().describe("file:line of the scenario"),
});

export const objectivesSchema = z.strictObject({
  metrics: z.record(
    z.string(),
    z.strictObject({
      title: z.string(),
      unit: z.string().describe("empty: a plain number"),
      reason: z.string().nullable(),
    }),
  ),
  objectives: z.array(
    z.strictObject({
      id: z.string(),
      assert: z.string(),
      reason: z.string().nullable(),
      architectures: z.array(z.string()).describe("the ones that it binds"),
    }),
  ),
  architectures: z.record(
    z.string(),
    z.strictObject({
      metrics: z.record(z.string(), metricFigureSchema),
      missed: z.array(z.string()).describe("ids of objectives; one is enough to rule the architecture out"),
    }),
  ),
});
export type ObjectivesResult = z.infer<typeof objectivesSchema>;
