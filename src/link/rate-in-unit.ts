import type { Catalog } from "../catalog/catalog.ts";
import type { Rate } from "../catalog/rate.ts";
import { inMeterUnit } from "../catalog/rate-unit.ts";
import type { Place } from "../diagnostic/diagnostic.ts";
import type { Linker } from "./linker.ts";

type RateTask = { readonly catalog: Catalog; readonly linker: Linker };

/**
 * A rate in the unit that it is multiplied with. What cannot be converted is reported where the price is written.
 * @param place of the use, for prices of our own
 */
export function rateInUnit(rate: Rate, unit: string, task: RateTask, place: Place): Rate | undefined {
  const found = inMeterUnit(rate, unit, task.linker);
  if ("tiers" in found) return found;
  const { code, message, hint } = found;
  task.linker.problems.error(code, message, task.catalog.placeOfRate(rate, "unit") ?? place, hint);
  return undefined;
}
