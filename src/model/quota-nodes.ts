import type { Limit } from "../result/schema.ts";

/** What of a limit is computed. */
export type LimitFigures = Pick<
  Limit,
  | "components"
  | "demand"
  | "existing"
  | "value"
  | "granted"
  | "binds_at"
  | "binds_at_granted"
  | "headroom"
  | "restart_after"
>;

/** What one component puts against a quota. */
export type QuotaPart = {
  readonly component: string;
  /** node of the peak over the month, in base units: of one copy where the quota is a copy's, else of all copies */
  readonly demand: number;
  /** node of the time in which one execution comes to its demand */
  readonly spans: number | undefined;
};

/** A quota that an architecture meets: its words, and nodes in base units of what counts against it and of its value. */
export type QuotaNodes = {
  readonly words: Omit<Limit, keyof LimitFigures>;
  /** `aws/lambda` */
  readonly service: string;
  /** base units in one unit of the quota */
  readonly factor: number;
  /** what happens above it, as the provider's data have it; `none` and `slow` are both reported as slowing down */
  readonly onExceed: "delay" | "reject" | "fail" | "slow" | "none";
  readonly parts: readonly QuotaPart[];
  /** peak over the month, existing use included */
  readonly demand: number;
  /** what is in use outside the scenario */
  readonly existing: number;
  readonly published: number;
  /** the granted value, else the published one */
  readonly granted: number;
  /** size of a token bucket as granted; undefined for other kinds */
  readonly grantedBucket: number | undefined;
  /** mean time for which work holds what counts, at the peak; undefined where the data do not say. For simulations */
  readonly holds: number | undefined;
};
