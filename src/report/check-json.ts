import { type CheckReport, checkSchema, type DiffReport, diffSchema } from "../result/check.ts";
import { json } from "../result/number.ts";

/** A check as JSON, the contract itself. @throws when it breaks its own schema: our fault, never written */
export function renderCheckJson(report: CheckReport): string {
  return `${json(checkSchema.parse(report))}\n`;
}

/** A comparison as JSON. @throws when it breaks its own schema: our fault, never written */
export function renderDiffJson(report: DiffReport): string {
  return `${json(diffSchema.parse(report))}\n`;
}
