import type { Catalog } from "../catalog/catalog.ts";
import type { Scenario } from "../scenario/read.ts";
import type { Linker } from "./linker.ts";
import type { WorkloadScope } from "./workload.ts";

/** What a bill is made from besides the components. */
export type BillTask = {
  readonly scenario: Scenario;
  readonly catalog: Catalog;
  readonly linker: Linker;
  readonly workload: WorkloadScope;
  readonly priceDay: string;
};
