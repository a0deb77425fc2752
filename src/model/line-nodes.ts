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
  /** USD per pricing unit at list */
  readonly price: number;
  /** usage before free allowances, pricing units a month */
  readonly consumed: number;
  readonly quantity: number;
  readonly list: number;
  readonly contracted: number;
  readonly effective: number;
  readonly meter: MeterNodes;
};

/** The nodes of the figures of a line. */
export function lineFigureNodes(line: LineNodes): readonly number[] {
  return [line.price, line.consumed, line.quantity, line.list, line.contracted, line.effective];
}

/** The meter that a line is a part of; its tiers, retries and commitments are lines of their own. */
export type MeterNodes = {
  readonly title: string;
  /** pricing units in the month over all copies, tries included */
  readonly quantity: number;
  /** node of pricing units per hour, hour by hour; undefined for what is counted by the month */
  readonly hourly?: number;
  /** formula of what is paid of the price, where it is a share of another */
  readonly priceShare?: string;
  readonly place: Place;
  /** index into the prices of the model */
  readonly price: number;
};
