import { sumOf } from "../formula/arithmetic.ts";
import type { Model } from "../model/model.ts";
import { isOver } from "../result/limit-words.ts";
import type { Result } from "../result/schema.ts";
import { atDrivers, driverMoves } from "./capacity.ts";
import { grown } from "./growth-law.ts";
import { loadQuotas } from "./limits.ts";

/** Months that make a year: those after month 0, which is today. */
const YEAR = 12;

/**
 * Cost month by month as the driver grows, and the first month in which the load exceeds each quota as granted.
 * @param today the driver in month 0, base units
 * @returns null where nothing grows, or a cost is not finite
 */
export function growthMonths(model: Model, today: number): Result["growth"] {
  const { growth, architectures } = model;
  if (growth === undefined || !driverMoves(model)) return null;
  const drivers = Array.from({ length: growth.months + 1 }, (_, month) => grown(growth.law, month, today));
  const quotas = architectures.flatMap((each) => loadQuotas(each).map((quota) => ({ name: each.name, quota })));
  const costs = architectures.map(({ cost }) => cost);
  const nodes = [...costs, ...quotas.flatMap(({ quota }) => [quota.demand, quota.granted])];
  const found = atDrivers(model, nodes, drivers, (month) => month);
  if (costs.some((_, i) => found[i]?.some((cost) => !Number.isFinite(cost)) !== false)) return null;
  const firstHits: NonNullable<Result["growth"]>["first_hits"] = {};
  for (const { name } of architectures) firstHits[name] = [];
  quotas.forEach(({ name, quota }, i) => {
    const demand = found[costs.length + 2 * i];
    const granted = found[costs.length + 2 * i + 1];
    const month = drivers.findIndex((_, m) => isAbove(demand?.[m], granted?.[m]));
    if (month >= 0) firstHits[name]?.push({ quota: quota.words.quota, title: quota.words.title, month });
  });
  for (const hits of Object.values(firstHits)) hits.sort((a, b) => a.month - b.month);
  const year = (i: number): number => sumOf([...(found[i]?.subarray(1, YEAR + 1) ?? [])]);
  return {
    year: drivers.length > YEAR ? Object.fromEntries(architectures.map(({ name }, i) => [name, year(i)])) : null,
    months: drivers.map((driver, month) => ({
      month,
      driver,
      cost: Object.fromEntries(architectures.map(({ name }, i) => [name, found[i]?.[month] ?? Number.NaN])),
    })),
    first_hits: firstHits,
  };
}

function isAbove(demand: number | undefined, granted: number | undefined): boolean {
  return demand !== undefined && granted !== undefined && isOver({ demand, granted });
}
