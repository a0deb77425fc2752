// The points of a sweep: through columns where the figures allow it, on one linked model where the values do, else linked
// one by one. No result is kept longer than it takes to read its figures.
import { figureAt, type Vary } from "../analysis/sweep.ts";
import { type Columns, isInColumns, LOAD, modelWith, overridesAt, pointsInColumns } from "../analysis/sweep-points.ts";
import { wordFor } from "../budget/budget.ts";
import { type Names, namesOf } from "../budget/names.ts";
import { type Diagnostic, InputError, Problems } from "../diagnostic/diagnostic.ts";
import { type Overrides, resultOf } from "../figures/result.ts";
import type { Model } from "../model/model.ts";
import type { Result } from "../result/schema.ts";
import { loadText, OverlayCatalogs, type ScenarioOptions, type ScenarioText } from "./load.ts";
import type { Io } from "./process.ts";

/** Figures at a value, by name; or why there are none. */
export type Point = { readonly figures: ReadonlyMap<string, Columns> } | { readonly problem: string };

type SweepTask = {
  readonly text: ScenarioText;
  readonly figures: readonly string[];
  readonly vary: Vary;
  readonly options: ScenarioOptions;
  readonly version: string;
  readonly io: Io;
};

/** @returns the name of the scenario and a point for each value. Throws InputError where a value is faulty in itself, or all are. */
export function sweptPoints(task: SweepTask): { readonly name: string; readonly points: readonly Point[] } {
  const sweep = new Sweep(task);
  return { points: sweep.points(), name: sweep.name };
}

type Moved = { readonly text: string; readonly overrides: Overrides };

/** A class because price folders are read once, and the first fault of a point is kept for when there is no other. */
class Sweep {
  name = "";
  readonly #task: SweepTask;
  readonly #catalogs = new OverlayCatalogs();
  #fault: InputError | undefined;

  constructor(task: SweepTask) {
    this.#task = task;
  }

  points(): readonly Point[] {
    const { vary, figures } = this.#task;
    const base = this.#base();
    const moves = new Map<number, Moved>();
    for (const [at, text] of vary.values.entries()) {
      const overrides = base === undefined ? undefined : overridesAt(base, vary.name, text);
      if (overrides !== undefined) moves.set(at, { text, overrides });
    }
    const inColumns = base !== undefined && figures.every((figure) => isInColumns(base, figure));
    const computed = new Map<number, Point>();
    if (inColumns && moves.size > 0) {
      const task = { name: vary.name, problems: new Problems() };
      const found = pointsInColumns(base, figures, [...moves.values()], task);
      for (const [i, at] of [...moves.keys()].entries()) {
        const point = found[i];
        if (point !== undefined) computed.set(at, { figures: point });
      }
    }
    const points = vary.values.map((text, at) => {
      const move = moves.get(at);
      const known = computed.get(at);
      if (known !== undefined) return known;
      const moved = base === undefined || move === undefined || inColumns ? undefined : this.#moved(base, move);
      return moved ?? this.#linked(text);
    });
    if (this.#fault !== undefined && points.every((point) => "problem" in point)) throw this.#fault;
    return points;
  }

  /** A model that the values move: that of the first value which links. */
  #base(): Model | undefined {
    const { vary, options, text } = this.#task;
    if (vary.name === "region" || vary.name === "as-of") return undefined;
    const values = vary.name === LOAD ? ["1"] : vary.values;
    for (const value of values) {
      try {
        const { model } = loadText(text, optionsAt(options, vary.name, value), this.#task.io, this.#catalogs);
        this.name = model.scenario.name;
        return model;
      } catch (error) {
        this.#gap(error);
      }
    }
    return undefined;
  }

  #moved(base: Model, { text, overrides }: Moved): Point | undefined {
    const { vary, version } = this.#task;
    const result = resultOf(modelWith(base, overrides, vary.name, text), { version, curve: false }, new Problems());
    return result === undefined ? undefined : this.#read(result);
  }

  #linked(value: string): Point {
    const { text, vary, options, io, version } = this.#task;
    try {
      const { model, problems } = loadText(text, optionsAt(options, vary.name, value), io, this.#catalogs);
      const result = resultOf(model, { version, curve: false }, problems);
      if (result === undefined || problems.hasErrors) throw new InputError(problems.list);
      this.name = model.scenario.name;
      return this.#read(result);
    } catch (error) {
      return { problem: this.#gap(error) };
    }
  }

  #read(result: Result): Point {
    let names: Names | undefined;
    const known = (): Names => {
      names ??= namesOf(result);
      return names;
    };
    return { figures: new Map(this.#task.figures.map((name) => [name, figuresIn(result, name, known)])) };
  }

  /** What keeps a point from having figures, in words; throws what is wrong with the value or the scenario itself. */
  #gap(error: unknown): string {
    if (!(error instanceof InputError)) throw error;
    const errors = error.diagnostics.filter(({ severity }) => severity === "error");
    if (errors.some(({ code }) => !GAPS.has(code))) throw error;
    this.#fault ??= error;
    return wordsOf(errors);
  }
}

/** What may be wrong at a point while others are fine: no price, no value on that day, or outside of what a service takes. */
const GAPS: ReadonlySet<string> = new Set([
  "missing-rate",
  "no-value",
  "unknown-cell",
  "out-of-range",
  "not-finite",
  "division-by-zero",
]);

function wordsOf([first, ...others]: readonly Diagnostic[]): string {
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return `${first?.message ?? "no figures"}${more}`;
}

function optionsAt(options: ScenarioOptions, name: string, value: string): ScenarioOptions {
  if (name === "region") return { ...options, region: value };
  if (name === "as-of") return { ...options, asOf: value };
  if (name === LOAD) return { ...options, load: value };
  return { ...options, set: [...(options.set ?? []), `${name}=${value}`] };
}

/** A variable is one column of its own; else one for each architecture that has the figure, by its path or its name in budgets. */
function figuresIn(result: Result, name: string, known: () => Names): Columns {
  const variable = result.assumptions.find(({ address }) => address === name)?.value;
  if (typeof variable === "number") return new Map([[name, variable]]);
  const path = name.split(".");
  const own = Object.entries(result.architectures).flatMap(([architecture, data]): [string, number | null][] => {
    const value = figureAt(data, path);
    // That nothing is reached is a figure too.
    return value !== undefined || path[0] === "capacity" ? [[architecture, value ?? null]] : [];
  });
  if (own.length > 0) return new Map(own);
  const of = (key: string, column: string): [string, number | null][] => {
    const named = known().get(key);
    return named?.kind === "number" ? [[column, Number.isFinite(named.value) ? named.value : null]] : [];
  };
  const named = Object.keys(result.architectures).flatMap((each) => of(`${wordFor(each)}.${name}`, each));
  return new Map(named.length > 0 ? named : of(name, name));
}
