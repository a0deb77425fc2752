// Sums over line items and costs per unit: what a run and the page of a report compute alike.

import { sumOf } from "../formula/arithmetic.ts";
import { pow } from "../formula/exact.ts";
import type { ArchitectureResult, Cost, LineItem, Result } from "../result/schema.ts";

/** USD a month of line items. */
export function total(lines: readonly LineItem[]): number {
  return sumOf(lines.map((line) => line.EffectiveCost));
}

/** A part of a whole; of nothing every share is 0. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/**
 * What the money is for, roles in the order given; a role without cost is left out.
 * @param whole USD a month
 */
export function rolesOf(
  lines: readonly LineItem[],
  whole: number,
  order: readonly string[],
): ArchitectureResult["roles"] {
  const roles: ArchitectureResult["roles"] = {};
  for (const role of order) {
    const month = total(lines.filter((line) => line.x_Role === role));
    if (month !== 0) roles[role] = { month, share: share(month, whole) };
  }
  return roles;
}

/** Share of the cost that rests on each price status. */
export function statusShare(lines: readonly LineItem[], whole: number): Record<string, number> {
  const shares: Record<string, number> = {};
  for (const status of new Set(lines.map((line) => line.x_PriceStatus))) {
    shares[status] = share(total(lines.filter((line) => line.x_PriceStatus === status)), whole);
  }
  return shares;
}

/** Share of a cost from which free allowances that nobody counts are worth a sentence. */
const WORTH_SAYING = 0.01;

/**
 * Free allowances that are not counted, where they are worth a sentence.
 * @param month USD that they would take off
 * @param whole USD a month of the architecture
 */
export function openAllowances(month: number, whole: number): Pick<ArchitectureResult, "free_allowances"> {
  return month > WORTH_SAYING * whole ? { free_allowances: month } : {};
}

export type CostFigures = {
  /** USD a month, effective and list */
  readonly month: number;
  readonly list: number;
  /** units of work a month, and how many make one reported unit */
  readonly work: number;
  readonly reported: number;
  /** USD of the first and of the twelfth month, and where the cost settles, where stores fill from empty */
  readonly filling: Pick<Cost, "month_1" | "month_12" | "settled"> | undefined;
  /** USD of each month of the year, where the load has a season */
  readonly months?: readonly number[] | undefined;
};

/** Costs per month, year and unit of work. */
export function costOf({ month, list, work, reported, filling, months }: CostFigures): Cost {
  const perUnit = work > 0 ? month / work : null;
  return {
    month,
    year: month * 12,
    per_unit: perUnit,
    per_reported_unit: perUnit === null ? null : perUnit * reported,
    list_month: list,
    ...filling,
    ...(months === undefined ? {} : { months: [...months] }),
  };
}

const CURVE_POINTS = 121;

/** Values of the driver that charts show: four decades round today. */
export function curveDrivers(today: number): readonly number[] {
  return Array.from({ length: CURVE_POINTS }, (_, i) => today * pow(10, -3 + (i / (CURVE_POINTS - 1)) * 4));
}

export type CurveFigures = {
  readonly over: string;
  readonly x: readonly number[];
  /** by architecture: USD a month at each x */
  readonly costs: ReadonlyMap<string, readonly number[]>;
  readonly work: readonly number[];
  readonly reported: number;
};

/** Cost over the driver; null where a cost is not finite somewhere. */
export function curveOf({ over, x, costs, work, reported }: CurveFigures): Result["curve"] {
  const month: Record<string, number[]> = {};
  const perUnit: Record<string, (number | null)[]> = {};
  for (const [name, found] of costs) {
    if (found.some((cost) => !Number.isFinite(cost))) return null;
    month[name] = [...found];
    perUnit[name] = found.map((cost, i) => {
      const units = work[i];
      return units === undefined || units <= 0 ? null : (cost / units) * reported;
    });
  }
  return { over, x: [...x], month, per_unit: perUnit };
}
