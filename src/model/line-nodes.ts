import type { Place } from "../diagnostic/diagnostic.ts";
import type { LineItem } from "../result/schema.ts";

/** What of a line item is computed: quantities, prices that are costs over quantities, costs. */
export type LineFigures = Pick<
  LineItem,
  | "ConsumedQuantity"
  | "PricingQuantity"
  | "ListUnitPrice"
  | "ListCost"
  | "ContractedUnitPrice"
  | "ContractedCost"
  | "EffectiveCost"
  | "BilledCost"
>;

/** A future line item: its words, and nodes of its figures. */
export type LineNodes = {
  readonly words: Omit<LineItem, keyof LineFigures>;
  /** USD per pricing unit of its tier; null where it has none */
  readonly price: number | null;
  /** usage before free allowances, pricing units a month */
  readonly consumed: number;
  readonly quantity: number;
  readonly list: number;
  readonly contracted: number;
  readonly effective: number;
  readonly meter: MeterNodes;
};

/** The meter that a line is a part of; its tiers, retries and commitments are lines of their own. */
export type MeterNodes = {
  readonly title: string;
  /** pricing units in the month over all copies, tries included */
  readonly quantity: number;
  readonly place: Place;
  /** index into the prices of the model */
  readonly price: number;
};
