// The format of a scenario file. The schemas are the single source of the types.
import { z } from "zod";
import { exchangeKeys } from "./combine.ts";
import type { ComponentKey } from "./component-keys.ts";
import { evolutionSchema, growthSchema } from "./evolution.ts";
import { leversSchemaOf } from "./levers-schema.ts";
import { metricsSchema, objectiveSchema, ownMetricsSchema } from "./objectives.ts";
import { operationsSchema } from "./operations.ts";
import { formula, label, name, status, text } from "./primitives.ts";

const date = z.iso.date();

const variableSpec = z.strictObject({
  value: formula.optional(),
  typical: formula.optional(),
  low: formula.optional(),
  high: formula.optional(),
  p10: formula.optional(),
  p90: formula.optional(),
  distribution: z.enum(["uniform", "triangular", "pert", "normal", "lognormal", "loguniform"]).optional(),
  /** unit of bare numbers */
  unit: z.string().max(40).optional(),
  /** a choice of words: a variable that is not a number */
  one_of: z.array(z.string().max(64)).min(1).max(200).optional(),
  status: status.optional(),
  reason: text.optional(),
  source: text.optional(),
  doc: text.optional(),
});
export type VariableSpec = z.infer<typeof variableSpec>;

const CURVE_FORMS =
  "hours: 24 numbers from midnight; weekdays: 7 from Monday; weights: 168, each hour of the week from Monday 0 h; months: 12 from January";

const workloadSchema = z.strictObject({
  unit: text,
  driver: name,
  throughput: formula,
  report_per: z.strictObject({ unit: text, count: z.number().positive() }).optional(),
  curve: z
    .strictObject({
      /** 168 weights, hour of the week from Monday 0 h */
      weights: z.array(z.number()).length(168, CURVE_FORMS).optional(),
      hours: z.array(z.number()).length(24, CURVE_FORMS).optional(),
      weekdays: z.array(z.number()).length(7, CURVE_FORMS).optional(),
      months: z
        .array(z.number().min(0))
        .length(12, CURVE_FORMS)
        .optional()
        .describe(
          "12 weights, where the months of a year differ: each has its weight over the mean of all. A year is then the sum of its months, a month their mean, and limits are those of the month with the greatest load",
        ),
      /** peak within an hour relative to that hour's mean */
      burst: z.number().min(1).max(1000).optional(),
      reason: text.optional(),
    })
    .optional(),
});

const actualSchema = z.strictObject({
  cost: formula.describe("money, e.g. 412.50 USD; a bare number is USD"),
  quantity: formula.optional().describe("in the unit of its meter, or a literal with a unit"),
  meter: name.optional().describe("the meter that the quantity is of, where the service has several"),
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .describe("the month of the bill, e.g. 2026-10"),
  source: text.describe("the bill or report that it was read from"),
});

/** The keys every component may have; the rest are parameters of its service. Null removes what is inherited. */
const componentKeys = {
  service: z.string().max(100).describe("what the component uses: a service such as aws/lambda, or custom/line"),
  title: text.nullish().describe("what reports call it; default: the title of its service"),
  count: formula
    .nullish()
    .describe(
      "how many alike there are, default 1. They share the work: each sees the load divided by count, so what follows the load is the same in all, and what each needs for itself (an idle copy, storage of its own) is there count times",
    ),
  region: z
    .string()
    .max(40)
    .nullish()
    .describe("where it runs; default: the region of the architecture, else of the scenario"),
  account: label.nullish().describe("the account that it belongs to: quotas are each account's own, tiers are shared"),
  zones: formula
    .nullish()
    .describe("availability zones that it spans, default 1: what a service needs in each zone is there zones times"),
  attempts: formula
    .nullish()
    .describe(
      "expected tries per use, 1 or more, default 1. They multiply its own use and that of the components that it calls (called_by)",
    ),
  called_by: label.nullish().describe("the component that calls this one: its attempts multiply this one's work"),
  cpu_utilisation: formula
    .nullish()
    .describe(
      "mean utilisation of the vCPUs that are paid for, from 0 to 100%, for the energy they draw; default: that of the carbon set",
    ),
  actual: actualSchema
    .nullish()
    .describe("what a bill says of a month: run prints the estimate, the actual cost and the variance"),
  reason: text.nullish().describe("why it is here, for readers"),
  ...exchangeKeys,
} satisfies Record<ComponentKey, z.ZodType>;
const parameterValue = z.union([z.string().max(10_000), z.number(), z.boolean()]);
/** The keys every component may have, as a format of its own: what the reference page is made of. */
export const componentKeysSchema = z.object(componentKeys);
const componentSchema = componentKeysSchema.partial({ service: true }).catchall(parameterValue.nullable());

const architectureSchema = z.strictObject({
  title: text.optional(),
  note: text.optional(),
  extends: label.optional(),
  region: z.string().max(40).optional(),
  components: z.record(label, componentSchema.nullable()).optional(),
  /** companion -> why it is left out */
  omit: z.record(z.string().max(64), text.nullable()).optional(),
  /** figures of its own that are no cost, e.g. how long an answer takes */
  metrics: ownMetricsSchema.optional(),
  /** hours of people a month */
  operations: operationsSchema.nullable().optional(),
});
export type ArchitectureSpec = z.infer<typeof architectureSchema>;

/** A copy of every architecture with its own load: production, test, staging. The first one is the workload as it stands. */
const environmentSchema = z.strictObject({
  /** where it runs; default: the region of the architecture, else of the scenario. A component's own goes before */
  region: z.string().max(40).optional(),
  /** share of the workload's load that it sees, default 100% */
  load: formula.optional(),
  /** when it is switched on, e.g. `weekdays 8..18`; default: always. What can be stopped costs nothing outside */
  schedule: z.string().max(100).optional(),
  /** running copies: the share of those of the first environment that `load` gives, and this many at least (or all, if fewer) */
  min_copies: z.number().min(0).max(1_000_000).optional(),
  /** variables that have another value here */
  variables: z.record(name, z.union([z.number(), z.string().max(10_000)])).optional(),
  /** changes to components, by the rule of `extends`; null: not in this environment */
  components: z.record(label, componentSchema.nullable()).optional(),
  reason: text.optional(),
});
export type EnvironmentSpec = z.infer<typeof environmentSchema>;

/** What an account of the organisation holds: whole environments, single components of every environment. */
const accountSchema = z.strictObject({
  environments: z.array(label).optional(),
  components: z.array(label).optional(),
  reason: text.optional(),
});

/** What is paid on top of a bill. It makes a second total and never enters the first. */
const overheadsSchema = z.strictObject({
  support: z
    .strictObject({
      /** plan of pricing/<provider>/support, e.g. business-support-plus */
      plan: z.string().max(64),
      provider: z.string().max(40).default("aws"),
      /** accounts that have the plan; default: all */
      accounts: z.array(label).optional(),
      reason: text.optional(),
    })
    .optional(),
  tax: z
    .strictObject({
      title: text.default("Tax"),
      percent: z.union([z.number().min(0).max(100), z.string()]),
      reason: text.optional(),
    })
    .optional(),
  /** a currency to show the second total in */
  currency: z
    .strictObject({
      code: z.string().regex(/^[A-Z]{3}$/, "a currency is three capital letters, e.g. EUR"),
      /** units of the currency for one USD */
      rate: z.number().positive(),
      date,
      source: text,
    })
    .optional(),
});
export type OverheadsSpec = z.infer<typeof overheadsSchema>;

const QUOTA_FORM = 'by service and quota: { aws/lambda: { concurrency: { granted: 5000, reason: "support case" } } }';
const grantedSchema = z.strictObject({ granted: formula, bucket: formula.optional(), reason: text }, QUOTA_FORM);
const quotasSchema = z.record(z.string(), z.record(name, grantedSchema, QUOTA_FORM), QUOTA_FORM);

/** One figure, or a band: `low` gives less carbon, `high` more. */
const coefficientSchema = z.union([
  formula,
  z.strictObject({ low: formula, central: formula, high: formula, reason: text.optional() }),
]);
const carbonSchema = z.strictObject({
  /** name of a set of coefficients under pricing/carbon/, used for all architectures */
  set: z.string().max(64).optional(),
  /** year of the grid's intensity; default: the year of as_of */
  year: z.number().int().min(1990).max(2100).optional(),
  /** utilisation of the vCPUs of components that do not give their own cpu_utilisation */
  utilisation: formula.optional(),
  /** figures that replace those of the set, pue and grid_intensity among them */
  coefficients: z.record(name, coefficientSchema).optional(),
});

const budgetSchema = z.strictObject({
  id: label,
  /** a condition over results, e.g. monolith.cost.month <= 160 kUSD */
  assert: z.string().max(2_000),
  level: z.enum(["none", "warn", "error"]).default("error"),
  message: text.optional(),
  owner: text.optional(),
  waiver: z.strictObject({ until: date, reason: text }).optional(),
});
export type BudgetSpec = z.infer<typeof budgetSchema>;

/** A file of budgets apart from scenarios; an entry with `scenario` is for the file of that name only. */
export const budgetsFileSchema = z.strictObject({
  budgets: z.array(budgetSchema.extend({ scenario: z.string().max(300).optional() })).max(1_000),
});
export type BudgetsFile = z.infer<typeof budgetsFileSchema>;

/** What the organisation has already: of allowances, tiers and quotas. */
const existingSchema = z.strictObject({
  /** absent: not counted, and the summary says what they would take off; used and unused are old words for none and always */
  free_tier: z
    .union([z.enum(["none", "always", "used", "unused"]), z.record(z.string(), z.enum(["none", "always"]))])
    .meta({
      description:
        "free allowances. none: not counted; always: those that every payer has every month are taken off; or a map of services (aws/lambda, aws/*) to these words",
    })
    .optional(),
  /** service -> meter -> quantity a month that the organisation already uses, in the meter's unit */
  usage: z.record(z.string(), z.record(name, formula)).optional(),
  /** USD a month that the organisation already spends, in all or by account: it decides the marginal band of a support plan */
  spend: z.union([formula, z.record(label, formula)]).optional(),
  /** service -> quota -> what is already in use of it */
  quotas: z.record(z.string(), z.record(name, formula)).optional(),
});

const percent = z.union([z.number().min(0).max(100), z.string()]);
const discountSchema = z.strictObject({
  services: z.array(z.string()).min(1),
  percent,
  reason: text.optional(),
});

/** A commitment in USD an hour (`commit`), or as a share of the least hour of what it may cover (`cover`). */
const savingsPlanSchema = z.strictObject({
  plan: z.enum(["compute", "ec2-instance"]).default("compute"),
  commit: formula.meta({ description: "USD an hour that the plan commits to" }).optional(),
  cover: formula
    .meta({
      description:
        "share, e.g. 70%, of the USD an hour at plan prices that all the plan may cover costs in its least hour: the commitment",
    })
    .optional(),
  term: z.enum(["1y", "3y"]),
  payment: z.enum(["no_upfront", "partial_upfront", "all_upfront"]),
  /** service#key, or service -> discount in percent; goes before a sourced rate */
  discounts: z.record(z.string(), percent).optional(),
  /** the same, used where no rate is sourced; it shows as assumed */
  assumed_discounts: z.record(z.string(), percent).optional(),
  architectures: z.array(label).optional(),
  reason: text.optional(),
});

/** Named changes whose effect is measured; a built-in one can be changed by its name, or switched off. */
const leversSchema = leversSchemaOf({
  component: componentSchema,
  variable: variableSpec,
  plan: savingsPlanSchema,
  discount: discountSchema,
  existing: existingSchema,
  quotas: quotasSchema,
});
/** One lever, of a scenario or of pricing/<provider>/levers.yaml. */
export const leverSchema = leversSchema.lever;
export type LeverSpec = z.infer<typeof leversSchema.lever>;

export const scenarioSchema = z.strictObject({
  scenario: text,
  question: text.optional(),
  description: text.optional(),
  region: z.string().max(40),
  as_of: z
    .union([date, z.strictObject({ prices: date.optional(), quotas: date.optional(), carbon: date.optional() })])
    .optional(),
  /** length of the month, default 730 h */
  month: formula.optional(),
  catalog: z.string().max(300).optional(),
  assume_prices_from: z.record(z.string(), z.string()).optional(),
  workload: workloadSchema,
  variables: z.record(name, z.union([z.number(), z.string().max(10_000), variableSpec])).default({}),
  current: label.optional(),
  architectures: z.record(label, architectureSchema),
  /** production, test and so on, the first one with the load of the workload; each architecture has them all */
  environments: z.record(label, environmentSchema).optional(),
  /** accounts and what they hold; tiers pool over all of them, quotas are each account's own */
  accounts: z.record(label, accountSchema).optional(),
  overheads: overheadsSchema.optional(),
  /** figures of architectures that are no cost, and what they have to be */
  metrics: metricsSchema.optional(),
  objectives: z.array(objectiveSchema).max(100).optional(),
  /** what an hour of operations costs, where an architecture does not tell */
  operations: operationsSchema.optional(),
  existing: existingSchema.optional(),
  discounts: z.array(discountSchema).optional(),
  savings_plans: z.array(savingsPlanSchema).optional(),
  quotas: quotasSchema.optional(),
  levers: leversSchema.levers.optional(),
  carbon: carbonSchema.optional(),
  growth: growthSchema.optional(),
  /** how far growth is looked at, e.g. 24 months */
  horizon: formula.optional(),
  /** what a plan of architectures over the months rests on */
  evolution: evolutionSchema.optional(),
  /** ranges that move together: the correlation of their normal scores (Gaussian copula) */
  correlations: z
    .array(
      z.strictObject({
        between: z.tuple([name, name]),
        coefficient: z.number().min(-1).max(1),
        reason: text.optional(),
      }),
    )
    .optional(),
  /** published observations that samples must fulfil, e.g. `microservices.limits.first_hit.share between 4% and 6%` */
  given: z.array(text).max(100).optional(),
  budgets: z.array(budgetSchema).max(1_000).optional(),
});
export type ScenarioData = z.infer<typeof scenarioSchema>;
