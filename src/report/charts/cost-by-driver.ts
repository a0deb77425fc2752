import type { ChartConfiguration } from "chart.js";
import { type CostCurves, costCurve } from "./cost-curve.ts";

/**
 * Monthly cost of each architecture over the driver (streams, users, orders).
 * @param data costs in USD a month; `unit` is the period, usually `month`
 */
export function costByDriver(data: CostCurves): ChartConfiguration<"line"> {
  return costCurve(data, `USD per ${data.unit}`);
}
