// Budgets from a result as it is today, with some room.

import { log10, pow } from "../formula/exact.ts";
import { exact, significant } from "../result/number.ts";
import type { Result } from "../result/schema.ts";
import { wordFor } from "./budget.ts";

export type Proposal = { readonly id: string; readonly assert: string; readonly note: string };

/** Digits of a proposed bound: rounded away from today's figure, so that it holds. */
const DIGITS = 3;
/** A role of money worth a budget of its own: coordination and data passing are what an architecture can avoid. */
const AVOIDABLE: readonly string[] = ["coordination", "data-passing"];
const WORTH = 0.05;
const ROUNDING = 1e-9;

/**
 * Budgets that hold today.
 * @param margin room as a share: 0.1 lets a cost grow by a tenth
 */
export function proposeBudgets(result: Result, margin: number): readonly Proposal[] {
  const names = Object.keys(result.architectures);
  const proposals = names.flatMap((name) => ofArchitecture(result, name, margin));
  const { cheapest } = result.comparison;
  const ranking = {
    id: "ranking",
    assert: `cheapest == ${wordFor(cheapest)}`,
    note: "the decision that this scenario stands for",
  };
  return names.length > 1 ? [ranking, ...proposals] : proposals;
}

function ofArchitecture(result: Result, name: string, margin: number): readonly Proposal[] {
  const architecture = result.architectures[name];
  if (architecture === undefined) return [];
  const { cost, roles, capacity } = architecture;
  const word = wordFor(name);
  const proposals: Proposal[] = [];
  if (cost.month > 0) {
    const assert = `${word}.cost.month <= ${bound(cost.month * (1 + margin), 1)} USD`;
    proposals.push({ id: `${name}-month`, assert, note: `today ${exact(significant(cost.month))} USD` });
  }
  for (const role of AVOIDABLE) {
    const share = roles[role]?.share;
    if (share === undefined || share < WORTH) continue;
    const percent = Math.ceil(share * (1 + margin) * 100 * (1 - ROUNDING));
    if (percent >= 100) continue;
    const assert = `${word}.roles.${wordFor(role)}.share <= ${percent}%`;
    proposals.push({ id: `${name}-${role}`, assert, note: `today ${exact(significant(share * 100))} %` });
  }
  const headroom = capacity.granted?.share;
  if (headroom !== undefined && headroom >= 1) {
    const assert = `${word}.limits.headroom >= ${bound(Math.max(1, headroom / (1 + margin)), -1)}`;
    proposals.push({ id: `${name}-headroom`, assert, note: `today ${exact(significant(headroom))} times the load` });
  }
  return proposals;
}

/** Rounded to three digits, up or down: `165000`. */
function bound(value: number, direction: 1 | -1): string {
  const rounded = significant(value, DIGITS);
  // 100 x 1.1 is 110.00000000000001 in doubles: rounding is no reason for another digit.
  const isBeyond = direction * (rounded - value) >= -ROUNDING * value;
  if (isBeyond) return exact(rounded);
  const step = pow(10, Math.floor(log10(Math.abs(value))) - DIGITS + 1);
  return exact(significant(rounded + direction * step, DIGITS));
}
