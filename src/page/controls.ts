import { shownUnit } from "../figures/assumptions.ts";
import type { Model } from "../model/model.ts";

/** An input that the reader may move. All figures are in its unit. */
export type Control = {
  readonly name: string;
  /** inputs of environments that have a value of their own for it: a setting goes before those, as on the command line */
  readonly also: readonly string[];
  readonly unit: string;
  /** base units in one unit */
  readonly factor: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
  readonly reason: string | null;
};

/** The slider of the driver goes at least this far below and above its value. */
const DRIVER_RANGE = [1 / 100, 10] as const;

/** Variables with a range, and the driver; a variable that is a formula of others is none. */
export function controlsOf(model: Model): readonly Control[] {
  const inputs = new Map(model.graph.inputs.map(({ address, value }) => [address, value]));
  const { driver } = model.workload;
  const environments = model.environments.map(({ name }) => name);
  return model.definitions.flatMap((definition): Control[] => {
    const { address, low, high, reason } = definition;
    const base = inputs.get(address);
    const ranged = low !== undefined && high !== undefined && low < high;
    if (base === undefined || address.includes(".") || (!ranged && address !== driver)) return [];
    const { text, factor } = shownUnit(definition, model.monthSeconds);
    const value = Number((base / (address === driver ? factor * model.load : factor)).toPrecision(12));
    const ends = ranged
      ? [Number((low / factor).toPrecision(12)), Number((high / factor).toPrecision(12))]
      : [value, value];
    const wide =
      address === driver ? [...ends, ...DRIVER_RANGE.map((share) => Number((value * share).toPrecision(2)))] : ends;
    const all = [...ends, value];
    const whole = all.every((x) => Number.isInteger(x) && x >= 1);
    const least = Math.min(...wide, value);
    return [
      {
        name: address,
        also: [...inputs.keys()].filter((other) => environments.some((name) => other === `${name}:${address}`)),
        unit: text,
        factor,
        value,
        low: whole ? Math.max(1, Math.round(least)) : least,
        high: Math.max(...wide, value),
        whole,
        reason: reason ?? null,
      },
    ];
  });
}
