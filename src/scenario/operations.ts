// What people do for an architecture month by month: cost of ownership, beside the bill and never inside it.
import { z } from "zod";
import { formula, status, text } from "./primitives.ts";

const hoursSchema = z.union([
  formula,
  z.strictObject({ low: formula.optional(), typical: formula, high: formula.optional() }),
]);

/** `hours` a month (a bare number is hours), `rate` of one (a bare number is USD/h). */
export const operationsSchema = z.strictObject({
  hours: hoursSchema.optional(),
  rate: formula.optional(),
  status: status.optional(),
  reason: text.optional(),
  source: text.optional(),
});
export type OperationsSpec = z.infer<typeof operationsSchema>;
