import type { Place } from "../diagnostic/diagnostic.ts";
import type { Unit } from "../formula/unit.ts";
import { describeDimension, sameDimension } from "../formula/unit.ts";
import type { Scope } from "../formula/value.ts";
import type { Definition } from "../model/definition.ts";
import type { VariableSpec } from "../scenario/schema.ts";
import type { Linker, NumberValue, Written } from "./linker.ts";

/** A variable, linked, and how its range is written. */
export type RangeTask = {
  readonly name: string;
  readonly spec: VariableSpec;
  readonly value: NumberValue;
  readonly unit: Unit;
  readonly linker: Linker;
  readonly scope: Scope;
  /** what is written at a key of the variable, with the way back to its place */
  at(key: End, text: string | number): Written;
  /** chosen on the command line: it holds wherever it lies */
  readonly certain: boolean;
  /** of the variable */
  readonly place: Place;
};

/** Base units. */
export type Range = Pick<Definition, "low" | "high" | "range">;
type Ends = { readonly low: number; readonly high: number };

type End = "low" | "high" | "p10" | "p90";
type Bound = { readonly written: Written; readonly value: number };

export const hasRange = ({ low, high, p10, p90 }: VariableSpec): boolean =>
  [low, high, p10, p90].some((end) => end !== undefined);

/** The range of a variable, `low` to `high` or `p10` to `p90`; undefined where it has none or a wrong one, which is stated. */
export function linkRange(task: RangeTask): Range | undefined {
  const tenths = task.spec.low === undefined;
  const low = boundOf(task, tenths ? "p10" : "low");
  const high = boundOf(task, tenths ? "p90" : "high");
  if (low === undefined || high === undefined) return undefined;
  const fault = faultOf(task, { low: low.value, high: high.value });
  const { distribution } = task.spec;
  if (fault === undefined)
    return { low: low.value, high: high.value, range: { distribution, tenths, place: task.place } };
  task.linker.problems.error("bad-range", `"${task.name}": ${fault}`, low.written.place());
  return undefined;
}

function faultOf({ spec, value, linker, certain }: RangeTask, { low, high }: Ends): string | undefined {
  if (!(low <= high)) return "the low end of its range is above the high end";
  const kind = spec.distribution;
  if (kind?.startsWith("log") === true && low <= 0) return `a ${kind} range lies above 0`;
  const typical = linker.builder.constantValue(value.node);
  if (certain || typical === undefined) return undefined;
  const slack = 1e-12 * Math.max(Math.abs(low), Math.abs(high));
  const outside = typical < low - slack || typical > high + slack;
  return outside ? `its value ${spec.value ?? spec.typical} lies outside its range` : undefined;
}

/** An end of the range: a figure without names, of the kind that the value is. */
function boundOf(task: RangeTask, key: End): Bound | undefined {
  const { linker, spec, unit, scope } = task;
  const text = spec[key];
  if (text === undefined) return undefined;
  const written = task.at(key, text);
  const value =
    spec.unit === undefined ? likeValue(task, written, key) : linker.number(written, scope, unit, `"${key}"`);
  if (value === undefined) return undefined;
  const constant = linker.builder.constantValue(value.node);
  if (constant !== undefined) return { written, value: constant };
  linker.problems.error("wants-constant", `"${key}" is to be a figure, not a formula`, written.place());
  return undefined;
}

function likeValue({ linker, scope, value, name }: RangeTask, written: Written, key: End): NumberValue | undefined {
  const end = linker.anyNumber(written, scope, `"${key}"`);
  if (end === undefined || sameDimension(end.dimension, value.dimension)) return end;
  const message = `"${name}" is ${describeDimension(value.dimension)}, its "${key}" is ${describeDimension(end.dimension)}`;
  linker.problems.error("unit-mismatch", message, written.place());
  return undefined;
}
