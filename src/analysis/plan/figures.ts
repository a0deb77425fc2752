import { grown } from "../../figures/growth-law.ts";
import { valuesOf } from "../../figures/values.ts";
import { pow } from "../../formula/exact.ts";
import type { Evolution, PlanFigure } from "../../model/growth-nodes.ts";
import type { Model } from "../../model/model.ts";
import type { Move, Start } from "./problem.ts";

const YEAR = 12;

/** One set of figures of `evolution:`, ready for a plan. */
export type PlanTerms = {
  /** the driver in month 0, base units */
  readonly startLoad: number;
  /** growth as a factor of month 0's load */
  readonly growth: (month: number) => number;
  readonly discount: number;
  readonly starts: readonly Start[];
  readonly moves: readonly Move[];
};

/** Another figure or other inputs than the scenario's. */
export type Changes = {
  /** address of a figure of `evolution:` -> base units */
  readonly figures?: ReadonlyMap<string, number>;
  /** address of an input of the graph -> base units */
  readonly inputs?: ReadonlyMap<string, number>;
  /** what money bears a month */
  readonly interest?: number;
};

/**
 * Effort is priced, times are whole months, moves are stated pair by pair; what a move leaves out is as in building its
 * target. Figures that follow the driver are taken at the load of month 0.
 */
export function planTerms(model: Model, evolution: Evolution, changes: Changes = {}): PlanTerms {
  const { driver } = model.workload;
  const inputs = new Map(changes.inputs);
  const nodes = evolution.figures.map(({ node }) => node);
  const at = (figure: PlanFigure, values: ReturnType<typeof valuesOf>): number =>
    changes.figures?.get(figure.address) ?? values.mean(figure.node);
  const first = valuesOf(model, [...nodes, model.workload.driverNode], inputs);
  const base = first.mean(model.workload.driverNode);
  const startLoad = evolution.startLoad === undefined ? grown(evolution.law, 0, base) : at(evolution.startLoad, first);
  inputs.set(driver, startLoad);
  const values = valuesOf(model, nodes, inputs);
  // What is left out takes no time and costs nothing: the docs say so, and the plan lists every figure that it rests on.
  const value = (figure: PlanFigure | undefined): number => (figure === undefined ? 0 : at(figure, values));
  const months = (figure: PlanFigure | undefined): number => Math.ceil(value(figure) / model.monthSeconds - 1e-9);
  const money = (effort: PlanFigure | undefined, cost: PlanFigure | undefined): number =>
    value(effort) * value(evolution.personRate) + value(cost);
  const place = new Map(model.architectures.map(({ name }, a) => [name, a]));
  const starts = startsOf();
  const moves = evolution.moves.flatMap((move) => {
    const build = evolution.builds.find(({ architecture }) => architecture === move.to);
    const to = place.get(move.to);
    const from = move.from.length > 0 ? move.from : [...place.keys()].filter((name) => name !== move.to);
    if (to === undefined) return [];
    const terms = {
      oneOff: money(move.effort ?? build?.effort, move.cost ?? build?.cost),
      lead: months(move.lead ?? build?.release),
      parallel: months(move.parallel),
    };
    return from.flatMap((name) => {
      const source = place.get(name);
      return source === undefined ? [] : [{ from: source, to, ...terms }];
    });
  });
  const today = grown(evolution.law, 0, startLoad);
  return {
    startLoad,
    growth: (month) => grown(evolution.law, month, startLoad) / today,
    discount: 1 / (changes.interest ?? evolution.discount.value),
    starts,
    moves,
  };

  function startsOf(): readonly Start[] {
    if (evolution.running !== undefined) {
      const architecture = place.get(evolution.running);
      return architecture === undefined ? [] : [{ architecture, oneOff: 0, ready: 0, settled: true }];
    }
    return evolution.builds.flatMap(({ architecture: name, effort, cost, release }) => {
      const architecture = place.get(name);
      const built = { oneOff: money(effort, cost), ready: months(release), settled: false };
      return architecture === undefined ? [] : [{ architecture, ...built }];
    });
  }
}

/** Figures that are negative or no number, where a formula of variables gives them, and what is wrong. */
export function faultyFigures(
  model: Model,
  evolution: Evolution,
): readonly { readonly figure: PlanFigure; readonly fault: string }[] {
  const { mean } = valuesOf(
    model,
    evolution.figures.map(({ node }) => node),
  );
  return evolution.figures.flatMap((figure) => {
    const { address, node } = figure;
    const value = mean(node);
    const least = address === "evolution.start_load" ? Number.MIN_VALUE : 0;
    if (value >= least && Number.isFinite(value)) return [];
    return [{ figure, fault: `"${address}" is ${least > 0 ? "above 0" : "0 or more"}` }];
  });
}

/** A share a year from a factor a month. */
export function yearly(factor: number): number {
  return pow(factor, YEAR) - 1;
}
