// A result that was written earlier, perhaps by another version of the program: only what a comparison reads is asked for,
// whatever else it holds is kept.
import { z } from "zod";

const storedLineSchema = z.looseObject({
  x_Component: z.string(),
  x_Service: z.string(),
  x_Meter: z.string(),
  x_Role: z.string(),
  x_Kind: z.string(),
  x_TierFrom: z.number(),
  RegionId: z.string(),
  ChargeDescription: z.string(),
  PricingQuantity: z.number(),
  PricingUnit: z.string(),
  ContractedUnitPrice: z.number(),
  EffectiveCost: z.number(),
  x_Place: z.string().nullable(),
});
export type StoredLine = z.infer<typeof storedLineSchema>;

const storedArchitectureSchema = z.looseObject({
  title: z.string(),
  cost: z.looseObject({ month: z.number() }),
  line_items: z.array(storedLineSchema),
  components: z.record(z.string(), z.looseObject({ service: z.string(), region: z.string() })),
});

/** What budgets and comparisons read of a result; every `Result` of this version is one. */
export const storedResultSchema = z.looseObject({
  program: z.looseObject({ version: z.string() }),
  scenario: z.looseObject({
    name: z.string(),
    file: z.string(),
    region: z.string(),
    month_hours: z.number(),
    price_book: z.string(),
    as_of: z.looseObject({ prices: z.string() }),
  }),
  workload: z.looseObject({ driver: z.string(), driver_value: z.number(), work_month: z.number() }),
  architectures: z.record(z.string(), storedArchitectureSchema),
  comparison: z.looseObject({ cheapest: z.string() }),
  assumptions: z.array(
    z.looseObject({
      address: z.string(),
      value: z.union([z.number(), z.string()]),
      unit: z.string(),
      place: z.string().nullable(),
    }),
  ),
});
export type StoredResult = z.infer<typeof storedResultSchema>;
