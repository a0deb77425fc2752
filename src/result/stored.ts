// A result that was written earlier, perhaps by another version of the program: only what a comparison reads is asked for,
// whatever else it holds is kept.
import { z } from "zod";
import { SCHEMA_VERSION } from "./version.ts";

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

/** By name; the one name that a record cannot hold is refused, not left out. */
function namedSchema<T extends z.ZodType>(value: T) {
  return z
    .unknown()
    .refine((data) => typeof data !== "object" || data === null || !Object.hasOwn(data, "__proto__"), {
      error: 'nothing may be named "__proto__"',
      abort: true,
    })
    .pipe(z.record(z.string(), value));
}

const storedArchitectureSchema = z.looseObject({
  title: z.string(),
  cost: z.looseObject({ month: z.number() }),
  line_items: z.array(storedLineSchema),
  components: namedSchema(z.looseObject({ service: z.string(), region: z.string() })),
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
  architectures: namedSchema(storedArchitectureSchema),
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

/**
 * Why a result of another version of the schema cannot be compared; undefined where it can. Within a major version figures are
 * only added, and what came before 1.0 held the same with fewer: both are read as they are. A newer one may mean something else.
 */
export function versionProblem(result: unknown): string | undefined {
  if (typeof result !== "object" || result === null || !("schema_version" in result)) return undefined;
  const version = String(result.schema_version);
  const [major, minor] = numbers(version);
  const [own = 0, ownMinor = 0] = numbers(SCHEMA_VERSION);
  if (major === undefined || minor === undefined) return `has the schema version "${version}", which is none`;
  if (major < own || (major === own && minor <= ownMinor)) return undefined;
  return `was written by a newer archcost: schema version ${version}, and this program reads up to ${SCHEMA_VERSION}`;
}

function numbers(version: string): readonly number[] {
  const found = /^(\d{1,6})\.(\d{1,6})$/.exec(version);
  return found === null ? [] : [Number(found[1]), Number(found[2])];
}
