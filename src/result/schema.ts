// The result of a run: the contract between the model and every reader of it (tables, reports, budgets, the page).
// Money is in USD as plain numbers, nothing is rounded; reports round. Column names of line items are FOCUS's,
// ours begin with x_.
import { z } from "zod";
import { architectureCarbonSchema, carbonComparisonSchema, carbonMethodSchema } from "./carbon-schema.ts";
import { combineSchema } from "./combine.ts";
import { breakEvenSchema, uncertaintySchema, unitEconomicsSchema } from "./decision-schema.ts";
import { objectivesSchema } from "./objectives.ts";
import { operationsSchema } from "./operations.ts";
import { environmentCostSchema, overheadsSchema } from "./overhead-schema.ts";
import { planSchema } from "./plan.ts";
import { SCHEMA_VERSION } from "./version.ts";

const priceStatus = z.enum(["listed", "carried", "assumed", "remembered", "stated"]);
export type PriceStatus = z.infer<typeof priceStatus>;

const lineItemSchema = z.strictObject({
  x_Architecture: z.string(),
  x_Component: z.string(),
  x_Environment: z.string().optional().describe("absent where the scenario tells no environments"),
  x_Service: z.string().describe("folder under pricing/, e.g. aws/lambda"),
  x_Meter: z.string(),
  x_Role: z.string(),
  x_Kind: z.enum(["usage", "retries", "commitment", "discount", "stated"]),
  x_TierFrom: z.number().describe("lower edge of the price tier, in pricing units"),
  x_TierTo: z.number().nullable().describe("upper edge, excluded; null: no end"),
  ServiceName: z.string(),
  ServiceCategory: z.string(),
  ServiceSubcategory: z.string().nullable(),
  ChargeCategory: z.enum(["Usage", "Purchase", "Adjustment"]),
  ChargeDescription: z.string(),
  RegionId: z.string(),
  SubAccountId: z.string().nullable(),
  ConsumedQuantity: z.number().describe("usage before free allowances, in PricingUnit"),
  ConsumedUnit: z.string(),
  PricingQuantity: z.number(),
  PricingUnit: z.string(),
  PricingCategory: z.enum(["Standard", "Committed", "Dynamic", "Other"]),
  ListUnitPrice: z.number(),
  ListCost: z.number(),
  ContractedUnitPrice: z.number(),
  ContractedCost: z.number(),
  EffectiveCost: z.number().describe("what budgets and totals use"),
  BilledCost: z.number(),
  BillingCurrency: z.literal("USD"),
  SkuPriceId: z.string().nullable(),
  x_Formula: z.string(),
  x_Source: z.string(),
  x_SourceDate: z.string().nullable().describe("day on which the price was last observed"),
  x_PriceStatus: priceStatus,
  x_Place: z.string().nullable().describe("file:line of the scenario that asks for it"),
});
export type LineItem = z.infer<typeof lineItemSchema>;

const costSchema = z.strictObject({
  month: z.number().describe("USD a month; where the months of the first year differ, their mean"),
  year: z.number().describe("USD of the first twelve months"),
  per_unit: z.number().nullable().describe("USD per unit of work; null when no work is done"),
  per_reported_unit: z.number().nullable().describe("USD per report_per unit"),
  list_month: z.number().describe("USD a month before discounts and commitments"),
  month_1: z.number().optional(),
  month_12: z.number().optional(),
  settled: z
    .number()
    .optional()
    .describe(
      "where stores fill from empty: USD a month once as much is deleted as is added; absent where that never comes",
    ),
  months: z.array(z.number()).optional().describe("USD of each month of the year, where the load has a season"),
});
export type Cost = z.infer<typeof costSchema>;

const varianceSchema = z.strictObject({
  month: z.string(),
  source: z.string(),
  estimate: z.number(),
  actual: z.number(),
  variance: z.number(),
  quantity_variance: z.number().nullable().describe("part explained by quantity, at the estimated unit cost"),
  price_variance: z.number().nullable().describe("part explained by unit cost, at the actual quantity"),
});

const componentSchema = z.strictObject({
  service: z.string(),
  title: z.string(),
  region: z.string(),
  count: z.number(),
  environment: z.string().optional(),
  account: z.string().optional(),
  cost: z.strictObject({ month: z.number(), share: z.number() }),
  actual: varianceSchema.optional(),
});

const notCountedSchema = z.strictObject({
  what: z.string(),
  reason: z.string().nullable().describe("null: the scenario gives none (a warning)"),
});

const roleSchema = z.strictObject({ month: z.number(), share: z.number() });

const loadSchema = z.strictObject({
  units: z.number().describe("value of the driver; 0: not even the least load fits"),
  share: z.number().describe("share of the load that the scenario expects"),
});
const capacitySchema = loadSchema.extend({ quota: z.string().describe("the quota that binds first") }).nullable();

const limitSchema = z.strictObject({
  quota: z.string().describe("service/quota, e.g. aws/lambda/concurrent_executions; of a setting component/capacity"),
  title: z.string(),
  code: z.string().nullable().describe("the provider's code of the quota"),
  kind: z.enum(["token_bucket", "concurrency", "ramp", "rate_per_scope", "count", "size", "duration"]),
  scope: z
    .enum(["account-region", "account", "component", "execution", "scope", "setting"])
    .describe("what shares the quota; setting: no quota, but a capacity that the component's own parameters set"),
  region: z.string(),
  account: z.string().nullable(),
  components: z
    .array(z.string())
    .describe("what counts against it; where each has its own, the one with the greatest demand"),
  unit: z.string().describe("of demand, existing, value and granted"),
  demand: z.number().describe("peak at the load of the run, existing use included"),
  existing: z.number().describe("in use outside the scenario"),
  value: z.number().describe("published"),
  granted: z.number().describe("granted, as the scenario says; else the published value"),
  adjustable: z.boolean(),
  raised_through: z.array(z.string()).describe("adjustable quotas that it follows, where it cannot be raised itself"),
  effect: z.enum(["delay", "reject", "fail", "slow"]).describe("what happens to the work above it"),
  behaviour: z.string().nullable(),
  as_of: z.string().describe("day from which the value is known"),
  assumed: z.boolean().describe("asked for an earlier day than any known: the earliest known value"),
  evidence: z.string().nullable().describe("recall: from memory, not read again"),
  source: z.string(),
  source_url: z.string().nullable(),
  binds_at: loadSchema.nullable().describe("greatest load within the published value; null: it never binds"),
  binds_at_granted: loadSchema.nullable(),
  headroom: z.number().nullable().describe("share of the granted value that is left; negative: exceeded"),
  restart_after: z.number().nullable().describe("seconds after which one execution would reach it and must start anew"),
});
export type Limit = z.infer<typeof limitSchema>;

const raiseSchema = z.strictObject({
  quota: z.string(),
  title: z.string(),
  code: z.string().nullable(),
  region: z.string(),
  unit: z.string(),
  from: z.number(),
  to: z.number().describe("the demand, rounded up to two digits"),
  through: z.array(z.string()).describe("quotas to raise instead, where this one follows them"),
});
export type Raise = z.infer<typeof raiseSchema>;

const architectureSchema = z.strictObject({
  title: z.string(),
  cost: costSchema,
  line_items: z.array(lineItemSchema),
  components: z.record(z.string(), componentSchema),
  roles: z.record(z.string(), roleSchema),
  environments: z
    .record(z.string(), environmentCostSchema)
    .optional()
    .describe("absent where the scenario tells none; each a part of cost"),
  overheads: overheadsSchema.optional().describe("a second total; absent where the scenario tells none"),
  not_counted: z.array(notCountedSchema),
  free_allowances: z
    .number()
    .optional()
    .describe(
      "USD a month that allowances every payer has would take off, where the scenario neither counts nor rules them out; absent up to 1 % of the cost",
    ),
  status_share: z.record(z.string(), z.number()).describe("share of the cost that rests on each price status"),
  notices: z.array(z.string()),
  limits: z.array(limitSchema).describe("what is hit first, as granted, stands first"),
  capacity: z.strictObject({
    default: capacitySchema.describe("at published values; null: nothing binds"),
    granted: capacitySchema.describe("at granted values"),
    hard: capacitySchema.describe("with every adjustable quota raised"),
  }),
  carbon: architectureCarbonSchema.nullable().default(null).describe("null: no coefficients are known"),
  raises: z.array(raiseSchema).describe("adjustable quotas that the load of the run needs raised"),
  first_hit: z.string().nullable().describe("the quota that binds first, as granted"),
  feasible: z.boolean().describe("false: a hard limit stands against the load, whatever is raised"),
  disqualified: z.array(z.string()).describe("why it cannot serve the load; empty when feasible"),
});
export type ArchitectureResult = z.infer<typeof architectureSchema>;

const comparisonRowSchema = z.strictObject({
  architecture: z.string(),
  month: z.number(),
  year: z.number(),
  per_unit: z.number().nullable(),
  saving: z.number().nullable().describe("USD a month less than `current`; negative: dearer"),
  saving_share: z.number().nullable(),
});

const assumptionSchema = z.strictObject({
  address: z.string(),
  value: z.union([z.number(), z.string()]),
  unit: z.string(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  status: z.enum(["measured", "documented", "assumed", "given", "default"]),
  reason: z.string().nullable(),
  place: z.string().nullable(),
});
export type Assumption = z.infer<typeof assumptionSchema>;

const priceUsedSchema = z.strictObject({
  service: z.string(),
  rate: z.string(),
  region: z.string(),
  region_of_price: z.string().describe("differs from region where a price was assumed from another region"),
  unit: z.string(),
  tiers: z.array(
    z.strictObject({ from: z.number(), to: z.number().nullable(), price: z.string(), sku: z.string().nullable() }),
  ),
  from: z.string(),
  observed: z.string().describe("last day on which it was seen"),
  gap_days: z.number().describe("days between the last observation and the day it is used for; 0 when observed later"),
  status: priceStatus,
  source: z.string(),
  source_title: z.string(),
  source_url: z.string().nullable(),
  retrieved: z.string().nullable(),
  note: z.string().nullable(),
});
export type PriceUsed = z.infer<typeof priceUsedSchema>;

const curveSchema = z.strictObject({
  over: z.string().describe("variable, usually the driver"),
  x: z.array(z.number()),
  month: z.record(z.string(), z.array(z.number())).describe("USD a month by architecture"),
  per_unit: z.record(z.string(), z.array(z.number().nullable())),
});

const growthSchema = z.strictObject({
  months: z.array(
    z.strictObject({
      month: z.number().describe("0: the load of the run"),
      driver: z.number(),
      cost: z.record(z.string(), z.number()).describe("USD in the month by architecture"),
    }),
  ),
  year: z
    .record(z.string(), z.number())
    .nullable()
    .default(null)
    .describe("USD by architecture in months 1 to 12 together, each at its own load; null: fewer months are looked at"),
  first_hits: z
    .record(z.string(), z.array(z.strictObject({ quota: z.string(), title: z.string(), month: z.number() })))
    .describe("by architecture: the first month in which the load exceeds each quota, as granted"),
});

export const resultSchema = z.strictObject({
  schema_version: z.literal(SCHEMA_VERSION),
  program: z.strictObject({ name: z.literal("archcost"), version: z.string() }),
  scenario: z.strictObject({
    name: z.string(),
    file: z.string(),
    question: z.string().nullable(),
    region: z.string(),
    as_of: z.strictObject({ prices: z.string(), quotas: z.string(), carbon: z.string() }),
    month_hours: z.number(),
    free_tier: z.boolean().describe("free allowances are taken off"),
    free_tier_services: z.array(z.string()).optional().describe("only those of these services"),
    price_book: z.string().describe("hash of the prices used"),
  }),
  workload: z.strictObject({
    unit: z.string(),
    driver: z.string(),
    driver_value: z.number(),
    load: z.number().describe("1: the load of the scenario"),
    work_month: z.number().describe("units of work in the month"),
    reported_unit: z.string(),
    reported_count: z.number().describe("units of work in one reported unit"),
  }),
  current: z.string().nullable(),
  architectures: z.record(z.string(), architectureSchema),
  comparison: z.strictObject({
    cheapest: z.string(),
    current: z.string().nullable(),
    rows: z.array(comparisonRowSchema).describe("cheapest first"),
    verdict: z.array(z.string()).describe("sentences, the answer first"),
    carbon: carbonComparisonSchema.nullable().default(null).describe("null: a single architecture, or no carbon"),
  }),
  carbon: carbonMethodSchema.nullable().default(null),
  objectives: objectivesSchema
    .nullable()
    .default(null)
    .describe("null: the scenario tells neither metrics nor objectives"),
  operations: operationsSchema.nullable().default(null).describe("beside the bill; null: nothing to compare"),
  combine: combineSchema.nullable().default(null).describe("null: no component tells team, scaling or security"),
  assumptions: z.array(assumptionSchema),
  prices: z.array(priceUsedSchema),
  curve: curveSchema.nullable(),
  growth: growthSchema.nullable().describe("null: the scenario tells no growth"),
  break_even: breakEvenSchema.nullable().default(null).describe("over the driver; null: it cannot be moved"),
  unit_economics: unitEconomicsSchema.nullable().default(null),
  uncertainty: uncertaintySchema.nullable().default(null).describe("null: the scenario gives no ranges"),
  plan: planSchema.nullable().default(null).describe("null: the scenario tells no evolution, or it was not asked for"),
  warnings: z.array(z.string()),
});
export type Result = z.infer<typeof resultSchema>;
