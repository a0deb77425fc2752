// What the money goes to, line item by line item: the same choice and the same colours in the page and in PNG.
import type { ArchitectureResult, Result } from "../result/schema.ts";

/** Line items that have a colour of their own; the rest is one piece. */
const LEADING = 7;
export const REST = "other items";

export type ItemCosts = {
  /** the leading items, and `other items` last where there are more */
  readonly items: readonly string[];
  /** USD a month of an architecture by item, 0 where it has none */
  readonly of: (architecture: string) => readonly number[];
};

/**
 * Costs by line item; tiers of one meter are one item. The leading items are those with the largest share of any
 * architecture, so that small architectures show what they consist of too.
 */
export function costsByItem({ architectures }: Result): ItemCosts {
  const costs = new Map(Object.entries(architectures).map(([name, architecture]) => [name, ownCosts(architecture)]));
  const shares = new Map<string, number>();
  for (const [name, architecture] of Object.entries(architectures)) {
    for (const [item, cost] of costs.get(name) ?? []) {
      const share = cost / architecture.cost.month;
      shares.set(item, Math.max(share, shares.get(item) ?? share));
    }
  }
  const ordered = [...shares].sort((a, b) => b[1] - a[1]).map(([item]) => item);
  const leading = ordered.slice(0, LEADING);
  const more = ordered.length > leading.length;
  return {
    items: more ? [...leading, REST] : leading,
    of: (name) => {
      const own = costs.get(name) ?? new Map<string, number>();
      const rest = [...own].reduce((sum, [item, cost]) => (leading.includes(item) ? sum : sum + cost), 0);
      const first = leading.map((item) => own.get(item)).map((cost) => (cost === undefined ? 0 : cost));
      return more ? [...first, rest] : first;
    },
  };
}

function ownCosts({ line_items: items }: ArchitectureResult): ReadonlyMap<string, number> {
  const costs = new Map<string, number>();
  for (const { x_Component: component, x_Meter: meter, EffectiveCost: cost } of items) {
    const name = `${component}.${meter}`;
    const before = costs.get(name);
    costs.set(name, before === undefined ? cost : before + cost);
  }
  return costs;
}
