// The carbon part of a result. Masses are kg CO2e, energy is kWh; nothing is rounded.
import { z } from "zod";

const basisSchema = z.enum(["measured", "documented", "assumption"]);
const bandSchema = z
  .strictObject({ low: z.number(), central: z.number(), high: z.number() })
  .describe("low and high: every coefficient at the end of its band that gives less, more carbon");
const carbonLineSchema = z.strictObject({
  component: z.string(),
  service: z.string(),
  use: z.string(),
  title: z.string(),
  region: z.string(),
  kind: z.enum(["compute", "memory", "storage", "network", "request", "transition", "embodied"]),
  basis: basisSchema.describe("assumption: nobody publishes what it draws"),
  energy_kwh: bandSchema.describe("kWh in the month, PUE included"),
  operational: bandSchema.describe("kg CO2e in the month"),
  embodied: bandSchema.describe("kg CO2e in the month"),
  formula: z.string(),
  place: z.string(),
});
export type CarbonLine = z.infer<typeof carbonLineSchema>;

export const architectureCarbonSchema = z.strictObject({
  set: z.string().describe("the one set of coefficients of the run"),
  month: bandSchema.describe("kg CO2e in the month: operational, location-based, plus embodied"),
  operational: bandSchema.describe("kg CO2e: energy x PUE x grid intensity, location-based"),
  embodied: bandSchema.describe("kg CO2e: share of making the hardware over its lifetime"),
  per_unit: bandSchema.nullable().describe("kg CO2e per unit of work (SCI); null when no work is done"),
  per_reported_unit: bandSchema.nullable().describe("kg CO2e per report_per unit"),
  energy_kwh: bandSchema.describe("kWh in the month, PUE included"),
  market_based: z.number().nullable().describe("kg CO2e operational after the provider's purchases; null: unknown"),
  water_l: z.number().nullable().describe("litres in the month; null: a region publishes no figure"),
  assumption_share: z.number().describe("share of the band high - low that lines of unpublished energy make"),
  lines: z.array(carbonLineSchema).describe("largest first"),
  not_counted: z.array(z.strictObject({ what: z.string(), reason: z.string() })),
});
export type ArchitectureCarbon = z.infer<typeof architectureCarbonSchema>;

const coefficientSchema = z.strictObject({
  address: z.string(),
  title: z.string(),
  unit: z.string(),
  per: z.number().describe("people read it for so many, e.g. 1000 requests"),
  low: z.number().describe("the end that gives less carbon, in the unit"),
  central: z.number(),
  high: z.number(),
  basis: basisSchema,
  shared: z.boolean().describe("the same in all architectures of the comparison"),
  source: z.string(),
  source_title: z.string(),
  source_url: z.string().nullable(),
  retrieved: z.string(),
  note: z.string().nullable(),
});
export type CoefficientUsed = z.infer<typeof coefficientSchema>;

const carbonRatioSchema = z.strictObject({
  architecture: z.string(),
  change: z
    .strictObject({
      low: z.number(),
      central: z.number(),
      high: z.number().nullable().describe("null: without bound, `reason` says why"),
      reason: z.string().optional(),
    })
    .describe("carbon over that of `base`, less 1: -0.66 is 66 % less; shared coefficients move together"),
  ranking: z
    .enum(["less", "more", "undetermined", "equal"])
    .describe("less: never above the base, at any values inside the bands; more: never below it"),
  partial: z.boolean().optional().describe("true: of one of the two not all energy is known, see its `not_counted`"),
  decided_by: z.string().nullable().describe("title of the coefficient with the greatest effect on the ratio"),
  break_even: z
    .array(
      z.strictObject({
        coefficient: z.string(),
        title: z.string(),
        unit: z.string(),
        per: z.number(),
        value: z.number().describe("the two emit alike here, all else central"),
        turns: z.enum(["above", "below"]).describe("side of the value on which the ranking is the other one"),
        low: z.number(),
        central: z.number(),
        high: z.number(),
        within_band: z.boolean().describe("true: a value outside its band is not listed"),
        basis: basisSchema,
      }),
    )
    .describe("greatest effect first"),
});
export type CarbonRatio = z.infer<typeof carbonRatioSchema>;

export const carbonComparisonSchema = z.strictObject({
  base: z.string().describe("what the others are compared with: `current`, else the cheapest but one"),
  verdict: z.string().describe("cost and carbon of the cheapest against it, on one line"),
  rows: z.array(carbonRatioSchema),
});
export type CarbonComparison = z.infer<typeof carbonComparisonSchema>;

export const carbonMethodSchema = z.strictObject({
  set: z.string(),
  title: z.string(),
  doc: z.string(),
  years: z.array(z.number()).describe("of the grid's intensity"),
  coefficients: z.array(coefficientSchema),
  credits: z.array(z.string()),
});
export type CarbonMethod = z.infer<typeof carbonMethodSchema>;
