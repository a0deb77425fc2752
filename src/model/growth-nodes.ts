import type { Place } from "../diagnostic/diagnostic.ts";
import type { Unit } from "../formula/unit.ts";

/** How the driver grows over the months, month 0 being the load of the scenario. All figures in base units. */
export type GrowthLaw =
  /** multiplied by the factor every month */
  | { readonly kind: "compound"; readonly factor: number }
  /** one factor of month 0's load a month, from month 1 on; the last one holds on */
  | { readonly kind: "factors"; readonly factors: readonly number[] }
  /** limit / (1 + exp(-rate x (month - middle))), whatever the load of month 0 */
  | { readonly kind: "logistic"; readonly limit: number; readonly rate: number; readonly middle: number };

export type Growth = { readonly months: number; readonly law: GrowthLaw };

/** A figure of `evolution:` with what the scenario knows of it. */
export type PlanFigure = {
  /** `evolution.moves.0.lead_time` */
  readonly address: string;
  readonly node: number;
  readonly unit: Unit;
  /** ends of its range, base units */
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly written: string;
  readonly status: "measured" | "documented" | "assumed" | "given";
  readonly reason: string | undefined;
  readonly place: Place;
};

export type PlanWork = { readonly effort: PlanFigure | undefined; readonly cost: PlanFigure | undefined };
export type PlanBuild = PlanWork & {
  readonly architecture: string;
  readonly release: PlanFigure | undefined;
  readonly reason: string | undefined;
};

export type PlanMove = PlanWork & {
  /** empty: any other */
  readonly from: readonly string[];
  readonly to: string;
  readonly lead: PlanFigure | undefined;
  readonly parallel: PlanFigure | undefined;
  readonly reason: string | undefined;
};

/** What grows by how much a month: shares, compounded; `kind` reads them as a distribution. */
export type GrowthSpread = {
  readonly kind: "triangular" | "pert" | "uniform" | "loguniform" | "normal" | "lognormal";
  readonly low: number;
  readonly typical: number;
  readonly high: number;
  readonly reason: string | undefined;
  readonly status: PlanFigure["status"];
};

/** `evolution:` linked: its figures are nodes of the model's graph. */
export type Evolution = {
  readonly months: number;
  readonly startLoad: PlanFigure | undefined;
  readonly law: GrowthLaw;
  readonly spread: GrowthSpread | undefined;
  /** growth as it is written */
  readonly growthWords: string;
  /** what money bears a month: 1.008 at 10 % a year; and at the ends of its range */
  readonly discount: {
    readonly value: number;
    readonly low: number | undefined;
    readonly high: number | undefined;
    readonly reason: string | undefined;
  };
  readonly delay: PlanFigure | undefined;
  readonly personRate: PlanFigure | undefined;
  readonly running: string | undefined;
  readonly builds: readonly PlanBuild[];
  readonly moves: readonly PlanMove[];
  /** where it is written */
  readonly place: Place;
  /** every figure, in the order of the file */
  readonly figures: readonly PlanFigure[];
};
