import type { Catalog, LoadedService } from "../catalog/catalog.ts";
import type { Meter } from "../catalog/schema.ts";
import type { Place } from "../diagnostic/diagnostic.ts";
import type { Unit } from "../formula/unit.ts";
import type { BaseCheck } from "../model/check.ts";
import type { Definition } from "../model/definition.ts";
import type { ResolvedComponent, Scenario } from "../scenario/read.ts";
import type { Linker, NumberValue } from "./linker.ts";
import type { LazyScope } from "./scope.ts";
import type { EnvironmentLoad, WorkloadScope } from "./workload.ts";

/** One meter of one component: what it uses in the month, before tiers. */
export type MeterUse = {
  readonly architecture: string;
  readonly component: string;
  readonly account: string | null;
  /** undefined where the scenario states no environments, and for what belongs to none */
  readonly environment?: string | undefined;
  readonly region: string;
  readonly service: LoadedService;
  readonly name: string;
  readonly meter: Meter;
  /** service and key of its rate */
  readonly rateService: string;
  readonly rateKey: string;
  /** node of the part of the rate that is paid; undefined: all of it */
  readonly priceShare?: number | undefined;
  /** what Savings Plans call it; undefined where none covers it */
  readonly planKey: string | undefined;
  readonly unit: Unit;
  /** pricing units in the month over all copies, tries included */
  readonly quantity: number;
  /** the same with every use succeeding at once; equal to `quantity` where attempts do not matter */
  readonly firstTries: number;
  /** pricing units per hour, an instant; undefined for month quantities */
  readonly hourly: number | undefined;
  readonly formula: string;
  readonly place: Place;
  readonly line: string;
};

export type LinkedComponent = {
  readonly name: string;
  readonly spec: ResolvedComponent;
  readonly service: LoadedService;
  readonly region: string;
  readonly account: string | null;
  readonly count: NumberValue;
  /** node of what of it is to grow with the load, at its peak, of all copies; undefined where nothing is */
  readonly size: number | undefined;
  readonly meters: readonly MeterUse[];
  readonly checks: readonly BaseCheck[];
  readonly definitions: readonly Definition[];
  readonly usesElapsed: boolean;
  /** what it was linked from, and the names its service's formulas may use: for quotas and energy */
  readonly task: ComponentTask;
  readonly scope: LazyScope;
};

export type ComponentTask = {
  readonly architecture: string;
  readonly spec: ResolvedComponent;
  readonly service: LoadedService;
  readonly region: string;
  readonly workload: WorkloadScope;
  readonly linker: Linker;
  readonly catalog: Catalog;
  readonly scenario: Scenario;
  /** expected tries per use of this component, those of its callers included */
  readonly attempts: NumberValue;
  readonly priceDay: string;
  /** what is held starts empty: all designs are compared over the first year */
  readonly startsEmpty: boolean;
  /** services of the architecture that want this component as a companion, where a default depends on them */
  readonly companionOf: readonly string[];
  /** undefined where the scenario states no environments */
  readonly environment: ComponentEnvironment | undefined;
};

/** What an environment makes of a component. */
export type ComponentEnvironment = {
  readonly name: string;
  /** undefined in the first environment */
  readonly load: EnvironmentLoad | undefined;
  /** running copies at least; undefined: as the formulas have it */
  readonly minCopies: number | undefined;
  /** parameters that the environment gives itself */
  readonly changed: ReadonlySet<string>;
};
