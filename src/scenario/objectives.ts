// What an architecture is besides cheap: figures of its own (`metrics`) and what they have to be (`objectives`).
import { z } from "zod";
import { formula, label, name, status, text } from "./primitives.ts";

/** What a metric is; `value` holds for every architecture that gives none of its own. */
const metricSchema = z.strictObject({
  title: text.optional(),
  /** unit that it is stated in; default: that of its formula */
  unit: z.string().max(40).optional(),
  value: formula.optional(),
  status: status.optional(),
  reason: text.optional(),
});

export const metricsSchema = z.record(name, z.union([formula, metricSchema]));

const metricValueSchema = z.strictObject({ value: formula, status: status.optional(), reason: text.optional() });
export type MetricValueSpec = string | number | z.infer<typeof metricValueSchema>;

/** Metrics of one architecture; null takes an inherited one away. */
export const ownMetricsSchema = z.record(name, z.union([formula, metricValueSchema]).nullable());

/** An assertion over metrics, variables and `cost.month` that an architecture has to meet to be considered. */
export const objectiveSchema = z.strictObject({
  id: label,
  assert: z.string().max(10_000),
  /** which architectures it binds; default: all */
  architectures: z.array(label).min(1).optional(),
  reason: text.optional(),
});
