import type { CoefficientSpec } from "../catalog/schema.ts";
import type { Unit } from "../formula/unit.ts";

/** A figure of the carbon method with its band; `low` is the end that gives less carbon, whatever the number. */
export type Coefficient = {
  readonly name: string;
  /** input of the graph: `carbon:compute_scale`, `carbon:pue@us-east-1`, `carbon:transition_energy@microservices` */
  readonly address: string;
  readonly title: string;
  readonly unit: Unit;
  /** people read it for so many */
  readonly per: number;
  /** in base units */
  readonly low: number;
  readonly central: number;
  readonly high: number;
  /** nothing above it is possible */
  readonly most: number | undefined;
  readonly basis: CoefficientSpec["basis"];
  /** the same in all architectures of a comparison */
  readonly shared: boolean;
  readonly source: string;
  readonly retrieved: string;
  readonly note: string | undefined;
};
