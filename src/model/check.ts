import type { Place } from "../diagnostic/diagnostic.ts";

/**
 * A condition that the base case must meet. A legal range is an error of the input; what the provider does not offer
 * (a size, a duration) makes the architecture infeasible.
 */
export type BaseCheck = {
  readonly node: number;
  readonly message: string;
  readonly place: Place;
  readonly level: "error" | "warning" | "infeasible";
  /** of a value that the service works out itself: out of range where what it is given is */
  readonly derived?: true;
};
