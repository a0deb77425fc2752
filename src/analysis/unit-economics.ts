import { driverMoves } from "../figures/capacity.ts";
import { derive } from "../formula/derive.ts";
import { specialise } from "../formula/specialise.ts";
import type { Model } from "../model/model.ts";
import type { EconomicsRow, UnitEconomicsResult } from "../result/decision-schema.ts";
import { manyCases } from "./many-cases.ts";

/** Loads looked at, as multiples of today's. */
const LOADS = [0.001, 0.01, 0.1, 0.25, 0.5, 1, 2, 4, 10, 100];
/** Next to no work: what is paid then is paid for standing by. 0 itself would divide by zero in many a formula. */
const IDLE = 1e-9;

/**
 * Cost and marginal cost of a unit of work, and the fixed part of the cost, over the load. The marginal cost is the
 * derivative: whole instances count as divisible, so it is what a unit adds in the long run, not within the slack of an
 * instance that is there already. The fixed part is the cost at a billionth of today's load.
 */
export function unitEconomics(model: Model): UnitEconomicsResult | null {
  const { driver, work } = model.workload;
  const today = model.graph.inputs.find(({ address }) => address === driver)?.value;
  if (today === undefined || !(today > 0) || !driverMoves(model)) return null;
  const drivers = Float64Array.from([IDLE, ...LOADS], (load) => load * today);
  const n = drivers.length;
  const over = (node: number): { readonly values: Float64Array; readonly slopes: Float64Array } => {
    const free = model.grows ? [driver, "elapsed"] : [driver];
    const small = specialise(model.graph, { outputs: [node], free });
    const { graph, node: slope, output } = derive(small.graph, small.outputs[0] ?? -1, driver);
    const { grows, fullest, monthSeconds } = model;
    const [values, slopes] = manyCases(
      { graph, grows, fullest, monthSeconds },
      [output, slope],
      [driver],
    )([drivers], n);
    return { values: values ?? drivers, slopes: slopes ?? drivers };
  };
  const done = over(work.node);
  const architectures: Record<string, EconomicsRow[]> = {};
  for (const { name, cost } of model.architectures) {
    const { values, slopes } = over(cost);
    const at = (column: Float64Array, i: number): number => column[i] ?? Number.NaN;
    const idle = at(values, 0);
    // What is a billionth of the cost at a billionth of the load only follows the load.
    const fixed = idle <= 2 * IDLE * at(values, LOADS.indexOf(1) + 1) ? 0 : idle;
    architectures[name] = LOADS.map((_, index) => {
      const i = index + 1;
      const month = at(values, i);
      return {
        driver: at(drivers, i),
        work: at(done.values, i),
        month,
        per_unit: ratio(month, at(done.values, i)),
        marginal: ratio(at(slopes, i), at(done.slopes, i)),
        fixed_share: ratio(fixed, month),
      };
    });
    if (architectures[name]?.some(({ month, work: units }) => !Number.isFinite(month) || !Number.isFinite(units))) {
      return null;
    }
  }
  return { unit: model.workload.unit, over: driver, architectures };
}

function ratio(part: number, whole: number): number | null {
  const found = part / whole;
  return Number.isFinite(found) ? found : null;
}
