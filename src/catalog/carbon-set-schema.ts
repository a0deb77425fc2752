// The file formats of pricing/carbon/. The schemas are the source of the types.
import { z } from "zod";
import { formula, isoDate, name } from "./schema-words.ts";

const coefficientSchema = z.strictObject({
  title: z.string(),
  /** unit of bare numbers; absent: a plain number */
  unit: z.string().optional(),
  /** one figure for all three */
  value: formula.optional(),
  /** the end that gives less carbon, whatever the number */
  low: formula.optional(),
  central: formula.optional(),
  /** the end that gives more carbon */
  high: formula.optional(),
  /** assumption: nobody publishes it, the band is chosen */
  basis: z.enum(["measured", "documented", "assumption"]),
  /** true: one fact of the world, the same in all architectures of a comparison; false: it may differ between them */
  shared: z.boolean(),
  source: z.string(),
  retrieved: isoDate.default("2026-11-23"),
  /** people read it for so many, e.g. 1000 requests */
  per: z.number().positive().default(1),
  /** nothing above it is possible, in the unit */
  most: z.number().optional(),
  note: z.string().optional(),
});
export type CoefficientSpec = z.infer<typeof coefficientSchema>;
/** `pricing/carbon/<set>.yaml`: coefficients and the names made of them; a set that extends another replaces by name. */
export const carbonSetSchema = z.strictObject({
  set: z.string(),
  extends: z.string().optional(),
  title: z.string(),
  doc: z.string(),
  coefficients: z.record(name, coefficientSchema).default({}),
  let: z.record(name, formula).default({}),
});
export type CarbonSet = z.infer<typeof carbonSetSchema>;
/** `pricing/carbon/sets.yaml` */
export const carbonSetsSchema = z.strictObject({ default: z.string(), sets: z.array(z.string()).min(1) });
