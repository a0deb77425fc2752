// Metrics, objectives and cost of ownership as names of assertions.
import { type Dimension, MONEY, PLAIN, parseUnit, TIME } from "../formula/unit.ts";

type Figure =
  | { readonly kind: "number"; readonly value: number; readonly dimension: Dimension }
  | { readonly kind: "boolean"; readonly value: boolean };
type Add = (name: string, figure: Figure) => void;

/** `A.metrics.NAME`, `A.objectives_met`, `A.operations.cost.typical`, `A.operations.total.high`, `A.operations.hours.low`. */
export function qualityNames(result: object, architecture: string, monthSeconds: number, add: Add): void {
  const metrics = at(result, "objectives", "architectures", architecture, "metrics");
  for (const [name, figure] of entriesOf(metrics)) {
    const text = at(result, "objectives", "metrics", name, "unit");
    const unit = typeof text === "string" && text !== "" ? parseUnit(text, { monthSeconds }) : undefined;
    const value = at(figure, "value");
    if (typeof value !== "number" || (unit !== undefined && "error" in unit)) continue;
    const { factor, dimension } = unit ?? { factor: 1, dimension: PLAIN };
    add(`metrics.${name}`, { kind: "number", value: value * factor, dimension });
  }
  const missed = at(result, "objectives", "architectures", architecture, "missed");
  if (Array.isArray(missed)) add("objectives_met", { kind: "boolean", value: missed.length === 0 });
  const own = at(result, "operations", "architectures", architecture);
  for (const [what, scale, dimension] of [
    ["hours", 3600, TIME],
    ["cost", 1, MONEY],
    ["total", 1, MONEY],
  ] as const) {
    for (const [end, value] of entriesOf(at(own, what))) {
      if (typeof value === "number")
        add(`operations.${what}.${end}`, { kind: "number", value: value * scale, dimension });
    }
  }
}

function at(value: unknown, ...path: readonly string[]): unknown {
  let found: unknown = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Object.entries(found).find(([name]) => name === key)?.[1];
  }
  return found;
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
