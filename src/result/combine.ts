// Components that could be one: managed by one team, scaling alike, under the same security, and exchanging data.
import { z } from "zod";

const boundarySchema = z.strictObject({
  coordination: z.number().describe("USD a month"),
  data_passing: z.number().describe("USD a month"),
  share: z.number().describe("of the architecture's cost"),
});

const candidateSchema = z.strictObject({
  components: z.array(z.string()),
  team: z.string(),
  scales_with: z.string(),
  security: z.string(),
  exchanges: z.array(z.string()).describe("how they exchange data, in words"),
  through: z.array(z.string()).describe("components that stand between them and do no work of their own"),
  boundary: boundarySchema.describe("what stands between them costs today, used by them alone"),
  shared: boundarySchema.describe("the same of what others use too: it stays, in part"),
  shared_with: z.array(z.string()),
});
export type CombineCandidate = z.infer<typeof candidateSchema>;

const notSchema = z.strictObject({ components: z.array(z.string()), why: z.string() });

export const combineSchema = z.record(
  z.string(),
  z.strictObject({
    candidates: z.array(candidateSchema),
    not: z.array(notSchema).describe("why others are no candidates"),
  }),
);
export type CombineResult = z.infer<typeof combineSchema>;

/** What two components have to have in common to be one. */
export type CombineTraits = Pick<CombineCandidate, "team" | "scales_with" | "security">;
