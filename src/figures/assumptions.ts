import { baseUnit } from "../formula/base-unit.ts";
import { unitOfLiteral } from "../formula/literal.ts";
import { parseUnit, unitFactor } from "../formula/unit.ts";
import type { Definition } from "../model/definition.ts";
import type { Model } from "../model/model.ts";
import type { Assumption } from "../result/schema.ts";
import type { Values } from "./values.ts";

/** Variables of the scenario with value, range, status and reason, and defaults of services that were relied on. */
export function assumptionsOf(model: Model, mean: Values): Assumption[] {
  const formulas = new Map(model.definitions.map(({ address, formula }) => [address, formula]));
  const listed = model.definitions.filter(
    (definition) =>
      (definition.origin === "scenario" && !definition.address.includes(".") && isOwn(definition, formulas)) ||
      definition.origin === "command" ||
      definition.origin === "default",
  );
  return listed.map((definition) => {
    const { text, factor } = shownUnit(definition, model.monthSeconds);
    const inUnit = (value: number | undefined): number | null => (value === undefined ? null : value / factor);
    return {
      address: definition.address,
      ...writtenFigure(definition, mean, { text, factor }),
      low: inUnit(definition.low),
      high: inUnit(definition.high),
      status: definition.status,
      reason: definition.reason ?? null,
      place: definition.place ?? null,
    };
  });
}

/** A word or a figure in its unit; of what divides by 0 words that say so. */
function writtenFigure(
  { node, text, formula }: Definition,
  mean: Values,
  unit: { readonly text: string; readonly factor: number },
): Pick<Assumption, "value" | "unit"> {
  const value = node === undefined ? (text ?? "") : mean(node) / unit.factor;
  return typeof value === "string" || Number.isFinite(value)
    ? { value, unit: unit.text }
    : { value: `no finite number: ${formula}`, unit: "" };
}

/** A variable of an environment is stated where it differs from the scenario's. */
function isOwn({ address, name, formula }: Definition, formulas: ReadonlyMap<string, string>): boolean {
  return address === name || formulas.get(name) !== formula;
}

/** The unit a figure is shown in: the declared one, else the one written in its literal, else the base unit. */
export function shownUnit(
  definition: Pick<Definition, "unit" | "formula" | "dimension">,
  monthSeconds: number,
): { text: string; factor: number } {
  const declared = definition.unit === "" ? undefined : parseUnit(definition.unit, { monthSeconds });
  if (declared !== undefined && !("error" in declared)) return { text: definition.unit, factor: declared.factor };
  const literal = unitOfLiteral(definition.formula);
  const written = literal === undefined ? undefined : unitFactor(literal, { monthSeconds });
  if (literal !== undefined && written !== undefined) return { text: literal, factor: written.factor };
  return { text: baseUnit(definition.dimension), factor: 1 };
}
