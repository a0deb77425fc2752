import type { Place } from "../diagnostic/diagnostic.ts";
import type { CombineTraits } from "../result/combine.ts";
import type { ArchitectureResult } from "../result/schema.ts";
import type { Exchange, LinkedOperations, OverheadsNodes, QualityNodes } from "./beside-nodes.ts";
import type { BaseCheck } from "./check.ts";
import type { LineNodes } from "./line-nodes.ts";
import type { QuotaNodes } from "./quota-nodes.ts";

type ComponentResult = ArchitectureResult["components"][string];

/** A bill that a component is compared with: USD, and a quantity in the pricing unit of a meter. */
export type StatedActual = {
  readonly cost: number;
  readonly quantity: { readonly meter: string; readonly value: number } | undefined;
  readonly month: string;
  readonly source: string;
};

/** A component of an architecture as it stands in an environment; custom lines are components too. */
export type ComponentNodes = {
  readonly name: string;
  readonly words: Omit<ComponentResult, "count" | "cost" | "actual">;
  /** node of how many there are of it; undefined: one */
  readonly count: number | undefined;
  /** node of what of it is to grow with the load, at its peak; undefined: nothing is */
  readonly size: number | undefined;
  readonly actual: StatedActual | undefined;
  /** where its service is written */
  readonly place: Place;
};

/** A component as it stands in the scenario, with what it says of being one with others. */
export type WrittenComponent = { readonly name: string; readonly traits: Partial<CombineTraits> };

/** An architecture: words, and nodes of the graph. */
export type ArchitectureNodes = {
  readonly name: string;
  readonly title: string;
  /** in every environment */
  readonly components: readonly ComponentNodes[];
  /** once, in the order of the file */
  readonly written: readonly WrittenComponent[];
  readonly lines: readonly LineNodes[];
  readonly quotas: readonly QuotaNodes[];
  readonly checks: readonly BaseCheck[];
  /** undefined where the scenario states none */
  readonly overheads: OverheadsNodes | undefined;
  /** metrics and objectives; missed objectives are among `checks` */
  readonly qualities: QualityNodes;
  readonly operations: LinkedOperations;
  /** who passes data to whom, as the components state */
  readonly exchanges: readonly Exchange[];
  /** USD in the month: effective and list */
  readonly cost: number;
  readonly list: number;
  /** USD in the month of free allowances that the scenario does not mention; undefined where nobody looks at them */
  readonly uncounted: number | undefined;
  readonly notices: readonly string[];
  readonly notCounted: ArchitectureResult["not_counted"];
  /** of companions that are neither there nor omitted */
  readonly warnings: readonly string[];
};
