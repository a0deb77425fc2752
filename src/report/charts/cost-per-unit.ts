import type { ChartConfiguration } from "chart.js";
import { type CostCurves, costCurve } from "./cost-curve.ts";

/**
 * Cost of one unit of work in each architecture over the driver: flat where cost follows the load, falling where a
 * fixed part is spread over more work.
 * @param data costs in USD per unit of work; `unit` is that unit, e.g. `stream-hour`
 */
export function costPerUnit(data: CostCurves): ChartConfiguration<"line"> {
  return costCurve(data, `USD per ${data.unit}`);
}
