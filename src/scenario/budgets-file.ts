import type { Problems } from "../diagnostic/diagnostic.ts";
import { schemaProblems } from "../yaml/schema-problems.ts";
import { readYaml, type YamlSource } from "../yaml/source.ts";
import { type BudgetsFile, budgetsFileSchema } from "./schema.ts";

/** Reads a file of budgets; every fault is stated to `problems`, and then there is none. */
export function readBudgetsFile(
  file: string,
  text: string,
  problems: Problems,
): { readonly data: BudgetsFile; readonly source: YamlSource } | undefined {
  const source = readYaml(file, text, problems, { name: "a file of budgets", keys: ["budgets"] });
  if (source === undefined) return undefined;
  const parsed = budgetsFileSchema.safeParse(source.data);
  if (parsed.success) return { data: parsed.data, source };
  schemaProblems(parsed.error.issues, source, budgetsFileSchema, problems);
  return undefined;
}
