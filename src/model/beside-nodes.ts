import type { Unit } from "../formula/unit.ts";
import type { EnvironmentCost, OverheadLine } from "../result/overhead-schema.ts";
import type { BaseCheck } from "./check.ts";

/** A figure of an architecture that is no cost. */
export type LinkedMetric = {
  readonly name: string;
  readonly node: number;
  readonly unit: Unit;
  readonly formula: string;
  readonly status: "measured" | "documented" | "assumed" | undefined;
  readonly reason: string | undefined;
  /** file:line */
  readonly place: string;
};

export type LinkedObjective = {
  readonly id: string;
  /** 1 where it is met */
  readonly node: number;
};

/** What an architecture is besides its cost. */
export type QualityNodes = {
  readonly metrics: readonly LinkedMetric[];
  readonly objectives: readonly LinkedObjective[];
};

/** Nodes of seconds a month; equal where one figure is stated. */
export type HourNodes = { readonly low: number; readonly typical: number; readonly high: number };
export type RateOrigin = {
  readonly status: "stated" | "assumed";
  readonly reason: string | undefined;
  readonly source: string | undefined;
};

/** What people do for an architecture. */
export type LinkedOperations = {
  /** undefined: the scenario does not tell */
  readonly hours: HourNodes | undefined;
  /** node of USD a second */
  readonly rate: number;
  readonly rateFrom: RateOrigin;
  readonly reason: string | undefined;
  readonly status: "measured" | "documented" | "assumed" | undefined;
  /** file:line */
  readonly place: string | undefined;
  readonly checks: readonly BaseCheck[];
};

/** Data may go from one component to the other; a call and its answer are two. */
export type Exchange = { readonly from: string; readonly to: string };

/** One thing paid on top of a bill: its words, and nodes of what it is counted on, of what is there already, of its cost. */
export type OverheadNodes = {
  readonly words: Omit<OverheadLine, "base" | "existing" | "cost">;
  readonly base: number;
  readonly existing: number;
  readonly cost: number;
};

/** What an architecture costs with all that is paid on top: a second total beside the first. */
export type OverheadsNodes = {
  readonly lines: readonly OverheadNodes[];
  readonly total: number;
};

/** An environment of the scenario, with the node of its share of the load; undefined: all of it. */
export type EnvironmentNodes = {
  readonly name: string;
  readonly load: number | undefined;
  readonly schedule: EnvironmentCost["schedule"];
};
