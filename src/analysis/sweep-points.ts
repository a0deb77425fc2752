// One model at many values of a variable: linked once, since a figure of the scenario moves nothing but an input.
import type { Problems } from "../diagnostic/diagnostic.ts";
import { assumptionsOf } from "../figures/assumptions.ts";
import { modelAt, type Overrides } from "../figures/result.ts";
import { valuesOf } from "../figures/values.ts";
import { readLiteral, readShare, unitOfLiteral } from "../formula/literal.ts";
import { inBaseUnits, isPlain, PLAIN, parseUnit } from "../formula/unit.ts";
import type { Definition } from "../model/definition.ts";
import type { Model } from "../model/model.ts";
import { caseFigures } from "./cases.ts";

/** A figure at one point, by column: an architecture, or the variable itself. */
export type Columns = ReadonlyMap<string, number | null>;

/** The name that stands for the share of the load. */
export const LOAD = "load";

/**
 * What a value of `--vary` sets, as `--set` or `--load` would.
 * @param model of a load of 1 where the load is varied
 * @returns undefined where it is no figure that is an input, such as a word: it takes a link of its own
 */
export function overridesAt(model: Model, name: string, text: string): Overrides | undefined {
  const { driver } = model.workload;
  if (name === LOAD) {
    const share = readShare(text);
    if (!(Number.isFinite(share) && share > 0)) return undefined;
    return new Map(inputsOf(model, driver).map(({ address, value }) => [address, value * share]));
  }
  const definition = model.definitions.find(({ address }) => address === name);
  const value = definition === undefined ? undefined : readFigure(text, definition, model.monthSeconds);
  const inputs = inputsOf(model, name);
  if (value === undefined || inputs.length === 0) return undefined;
  return new Map(inputs.map(({ address }) => [address, name === driver ? value * model.load : value]));
}

/** Inputs of a variable: the scenario's, and those of environments that have another value. */
function inputsOf({ graph, environments }: Model, name: string) {
  const addresses = new Set([name, ...environments.map((environment) => `${environment.name}:${name}`)]);
  return graph.inputs.filter(({ address }) => addresses.has(address));
}

/** A bare number is in the declared unit; with a unit it has to be one of the variable's dimension. */
function readFigure(text: string, { unit, dimension }: Definition, monthSeconds: number): number | undefined {
  if (unitOfLiteral(text) !== undefined) return readLiteral(text, dimension, { monthSeconds });
  const bare = readLiteral(text, PLAIN, { monthSeconds });
  if (bare === undefined) return undefined;
  if (unit === "") return isPlain(dimension) ? bare : undefined;
  const parsed = parseUnit(unit, { monthSeconds });
  return "error" in parsed ? undefined : inBaseUnits(bare, parsed.factor);
}

/** The model at one value, as if it had been linked with it. */
export function modelWith(model: Model, overrides: Overrides, name: string, text: string): Model {
  const at = modelAt(model, overrides);
  if (name === LOAD) return { ...at, load: readShare(text) };
  const isSet = ({ address }: Definition): boolean => address === name || overrides.has(address);
  return { ...at, definitions: at.definitions.map((each) => (isSet(each) ? { ...each, formula: text } : each)) };
}

/** What `cases` computes as `run` does, to the last digit. */
const IN_COLUMNS =
  /^(cost\.(month|year|per_unit)|carbon\.(month|operational|embodied|energy_kwh)\.(low|central|high))$/;

/** Whether a figure takes no result: one of the month, or a variable. */
export function isInColumns(model: Model, figure: string): boolean {
  return IN_COLUMNS.test(figure) || model.definitions.some(({ address }) => address === figure);
}

/**
 * Figures that `isInColumns` over many values at once, by figure.
 * @param points values of the same inputs
 * @returns undefined at a point that has a fault: a run of it says which
 */
export function pointsInColumns(
  model: Model,
  figures: readonly string[],
  points: readonly { readonly text: string; readonly overrides: Overrides }[],
  vary: { readonly name: string; readonly problems: Problems },
): readonly (ReadonlyMap<string, Columns> | undefined)[] {
  const free = [...(points[0]?.overrides.keys() ?? [])];
  const wanted = figures.filter((figure) => IN_COLUMNS.test(figure));
  const cases = caseFigures(model, free, { wanted, problems: vary.problems });
  const columns = free.map((address) =>
    Float64Array.from(points, ({ overrides }) => overrides.get(address) ?? Number.NaN),
  );
  const found = cases?.run(columns, points.length);
  const broken = new Set(found?.faults.flatMap(({ rows }) => rows));
  // One fault keeps all from being computed: the others are asked for again without those that have it.
  if (broken.size > 0) {
    const fine = points.filter((_, at) => !broken.has(at));
    const rest = fine.length === 0 ? [] : pointsInColumns(model, figures, fine, vary);
    return points.map((point) => (fine.includes(point) ? rest[fine.indexOf(point)] : undefined));
  }
  const names = cases?.names ?? [];
  const variables = figures.filter((figure) => !IN_COLUMNS.test(figure));
  return points.map(({ text, overrides }, row) => {
    const known = variables.length === 0 ? undefined : variablesAt(modelWith(model, overrides, vary.name, text));
    return new Map(
      figures.map((figure): [string, Columns] => {
        const value = known?.get(figure);
        if (value !== undefined) return [figure, new Map([[figure, value]])];
        const own = names.flatMap((name, at): [string, number | null][] =>
          name.endsWith(`.${figure}`) ? [[name.slice(0, -figure.length - 1), found?.values[at]?.[row] ?? null]] : [],
        );
        return [figure, new Map(own)];
      }),
    );
  });
}

/** Variables that are figures, in the units that they are shown in. */
function variablesAt(model: Model): ReadonlyMap<string, number> {
  const nodes = model.definitions.flatMap(({ node }) => node ?? []);
  const { mean } = valuesOf(model, nodes);
  return new Map(
    assumptionsOf(model, mean).flatMap(({ address, value }): [string, number][] =>
      typeof value === "number" ? [[address, value]] : [],
    ),
  );
}
