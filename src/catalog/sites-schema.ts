// The file format of grid, PUE and water of regions. The schema is the source of the type.
import { z } from "zod";

/** `pricing/<provider>/sites.yaml`: grid, PUE and water of regions */
export const sitesSchema = z.strictObject({
  source: z.string(),
  retrieved: z.iso.date(),
  pue_source: z.string(),
  market_source: z.string(),
  market_year: z.number(),
  pue_band: z.number(),
  regions: z.record(
    z.string(),
    z.strictObject({
      zone: z.string(),
      /** year -> g/kWh */
      grid: z.record(z.string().regex(/^\d{4}$/), z.number().nonnegative()),
      grid_low: z.number(),
      grid_high: z.number(),
      pue: z.number().min(1),
      pue_basis: z.enum(["published", "geography"]),
      /** litres per kWh of IT energy */
      wue: z.number().optional(),
      /** g/kWh after purchases; absent: unknown */
      market_based: z.number().optional(),
    }),
  ),
});
export type Sites = z.infer<typeof sitesSchema>;
