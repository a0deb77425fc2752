import type { Place } from "../diagnostic/diagnostic.ts";
import type { Dimension } from "../formula/unit.ts";

export type Origin =
  /** written in the scenario */
  | "scenario"
  /** given on the command line */
  | "command"
  /** the default of a service's parameter */
  | "default"
  /** a formula or constant of the service */
  | "service"
  /** of the workload or the clock */
  | "built-in";

/** How a range is written: what it says of the values within it. */
export type RangeWords = {
  readonly distribution: "triangular" | "pert" | "uniform" | "loguniform" | "normal" | "lognormal" | undefined;
  /** its ends are the tenth and the ninetieth percentile */
  readonly tenths: boolean;
  readonly place: Place;
};

/** A named figure of the model: what `explain` prints and what assumptions are listed from. */
export type Definition = {
  /** `streams`, `microservices.detect.duration` */
  readonly address: string;
  readonly name: string;
  /** node of its value (an instant: of its mean over the month) or the word it stands for */
  readonly node: number | undefined;
  readonly text: string | undefined;
  /** node of its value hour by hour; undefined where that is the same in all */
  readonly hourly: number | undefined;
  readonly dimension: Dimension;
  /** unit people read it in; empty for a plain number */
  readonly unit: string;
  readonly formula: string;
  readonly origin: Origin;
  readonly place: string | undefined;
  readonly status: "measured" | "documented" | "assumed" | "given" | "default";
  readonly reason: string | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** undefined where it has no range */
  readonly range: RangeWords | undefined;
  /** the market whose price it is: it is sampled, together with all of that market */
  readonly market?: string;
  /** the scope in which names of the formula are to be looked up: prefix of their addresses, tried in order */
  readonly scope: readonly string[];
};

/** @returns undefined where nothing has the address */
export function definitionOf(
  { definitions }: { readonly definitions: readonly Definition[] },
  address: string,
): Definition | undefined {
  return definitions.find((definition) => definition.address === address);
}

/** Whether its range counts in samples and tornados: a variable's does, and that of a price that moves. */
export function isSampled({ address, origin, market }: Pick<Definition, "address" | "origin" | "market">): boolean {
  return market !== undefined || (origin === "scenario" && !address.includes("."));
}
