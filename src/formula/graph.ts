/**
 * The graph: what every reading of a model interprets. Plain data, so that it can be sent to a page.
 * Nodes stand in topological order (arguments before users); all numbers are doubles in base units
 * (USD, second, byte, kWh, kg, vCPU, count).
 */
export type Op =
  | "const"
  | "input"
  /** the load factor of the slot, its hour 0..23, its weekday 0..6 (0 = Monday): instants */
  | "slot"
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "min"
  | "max"
  | "floor"
  | "ceil"
  /** half away from zero */
  | "round"
  /** roundup(x, step) = ceil(x / step) * step, where x/step within 1e-9 relative of an integer counts as that integer */
  | "roundup"
  | "abs"
  | "sqrt"
  | "pow"
  | "log"
  | "exp"
  | "neg"
  /** comparisons and logic give 1 or 0 */
  | "lt"
  | "le"
  | "eq"
  | "ne"
  | "and"
  | "or"
  | "not"
  /** args: condition, then, else */
  | "if"
  /** time-weighted mean over the slots of the curve */
  | "mean"
  /** maximum over the slots, burst slots included */
  | "peak";

export type SlotField = "weight" | "hour" | "weekday";

export type Node = {
  readonly op: Op;
  readonly args: readonly number[];
  /** const: its number */
  readonly value?: number;
  /** input: index into `Graph.inputs` */
  readonly input?: number;
  readonly field?: SlotField;
  /** true where the value differs from slot to slot; `mean` and `peak` end it */
  readonly instant: boolean;
};

export type Input = { readonly address: string; readonly value: number };

/**
 * The load over a month: n slots. `share` is how long a slot lasts beside the others, in whole hours of the week, so that
 * means of whole numbers are exact (0 for the slots that only exist so that `peak` sees the burst within an hour);
 * `weight` is the load relative to the mean.
 */
export type Curve = {
  readonly share: readonly number[];
  readonly weight: readonly number[];
  readonly hour: readonly number[];
  readonly weekday: readonly number[];
};

export type Graph = {
  readonly nodes: readonly Node[];
  readonly inputs: readonly Input[];
  readonly curve: Curve;
};
