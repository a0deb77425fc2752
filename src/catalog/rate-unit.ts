// Whether a price is in the unit of its meter, and how it is written in that unit.
import { describeDimension, type ParsedUnit, parseUnit, sameDimension, type UnitOptions } from "../formula/unit.ts";
import type { PriceTier, Rate } from "./rate.ts";

export type RateUnitFault = { readonly code: string; readonly message: string; readonly hint: string };

/**
 * A rate in the unit of its meter: a price per `GB*h` or per `1M requests` is converted, tier edges with it.
 * @returns the rate itself where the units are the same, or why it is no price of such a meter
 */
export function inMeterUnit(rate: Rate, meterUnit: string, options: UnitOptions): Rate | RateUnitFault {
  if (rate.unit === meterUnit) return rate;
  const what = `the price of ${rate.service}#${rate.key} in ${rate.regionOfPrice}`;
  if (rate.unit === undefined) {
    const message = `${what} has no unit, and its meter is in ${meterUnit}`;
    return { code: "rate-unit", message, hint: `add unit: ${meterUnit}, or the unit of the price list` };
  }
  const own = parseUnit(rate.unit, options);
  const meter = parseUnit(meterUnit, options);
  if ("error" in own) {
    return { code: "rate-unit", message: `${what}: ${own.error}`, hint: `its meter is in ${meterUnit}` };
  }
  // A meter without a unit that can be read is reported where the meter is linked.
  if ("error" in meter) return rate;
  const fault = mismatch(own, meter);
  if (fault !== undefined) {
    const message = `${what} is per ${rate.unit}, its meter is in ${meterUnit}: ${fault}`;
    return { code: "rate-unit", message, hint: `write unit: ${meterUnit} with the price of one ${meterUnit}` };
  }
  return converted(rate, own.factor / meter.factor, meterUnit);
}

/** Why a price in one unit says nothing about the other; undefined where a factor converts it. */
function mismatch(own: ParsedUnit, meter: ParsedUnit): string | undefined {
  if (!sameDimension(own.dimension, meter.dimension)) {
    return `${describeDimension(own.dimension)} is not ${describeDimension(meter.dimension)}, no factor converts one into the other`;
  }
  // A price list may leave out what is counted (`h` for `cluster*h`); it may not count something else.
  const counts = (all: ParsedUnit, some: ParsedUnit): boolean =>
    some.counted.every((word) => all.counted.includes(word));
  if (counts(own, meter) || counts(meter, own)) return undefined;
  return `no factor is known between ${own.counted.join(" and ")} and ${meter.counted.join(" and ")}`;
}

function converted(rate: Rate, factor: number, meterUnit: string): Rate {
  if (factor === 1) return { ...rate, unit: meterUnit };
  const tiers = rate.tiers.map(
    (tier): PriceTier => ({
      ...tier,
      from: tier.from * factor,
      to: tier.to * factor,
      price: String(Number(tier.price) / factor),
    }),
  );
  const note = `given per ${rate.unit}, which is ${factor} ${meterUnit}`;
  return { ...rate, unit: meterUnit, tiers, note: rate.note === null ? note : `${rate.note}; ${note}` };
}
