import { exp, pow } from "../formula/exact.ts";
import type { GrowthLaw } from "../model/growth-nodes.ts";

/** The driver at a month from its value in month 0, both in base units. */
export function grown(law: GrowthLaw, month: number, today: number): number {
  switch (law.kind) {
    case "compound":
      return today * pow(law.factor, month);
    case "factors":
      // The last factor holds on: what comes after it is not known.
      return today * (month === 0 ? 1 : (law.factors[Math.min(month, law.factors.length) - 1] ?? 1));
    default:
      return law.limit / (1 + exp(-law.rate * (month - law.middle)));
  }
}
