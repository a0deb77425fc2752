import type { Dimension } from "./unit.ts";

const NAMES: readonly string[] = ["USD", "s", "B", "kWh", "kg", "vCPU"];

/** The base unit of a dimension as a formula would write it: `s`, `B*s`, `1/s`; empty for a plain number. */
export function baseUnit(dimension: Dimension): string {
  const power = (index: number, exponent: number): string => {
    const name = NAMES[index] ?? "";
    return exponent === 1 ? name : `${name}^${exponent}`;
  };
  const above = dimension.flatMap((exponent, index) => (exponent > 0 ? [power(index, exponent)] : []));
  const below = dimension.flatMap((exponent, index) => (exponent < 0 ? [power(index, -exponent)] : []));
  if (below.length === 0) return above.join("*");
  return [above.length === 0 ? "1" : above.join("*"), ...below].join("/");
}
