// What `archcost check` and `archcost diff` find: the contract between the budget layer and every format.
import { z } from "zod";

const lineSchema = z.strictObject({
  file: z.string().describe("as it was named in the call, with / between folders"),
  line: z.number().describe("from 1"),
  column: z.number().describe("from 1"),
});
export type SourceLine = z.infer<typeof lineSchema>;

export const CAUSES = ["workload", "prices", "design", "program"] as const;
const causeSchema = z.enum(CAUSES);
export type Cause = z.infer<typeof causeSchema>;

const byCauseSchema = z
  .strictObject({ workload: z.number(), prices: z.number(), design: z.number(), program: z.number() })
  .describe("USD a month; they sum to the change");
export type ByCause = z.infer<typeof byCauseSchema>;

const lineChangeSchema = z.strictObject({
  component: z.string(),
  meter: z.string(),
  description: z.string(),
  before: z.number().nullable().describe("USD a month; null: the line is new"),
  after: z.number().nullable().describe("USD a month; null: the line is gone"),
  change: z.number(),
  by: byCauseSchema,
  places: z.array(lineSchema).describe("lines of the scenario that are responsible, as it is now"),
});
export type LineChange = z.infer<typeof lineChangeSchema>;

const architectureChangeSchema = z.strictObject({
  architecture: z.string(),
  before: z.number().nullable().describe("USD a month; null: the architecture is new"),
  after: z.number().nullable().describe("USD a month; null: it is gone"),
  change: z.number(),
  by: byCauseSchema,
  lines: z.array(lineChangeSchema).describe("greatest change first; lines that stay are left out"),
});
export type ArchitectureChange = z.infer<typeof architectureChangeSchema>;

const editSchema = z.strictObject({
  cause: causeSchema,
  path: z.string().describe("e.g. architectures.microservices.components.orchestrator.transitions"),
  before: z.string().nullable(),
  after: z.string().nullable(),
  place: lineSchema.nullable(),
});
export type Edit = z.infer<typeof editSchema>;

const scenarioChangeSchema = z.strictObject({
  method: z
    .enum(["run again", "from figures"])
    .describe("run again: the old scenario with one part after the other replaced; from figures: two stored results"),
  price_book: z.strictObject({ before: z.string(), after: z.string() }),
  program: z.strictObject({ before: z.string(), after: z.string() }),
  edits: z.array(editSchema).describe("what was written differently"),
  architectures: z.array(architectureChangeSchema).describe("greatest change first"),
});
export type ScenarioChange = z.infer<typeof scenarioChangeSchema>;

const outcomeSchema = z.strictObject({
  id: z.string(),
  assert: z.string(),
  level: z.enum(["none", "warn", "error"]),
  passed: z.union([z.boolean(), z.literal("undetermined")]),
  status: z
    .enum(["passed", "broken", "undetermined", "waived", "expired", "skipped"])
    .describe(
      "waived: broken, and let pass for now; expired: its waiver has run out; skipped: new, nothing to compare with",
    ),
  fails: z.enum(["no", "warn", "error"]).describe("what it does to the verdict"),
  actual: z.string().nullable(),
  expected: z.string().nullable(),
  margin: z.number().nullable().describe("room left as a share of the bound; negative: by how much it is broken"),
  message: z.string().describe("what was found, as a sentence"),
  advice: z.string().nullable().describe("the budget's own message"),
  owner: z.string().nullable(),
  waiver: z.strictObject({ until: z.string(), reason: z.string() }).nullable(),
  place: lineSchema,
  causes: z
    .array(z.strictObject({ text: z.string(), change: z.number().nullable(), place: lineSchema.nullable() }))
    .describe("what did it: the greatest changes since the baseline, else the greatest line items"),
});
export type BudgetOutcome = z.infer<typeof outcomeSchema>;

const scenarioCheckSchema = z.strictObject({
  name: z.string(),
  file: z.string(),
  cheapest: z.string(),
  verdict: z.string(),
  cost: z
    .array(
      z.strictObject({
        architecture: z.string(),
        month: z.number().describe("USD"),
        before: z.number().nullable().describe("USD a month in the baseline"),
      }),
    )
    .describe("in the order of the scenario"),
  is_new: z.boolean().describe("the baseline has no such scenario"),
  baseline_problem: z
    .string()
    .nullable()
    .default(null)
    .describe("why what the baseline has of it cannot be read; it is then checked without one"),
  outcomes: z.array(outcomeSchema),
  change: scenarioChangeSchema.nullable().describe("null: no baseline"),
});
export type ScenarioCheck = z.infer<typeof scenarioCheckSchema>;

const budgetChangeSchema = z.strictObject({
  id: z.string(),
  file: z.string().describe("where it is, or was, written"),
  what: z.string().describe("e.g. removed, level error became warn"),
  effect: z
    .enum(["weaker", "stricter"])
    .describe("stricter only where that can be told from the text: a bound that leaves less room, a higher level"),
  fails: z.enum(["no", "error"]),
  place: lineSchema,
});
export type BudgetChange = z.infer<typeof budgetChangeSchema>;

export const checkSchema = z.strictObject({
  schema_version: z.literal("1.0"),
  program: z.strictObject({ name: z.literal("archcost"), version: z.string() }),
  verdict: z.enum(["passed", "warned", "failed"]),
  counts: z.strictObject({
    budgets: z.number(),
    errors: z.number().describe("broken, undetermined or with an expired waiver, at level error"),
    warnings: z.number(),
    waived: z.number(),
    skipped: z.number(),
    budget_changes: z.number().default(0).describe("changes of budgets, and lost scenarios with budgets, that fail"),
  }),
  named: z.array(z.string()).default([]).describe("files and patterns of the call"),
  budgets_from: z
    .strictObject({ side: z.enum(["base", "head"]), name: z.string(), commit: z.string().nullable() })
    .nullable()
    .default(null)
    .describe(
      "whose budgets are checked: those of the commit that the change starts from, or its own; null: no commit",
    ),
  budget_changes: z.array(budgetChangeSchema).default([]).describe("what the change does to its own budgets"),
  baseline: z
    .strictObject({
      name: z.string().describe("as given"),
      commit: z.string().nullable().describe("the merge base; null: a file"),
    })
    .nullable(),
  gone: z
    .array(
      z.strictObject({
        file: z.string(),
        name: z.string(),
        budgets: z.number(),
        moved_to: z.string().nullable().default(null).describe("where its file is now, which is not checked"),
        fails: z.enum(["no", "error"]).default("no"),
      }),
    )
    .describe("scenarios of the baseline that are not checked any more: deleted, or moved to where no pattern looks"),
  scenarios: z.array(scenarioCheckSchema),
});
export type GoneScenario = CheckReport["gone"][number];
export type CheckReport = z.infer<typeof checkSchema>;

export const diffSchema = z.strictObject({
  schema_version: z.literal("1.0"),
  program: z.strictObject({ name: z.literal("archcost"), version: z.string() }),
  before: z.string(),
  after: z.string(),
  name: z.string(),
  change: scenarioChangeSchema,
});
export type DiffReport = z.infer<typeof diffSchema>;
