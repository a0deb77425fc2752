// The file formats under pricing/. The schemas are the single source of the types.
import { z } from "zod";
import { reservedName } from "../formula/reserved.ts";
import { ROLES } from "../result/roles.ts";
import { formula, isoDate, name } from "./schema-words.ts";
import { tierFaults } from "./tiers.ts";

export { type CarbonSet, type CoefficientSpec, carbonSetSchema, carbonSetsSchema } from "./carbon-set-schema.ts";
export { type Sites, sitesSchema } from "./sites-schema.ts";

/** A name that the service's formulas use: none that means something already. */
const ownName = name.refine((word) => reservedName(word) === undefined, {
  error: ({ input }) => {
    const reserved = reservedName(String(input));
    return `"${input}" is ${reserved?.is} and cannot be a name here: ${reserved?.hint}`;
  },
});
const role = z.enum(ROLES);

/** How sure a figure is. `carried` is never written: it is found when a figure is used after the day it was last observed. */
const status = z.enum(["listed", "assumed", "remembered"]);

const sourceSchema = z.strictObject({
  title: z.string(),
  url: z.string().optional(),
  publisher: z.string().optional(),
  via: z.string().optional(),
  published: z.string().optional(),
  licence: z.string().optional(),
  quality: z.string().optional(),
  note: z.string().optional(),
});
/** `pricing/<provider>/sources.yaml`: where figures were read; rates and quotas name an id. */
export const sourcesSchema = z.record(z.string(), sourceSchema);
export type Source = z.infer<typeof sourceSchema>;

const parameterSchema = z.strictObject({
  /** what the figure is counted per; documentation for people */
  per: z.enum(["work", "execution", "component", "copy"]).optional(),
  /** the unit of a bare number; absent for a count */
  unit: z.string().optional(),
  default: formula.optional(),
  /**
   * it counts what runs, which an environment's schedule switches off; `copies`: those that serve the load, which
   * `min_copies` bounds, `extra`: others. Formulas may also say `kept_<name>`: with those that are switched off
   */
  runs: z.enum(["copies", "extra"]).optional(),
  /** false: a schedule cannot stop it, it is billed in the hours in which its environment is switched off too */
  stops: z.boolean().optional(),
  /** ends of what the default may well be: it is then an assumption, listed with its range */
  low: formula.optional(),
  high: formula.optional(),
  /**
   * it is the price of a market, which moves: the range of the default is sampled as those of variables are, and what
   * names one market moves together in a region; with `{parameter}` for enums
   */
  market: z.string().optional(),
  min: formula.optional(),
  max: formula.optional(),
  /** another default where all components of the architecture that want this one as a companion are of these services */
  default_beside: z.strictObject({ services: z.array(z.string()).min(1), value: formula }).optional(),
  /** a closed choice, resolved when the graph is linked; the default must be one of them */
  one_of: z.array(z.string()).optional(),
  /** the value names a row of `tables/<table>.yaml` */
  table: name.optional(),
  /** an instant (follows the load curve) is allowed as a value, default false */
  instant: z.boolean().optional(),
  /**
   * it says how long data is held. Where data is kept for ever somewhere in the scenario, all stores start empty, and what is
   * there has been held no longer than the time since the workload began
   */
  retention: z.boolean().optional(),
  /** a retention that may be the word `forever`: the value is then the time since the workload began */
  forever: z.boolean().optional(),
  /** names that it had, each with the words of then and of now: who writes them gets the new ones as a hint */
  formerly: z.record(name, z.record(z.string(), z.string())).optional(),
  integer: z.boolean().optional(),
  doc: z.string(),
});
export type Parameter = z.infer<typeof parameterSchema>;

const datedConstant = z.strictObject({
  from: isoDate,
  value: formula,
  source: z.string().optional(),
  retrieved: isoDate.optional(),
  status: status.optional(),
  note: z.string().optional(),
});
const constantSchema = z.strictObject({
  unit: z.string().optional(),
  doc: z.string().optional(),
  values: z.array(datedConstant).min(1),
});
export type DatedConstant = z.infer<typeof datedConstant>;

const meterSchema = z.strictObject({
  title: z.string(),
  /** an instant; the compiler integrates it over the month */
  flow: formula.optional(),
  /** a month quantity */
  quantity: formula.optional(),
  /** pricing unit as the price list writes it: `GB*s`, `vCPU*h`, `request`, `GB*month` */
  unit: z.string(),
  /** rate key, with `{parameter}` for enums; default: the meter's own name */
  rate: z.string().optional(),
  /** `service#rate`: priced with another service's rate, pooled with its tiers */
  use: z.string().optional(),
  /** part of the rate that is paid, a plain number: the price of Spot over that on demand, a fee of 12 % of it */
  price_share: formula.optional(),
  /** the provider moves the price without notice: FOCUS PricingCategory is Dynamic */
  dynamic: z.boolean().optional(),
  role,
  /** tiers are shared over: the region of the payer (default), all regions, or this component alone */
  pool: z.enum(["payer", "payer-global", "component"]).optional(),
  /** statically decided (enums only): where false the meter does not exist */
  when: z.string().optional(),
  /** a free allowance, taken off first: of this service by its name, or `service#name` of the service whose price it pays */
  free: z
    .string()
    .regex(/^([a-z0-9-]+\/[a-z0-9-]+#)?[a-z][a-z0-9_]*$/, "an allowance is a name, or service#name")
    .optional(),
  /** Savings Plans may cover this meter: key in the plan's rates */
  savings_plan: z.string().optional(),
  doc: z.string().optional(),
});
export type Meter = z.infer<typeof meterSchema>;

const allowanceSchema = z.strictObject({
  amount: formula,
  unit: z.string(),
  scope: z.enum(["payer-global", "payer"]),
  expires: z.string().optional(),
  source: z.string(),
  retrieved: isoDate,
  status: status.optional(),
  note: z.string().optional(),
});

const quotaUseSchema = z.strictObject({
  title: z.string().optional(),
  /** what counts against the quota, an instant unless `kind` is count, size or duration */
  demand: formula,
  /** `service/quota`: counts against another service's quota; default: this service's quota of the same name */
  counts_against: z.string().optional(),
  /** where false (enums only) the quota does not apply */
  when: z.string().optional(),
  /** time in which one execution reaches `demand`; says after how long it would reach the quota and must start anew */
  spans: formula.optional(),
  /** time for which one use holds what it takes of a quota on what runs at once; 0: it stays. For simulations */
  holds: formula.optional(),
  doc: z.string().optional(),
});
export type QuotaUse = z.infer<typeof quotaUseSchema>;

const capacitySchema = z.strictObject({
  title: z.string(),
  kind: z.enum(["rate_per_scope", "concurrency"]),
  unit: z.string(),
  /** parameters that set it: without one of them the component has no such limit */
  set_by: z.array(ownName).min(1),
  /** what the load needs of it, an instant */
  demand: formula,
  /** what is there, in hours of their own where it is an instant */
  value: formula,
  /** as in `quotas` */
  holds: formula.optional(),
  /** where false (enums only) it does not apply */
  when: z.string().optional(),
  on_exceed: z.enum(["delay", "reject"]),
  behaviour: z.string().optional(),
});
export type Capacity = z.infer<typeof capacitySchema>;

const energySchema = z.strictObject({
  title: z.string(),
  /** power drawn as an instant (dimension energy/time), or */
  flow: formula.optional(),
  /** energy in the month (dimension energy) */
  quantity: formula.optional(),
  /** carbon of making the hardware by the time it is held, an instant (dimension carbon/time) */
  embodied: formula.optional(),
  kind: z.enum(["compute", "memory", "storage", "network", "request", "transition", "embodied"]),
  basis: z.enum(["measured", "documented", "assumption"]),
  /** false: drawn outside the provider's buildings, or PUE is in the coefficient */
  pue: z.boolean().default(true),
  when: z.string().optional(),
  doc: z.string().optional(),
});
export type EnergyUse = z.infer<typeof energySchema>;

const checkSchema = z.strictObject({
  /** must be true; a check that holds no enum is evaluated on the base case */
  assert: z.string(),
  message: z.string(),
  when: z.string().optional(),
  level: z.enum(["error", "warning"]).optional(),
  source: z.string().optional(),
});

/** `pricing/<provider>/<service>/service.yaml` */
export const serviceSchema = z.strictObject({
  service: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, "a service is named provider/service"),
  title: z.string(),
  focus: z.strictObject({
    ServiceName: z.string(),
    ServiceCategory: z.string(),
    ServiceSubcategory: z.string().optional(),
  }),
  /** said in every output that uses the service, e.g. that it is closed to new customers */
  notices: z
    .array(z.strictObject({ from: isoDate.optional(), text: z.string(), source: z.string().optional() }))
    .optional(),
  parameters: z.record(ownName, parameterSchema).default({}),
  constants: z.record(ownName, constantSchema).default({}),
  let: z.record(ownName, formula).default({}),
  checks: z.array(checkSchema).default([]),
  meters: z.record(name, meterSchema).default({}),
  free: z.record(name, allowanceSchema).default({}),
  quotas: z.record(name, quotaUseSchema).default({}),
  /** limits that the component's own parameters set, beside the provider's quotas */
  capacities: z.record(name, capacitySchema).default({}),
  /** what of it grows where more load is to be served, an instant; a break-even says where it stays as it is */
  size: formula.optional(),
  /** names a set's coefficients may use and that use them, and what draws power; `none`: why nothing does */
  energy: z
    .strictObject({
      let: z.record(name, formula).optional(),
      uses: z.record(name, energySchema).optional(),
      none: z.string().optional(),
    })
    .default({}),
  /** what a bill with this service usually also holds */
  companions: z.array(z.string()).default([]),
  /** which companions this service is */
  provides: z.array(z.string()).default([]),
  /** which companions a parameter brings with it, once it is written and not 0 */
  provides_with: z.record(name, z.array(z.string())).default({}),
});
export type Service = z.infer<typeof serviceSchema>;

const price = z.string().regex(/^\d+(\.\d+)?(e-?\d+)?$/i, 'a price is a decimal string, e.g. "0.0000166667"');
const tierSchema = z.strictObject({
  /** lower edge in pricing units, included; the edge keeps the unit of the price list */
  from: z.union([z.number(), z.string()]),
  /** upper edge, excluded; `inf` for the last */
  to: z.union([z.number(), z.string()]),
  price,
  sku: z.string().optional(),
  /** where a tier is less sure than the entry: one was read, the next is remembered */
  status: status.optional(),
});
const rateFields = {
  /** the rate is known to hold since this day (often: the day it was observed) */
  from: isoDate.optional(),
  /** a later day on which it was seen unchanged */
  confirmed: isoDate.optional(),
  unit: z.string().optional(),
  currency: z.literal("USD").optional(),
  source: z.string().optional(),
  retrieved: isoDate.optional(),
  status: status.optional(),
  assumed_from: z.string().optional(),
  note: z.string().optional(),
};
const tiersSchema = z
  .array(tierSchema)
  .min(1)
  .superRefine((tiers, context) => {
    for (const { index, message } of tierFaults(tiers)) context.addIssue({ code: "custom", path: [index], message });
  });
export const rateSchema = z
  .strictObject({
    ...rateFields,
    price: price.optional(),
    tiers: tiersSchema.optional(),
    /** AWS's rate code SKU.term.dimension, or SKU: FOCUS SkuPriceId */
    sku: z.string().optional(),
  })
  .refine((rate) => (rate.price === undefined) !== (rate.tiers === undefined), "wants either a price or tiers");
export type RateEntry = z.infer<typeof rateSchema>;

/** `pricing/<provider>/<service>/rates/<region>.yaml`; `global.yaml` holds what costs the same everywhere. */
export const ratesSchema = z.strictObject({
  service: z.string(),
  region: z.string(),
  /** merged into every entry below */
  defaults: z.strictObject(rateFields).optional(),
  /** key -> price, one dated rate, or several, oldest first */
  rates: z.record(z.string(), z.union([price, rateSchema, z.array(rateSchema).min(1)])),
  /** meters without a rate here, said aloud */
  gaps: z
    .record(z.string(), z.strictObject({ status: z.enum(["unknown", "not_offered"]), reason: z.string() }))
    .default({}),
});
export type RatesFile = z.infer<typeof ratesSchema>;

const quotaValueSchema = z.strictObject({
  from: isoDate,
  /** the limit (rate, count, size, duration), in `unit`; a formula may name another quota of the service */
  value: formula,
  /** token buckets: size; value is then the refill per second */
  bucket: formula.optional(),
  /** values for region groups of `pricing/<provider>/regions.yaml`, which go before `value` */
  regions: z.record(z.string(), z.strictObject({ value: formula, bucket: formula.optional() })).optional(),
  source: z.string(),
  evidence: z
    .enum(["doc2026", "doc2023", "doc2022", "doc2021", "dump2023", "secondary", "recall", "confirmed"])
    .optional(),
  note: z.string().optional(),
});
const quotaSchema = z.strictObject({
  title: z.string(),
  kind: z.enum(["token_bucket", "concurrency", "ramp", "rate_per_scope", "count", "size", "duration"]),
  unit: z.string(),
  /** what shares the quota */
  scope: z.enum(["account-region", "account", "component", "execution", "scope"]),
  adjustable: z.boolean(),
  code: z.string().optional(),
  on_exceed: z.enum(["delay", "reject", "fail", "slow", "none"]),
  behaviour: z.string().optional(),
  values: z.array(quotaValueSchema).min(1),
  retrieved: isoDate,
  note: z.string().optional(),
});
export type Quota = z.infer<typeof quotaSchema>;
/** `pricing/<provider>/<service>/quotas.yaml` */
export const quotasSchema = z.strictObject({ service: z.string(), quotas: z.record(name, quotaSchema) });
export type QuotasFile = z.infer<typeof quotasSchema>;

/** `pricing/<provider>/tables/<table>.yaml`: rows by key; columns with units (absent: a count or an enum word) */
export const tableSchema = z.strictObject({
  table: name,
  doc: z.string(),
  source: z.string(),
  retrieved: isoDate,
  columns: z.record(
    name,
    z.strictObject({ unit: z.string().optional(), text: z.boolean().optional(), doc: z.string().optional() }),
  ),
  /** key -> one value per column, in the order of `columns`; null where not known */
  rows: z.record(z.string(), z.array(z.union([z.number(), z.string(), z.null()]))),
});
export type Table = z.infer<typeof tableSchema>;

/** `pricing/<provider>/regions.yaml` */
export const regionsSchema = z.strictObject({
  regions: z.record(
    z.string(),
    z.strictObject({ title: z.string(), prefix: z.string().optional(), groups: z.array(z.string()).optional() }),
  ),
  source: z.string(),
});
export type Regions = z.infer<typeof regionsSchema>;

/** `pricing/<provider>/<service>/cases.yaml`: published worked examples that the service must reproduce */
export const casesSchema = z.strictObject({
  service: z.string(),
  cases: z.array(
    z.strictObject({
      name: z.string(),
      region: z.string(),
      as_of: isoDate.optional(),
      /** units of work in the month, default 1: parameters are then month totals */
      work: z.number().optional(),
      month: z.string().optional(),
      free_tier: z.boolean().optional(),
      parameters: z.record(name, z.union([z.string(), z.number(), z.boolean()])),
      expect: z.strictObject({
        total: z.string().optional(),
        /** by meter: the cost at the printed rounding (decimals of the string say which) */
        meters: z.record(z.string(), z.string()).optional(),
        quantities: z.record(z.string(), z.number()).optional(),
      }),
      source: z.string(),
      why: z.string().optional(),
    }),
  ),
});

/** `pricing/<provider>/levers.yaml`: levers that every scenario has where they fit, each in the form of a scenario's `levers:` */
export const leversFileSchema = z.strictObject({ levers: z.record(z.string(), z.record(z.string(), z.unknown())) });
