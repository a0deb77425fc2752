/**
 * A plan as plain figures: no names, no graph. Months are counted from 0; the load of a month is that of its start.
 * What happens when:
 * - A start that is built anew costs `oneOff` in month 0 and the cost of delay in each of its `ready` months; from month
 *   `ready` on it serves and is paid for. One that runs already (`settled`) serves from month 0.
 * - A move that is decided in month t costs `oneOff` in that month. In the months t to t + lead - 1 the old architecture
 *   serves alone, in the next `parallel` ones both run, are paid for and can serve, then the new one serves alone.
 * - What has been built or moved to serves a whole month before the next change is decided; a move ends within the horizon.
 */
export type Start = {
  readonly architecture: number;
  /** USD */
  readonly oneOff: number;
  /** whole months from the decision to the first release */
  readonly ready: number;
  /** it runs today: it may be left at once */
  readonly settled: boolean;
};

export type Move = {
  readonly from: number;
  readonly to: number;
  /** USD */
  readonly oneOff: number;
  /** whole months */
  readonly lead: number;
  readonly parallel: number;
};

export type PlanProblem = {
  readonly months: number;
  /** USD in the month, by architecture and month */
  readonly cost: readonly Float64Array[];
  /** 1 where an architecture can serve the load of the month */
  readonly able: readonly Uint8Array[];
  /** USD lost in a month without a release */
  readonly delay: Float64Array;
  /** what a USD of the next month is worth in this one: (1 + r)^(-1/12) at a yearly rate r */
  readonly discount: number;
  readonly starts: readonly Start[];
  readonly moves: readonly Move[];
};

export type Decision = { readonly move: Move; readonly month: number };

export type Plan = {
  readonly start: Start;
  readonly decisions: readonly Decision[];
  /** USD, discounted to month 0 */
  readonly cost: number;
};

/** The architectures of a plan in their order. */
export function sequenceOf({ start, decisions }: Pick<Plan, "start" | "decisions">): readonly number[] {
  return [start.architecture, ...decisions.map(({ move }) => move.to)];
}
