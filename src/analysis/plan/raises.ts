import { atDrivers } from "../../figures/capacity.ts";
import { loadQuotas, type Raisable, raisesOf } from "../../figures/limits.ts";
import type { Model } from "../../model/model.ts";
import type { PlanResult } from "../../result/plan.ts";
import type { Raise } from "../../result/schema.ts";
import type { LedgerMonth } from "./ledger.ts";

type Needed = PlanResult["raises"][number];

/** The quotas that a plan needs raised: the month by which each is to be granted, and the most that it will need. */
export function planRaises(model: Model, months: readonly LedgerMonth[], drivers: readonly number[]): Needed[] {
  const needed = new Map<string, Needed>();
  model.architectures.forEach((architecture, a) => {
    const used = months.filter(({ serving, beside }) => serving === a || beside === a).map(({ month }) => month);
    const quotas = loadQuotas(architecture);
    if (used.length === 0 || quotas.length === 0) return;
    const nodes = quotas.flatMap(({ demand, granted }) => [demand, granted]);
    const loads = used.map((month) => drivers[month] ?? Number.NaN);
    const found = atDrivers(model, nodes, loads, (i) => used[i] ?? Number.NaN);
    used.forEach((month, at) => {
      const limits = quotas.map((quota, i): Raisable => {
        const { factor } = quota;
        const demand = (found[2 * i]?.[at] ?? Number.NaN) / factor;
        const granted = (found[2 * i + 1]?.[at] ?? Number.NaN) / factor;
        return { ...quota.words, demand, granted };
      });
      for (const raise of raisesOf(limits)) note(architecture.name, raise, month);
    });
  });
  return [...needed.values()].sort((x, y) => x.month - y.month);

  function note(architecture: string, raise: Raise, month: number): void {
    const key = `${architecture} ${raise.quota} ${raise.region}`;
    const before = needed.get(key);
    const to = Math.max(before?.to ?? raise.to, raise.to);
    needed.set(key, { ...(before ?? { architecture, ...raise, month }), to });
  }
}
