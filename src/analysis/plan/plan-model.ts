import type { Definition } from "../../model/definition.ts";
import type { Evolution, PlannedFigure } from "../../model/evolution.ts";
import type { RaisableQuota } from "../../model/limits.ts";
import type { LinkedQuota } from "../../model/quota.ts";
import type { Evaluable } from "../../model/values.ts";

export type PlanEvolution = Evolution<PlannedFigure>;

/** A quota that may stop an architecture, or has to be raised: nodes, and what is told of it. */
export type PlanQuota = RaisableQuota &
  Pick<LinkedQuota, "demand" | "granted"> & {
    readonly unit: Pick<LinkedQuota["unit"], "text" | "factor">;
    readonly quota: Pick<LinkedQuota["quota"], "kind" | "scope">;
  };

export type PlanArchitecture = {
  readonly name: string;
  readonly cost: number;
  readonly quotas: readonly PlanQuota[];
  readonly checks: readonly { readonly node: number; readonly level: string; readonly message: string }[];
};

/** A variable as far as a plan looks at its range and its unit. */
export type PlanVariable = Pick<
  Definition,
  "address" | "origin" | "market" | "low" | "high" | "unit" | "formula" | "dimension"
>;

/** What a plan is computed from: a model, or what a report carries of one. */
export type PlanModel = Evaluable & {
  readonly load: number;
  readonly workload: { readonly driver: string; readonly driverNode: number };
  readonly definitions: ReadonlyMap<string, PlanVariable>;
  readonly architectures: readonly PlanArchitecture[];
  readonly evolution: PlanEvolution | undefined;
};
