// Months of a year that differ in their load (`workload.curve.months`).
import type { GraphBuilder } from "../formula/builder.ts";
import { nodeOf, replay } from "../formula/specialise.ts";
import type { Scenario } from "../scenario/read.ts";
import type { Linker } from "./linker.ts";

const MONTHS = 12;

export type Season = {
  /** node: load of the month over that of the mean month */
  readonly node: number;
  /** the month with the greatest load, from 0 */
  readonly fullest: number;
};

/** Links the months of the load; undefined where they are alike. Which month it is follows from the time since the start. */
export function linkSeason(
  { data, source }: Scenario,
  { builder, monthSeconds, problems }: Linker,
): Season | undefined {
  const weights = data.workload.curve?.months;
  if (weights === undefined || weights.every((weight) => weight > 0 && weight === weights[0])) return undefined;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0 && Number.isFinite(total))) {
    const place = source.place(["workload", "curve", "months"]);
    problems.error("bad-curve", "the months of the curve are to add up to a number above 0", place);
    return undefined;
  }
  const fullest = weights.indexOf(Math.max(...weights));
  const elapsed = builder.input("elapsed", (fullest + 0.5) * monthSeconds);
  const shares = weights.map((weight) => (weight * MONTHS) / total);
  return { node: ofMonth(builder, monthOfYear(builder, elapsed, monthSeconds), shares), fullest };
}

/** The month of the first year, from 0, in which limits are looked at: data that is kept for ever is most in the last. */
export function fullestMonth({ season }: { readonly season: Season | undefined }): number {
  return season?.fullest ?? MONTHS - 1;
}

/** Node: the least of a node over the months of a year; the node itself where the months are alike. */
export function leastOverYear(node: number, season: Season | undefined, { builder, monthSeconds }: Linker): number {
  if (season === undefined) return node;
  const graph = builder.graph();
  const months = Array.from({ length: MONTHS }, (_, month): number => {
    const elapsed = builder.constant((month + 0.5) * monthSeconds);
    const made = replay(graph, [node], builder, (index) => {
      const input = graph.inputs[index];
      if (input === undefined) throw new RangeError(`the graph has no input ${index}`);
      return input.address === "elapsed" ? elapsed : builder.input(input.address, input.value);
    });
    return nodeOf(made, node);
  });
  return months.reduce((least, month) => builder.op("min", least, month));
}

/** Node: 0 in the first month of each year, 11 in the last. */
function monthOfYear(builder: GraphBuilder, elapsed: number, monthSeconds: number): number {
  const year = builder.constant(MONTHS);
  const month = builder.op("floor", builder.op("div", elapsed, builder.constant(monthSeconds)));
  return builder.op("sub", month, builder.op("mul", year, builder.op("floor", builder.op("div", month, year))));
}

function ofMonth(builder: GraphBuilder, month: number, values: readonly number[]): number {
  const [last = 0] = values.slice(-1);
  return values.reduceRight((later, value, at) => {
    return builder.op("if", builder.op("eq", month, builder.constant(at)), builder.constant(value), later);
  }, builder.constant(last));
}
