// The format of `levers:`, of a scenario and of pricing/<provider>/levers.yaml alike.
import { z } from "zod";

/** What a lever is a lever on, in the order in which FinOps would try them. */
export const LEVER_CLASSES = ["rate", "usage", "configuration", "re-architecture"] as const;
export type LeverClass = (typeof LEVER_CLASSES)[number];

const formula = z.union([z.string().max(10_000), z.number()]);
const text = z.string().max(2_000);
const label = z
  .string()
  .regex(/^[a-z][a-z0-9_-]*$/, "a name is lower-case letters, digits, _ and -, and begins with a letter")
  .max(64);
const name = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, "a name is lower-case letters, digits and _, and begins with a letter")
  .max(64);

/** A figure that a lever assumes; `{name}` stands for it in the texts of the lever. */
const assumptionSchema = z.strictObject({
  value: formula.optional(),
  low: formula.optional(),
  high: formula.optional(),
  reason: text.optional(),
  source: text.optional(),
});
const assumesSchema = z.record(name, z.union([formula, assumptionSchema]));

/** Parameters of every component of a service; `{ c6i.: c7g. }` replaces the beginning of a word. */
const servicePatch = z.record(
  z.string().max(64),
  z.union([z.string().max(10_000), z.number(), z.boolean(), z.record(z.string(), z.string())]).nullable(),
);

type Parts<
  C extends z.ZodType,
  V extends z.ZodType,
  P extends z.ZodType,
  D extends z.ZodType,
  E extends z.ZodType,
  Q extends z.ZodType,
> = {
  readonly component: C;
  readonly variable: V;
  readonly plan: P;
  readonly discount: D;
  readonly existing: E;
  readonly quotas: Q;
};

/** The format of levers, made of the formats of what they change. */
export function leversSchemaOf<
  C extends z.ZodType,
  V extends z.ZodType,
  P extends z.ZodType,
  D extends z.ZodType,
  E extends z.ZodType,
  Q extends z.ZodType,
>({ component, variable, plan, discount, existing, quotas }: Parts<C, V, P, D, E, Q>) {
  const lever = z.strictObject({
    title: text.optional(),
    class: z.enum(LEVER_CLASSES).optional(),
    /** architectures, components, `architecture.component` or services that it may change; default: all */
    applies_to: z.union([z.string().max(200), z.array(z.string().max(200)).min(1)]).optional(),
    /** levers that cannot be had together with it */
    excludes: z.array(label).optional(),
    /** work that it takes, in words: 2 weeks */
    effort: text.optional(),
    /** one-off cost, e.g. 20 kUSD */
    once: formula.optional(),
    reason: text.optional(),
    source: text.optional(),
    assumes: assumesSchema.optional(),
    /** another architecture of the scenario instead */
    architecture: label.optional(),
    region: z.string().max(40).optional(),
    variables: z.record(name, z.union([formula, variable])).optional(),
    /** changes to components by the rule of `extends`; `previous` stands for the value before */
    components: z.record(label, component.nullable()).optional(),
    /** changes to every component of a service */
    services: z.record(z.string().max(100), servicePatch).optional(),
    omit: z.record(z.string().max(64), text.nullable()).optional(),
    savings_plans: z.array(plan).optional(),
    discounts: z.array(discount).optional(),
    existing: existing.optional(),
    quotas: quotas.optional(),
  });
  /** `off` leaves a built-in lever out */
  const entry = z.union([lever, z.enum(["off"])]).nullable();
  return { lever, levers: z.record(label, entry) };
}
