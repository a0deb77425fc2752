import { createHash } from "node:crypto";
import type { BudgetOutcome, ScenarioCheck } from "../result/check.ts";

/** SHA-256 of a text in UTF-8. */
export function sha256(text: string, encoding: "hex" | "base64"): string {
  return createHash("sha256").update(text).digest(encoding);
}

/** What a finding is known by from run to run, whatever its figures: for tools that tell new findings from old ones. */
export function fingerprint(scenario: Pick<ScenarioCheck, "file">, outcome: Pick<BudgetOutcome, "id">): string {
  return sha256(`${scenario.file}\u0000${outcome.id}`, "hex");
}
