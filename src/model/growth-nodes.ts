import type { Place } from "../diagnostic/diagnostic.ts";
import type { Unit } from "../formula/unit.ts";
import type { GrowthRange } from "../scenario/evolution.ts";

export type Growth = {
  readonly months: number;
  /** value of the driver at a month from its value in month 0, both in base units */
  at(month: number, today: number): number;
};

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

/** A figure without where it is written: what a plan is computed from, also in the page of a report. */
export type PlannedFigure = Omit<PlanFigure, "unit" | "written" | "place"> & {
  readonly unit: Pick<Unit, "text" | "factor">;
};

export type PlanWork<F = PlanFigure> = { readonly effort: F | undefined; readonly cost: F | undefined };
export type PlanBuild<F = PlanFigure> = PlanWork<F> & {
  readonly release: F | undefined;
  readonly reason: string | undefined;
};

export type PlanMove<F = PlanFigure> = PlanWork<F> & {
  /** empty: any other */
  readonly from: readonly string[];
  readonly to: string;
  readonly lead: F | undefined;
  readonly parallel: F | undefined;
  readonly reason: string | undefined;
};

/** What grows by how much a month: shares, compounded; `kind` reads them as a distribution. */
export type GrowthSpread = {
  readonly kind: NonNullable<GrowthRange["distribution"]>;
  readonly low: number;
  readonly typical: number;
  readonly high: number;
  readonly reason: string | undefined;
  readonly status: PlanFigure["status"];
};

/** `evolution:` linked: its figures are nodes of the model's graph. */
export type Evolution<F = PlanFigure> = {
  readonly months: number;
  readonly startLoad: F | undefined;
  readonly at: Growth["at"];
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
  readonly delay: F | undefined;
  readonly personRate: F | undefined;
  readonly running: string | undefined;
  readonly builds: ReadonlyMap<string, PlanBuild<F>>;
  readonly moves: readonly PlanMove<F>[];
  /** every figure, in the order of the file */
  readonly figures: readonly F[];
};
