import type { Unit } from "../formula/unit.ts";
import type { BaseCheck } from "./check.ts";

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

/** Nodes of seconds a month; equal where one figure is told. */
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
