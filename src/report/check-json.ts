import { type CheckReport, checkSchema, type DiffReport, diffSchema } from "../result/check.ts";

/** A check as JSON, the contract itself. @throws when it breaks its own schema: our fault, never written */
export function renderCheckJson(report: CheckReport): string {
  return `${JSON.stringify(checkSchema.parse(report), null, 2)}\n`;
}

/** A comparison as JSON. @throws when it breaks its own schema: our fault, never written */
export function renderDiffJson(report: DiffReport): string {
  return `${JSON.stringify(diffSchema.parse(report), null, 2)}\n`;
}
