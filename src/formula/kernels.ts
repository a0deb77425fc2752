import { difference, OPERATIONS, type Operation } from "./arithmetic.ts";

/**
 * A column of values, or one value for all cases: index `i` stands at `data[i & mask]`, with mask -1 for a column and
 * 0 for one value, so that every kernel is one loop without a branch.
 */
export type Operand = { data: Float64Array; readonly mask: 0 | -1 };

/** Writes `n` results to `out`, which may be the data of an operand too. */
export type Kernel = (out: Float64Array, args: readonly Operand[], n: number) => void;

const NOTHING: Operand = { data: new Float64Array(1), mask: 0 };

function at(operand: Float64Array, index: number): number {
  return operand[index] ?? Number.NaN;
}

/** The loop for an operation: written out where it is frequent and short, since a call per value costs more than it does. */
export function kernelOf(op: Operation): Kernel {
  return FREQUENT[op] ?? general(op);
}

function general(op: Operation): Kernel {
  const operation = OPERATIONS[op];
  return (out, [a = NOTHING, b = NOTHING, c = NOTHING], n) => {
    for (let i = 0; i < n; i += 1) {
      out[i] = operation(at(a.data, i & a.mask), at(b.data, i & b.mask), at(c.data, i & c.mask));
    }
  };
}

const FREQUENT: Partial<Record<Operation, Kernel>> = {
  add: (out, [{ data: a, mask: m } = NOTHING, { data: b, mask: k } = NOTHING], n) => {
    for (let i = 0; i < n; i += 1) out[i] = at(a, i & m) + at(b, i & k);
  },
  sub: (out, [{ data: a, mask: m } = NOTHING, { data: b, mask: k } = NOTHING], n) => {
    for (let i = 0; i < n; i += 1) out[i] = difference(at(a, i & m), at(b, i & k));
  },
  mul: (out, [{ data: a, mask: m } = NOTHING, { data: b, mask: k } = NOTHING], n) => {
    for (let i = 0; i < n; i += 1) out[i] = at(a, i & m) * at(b, i & k);
  },
  div: (out, [{ data: a, mask: m } = NOTHING, { data: b, mask: k } = NOTHING], n) => {
    for (let i = 0; i < n; i += 1) out[i] = at(a, i & m) / at(b, i & k);
  },
  min: (out, [{ data: a, mask: m } = NOTHING, { data: b, mask: k } = NOTHING], n) => {
    for (let i = 0; i < n; i += 1) out[i] = Math.min(at(a, i & m), at(b, i & k));
  },
  max: (out, [{ data: a, mask: m } = NOTHING, { data: b, mask: k } = NOTHING], n) => {
    for (let i = 0; i < n; i += 1) out[i] = Math.max(at(a, i & m), at(b, i & k));
  },
  lt: (out, [{ data: a, mask: m } = NOTHING, { data: b, mask: k } = NOTHING], n) => {
    for (let i = 0; i < n; i += 1) out[i] = at(a, i & m) < at(b, i & k) ? 1 : 0;
  },
  le: (out, [{ data: a, mask: m } = NOTHING, { data: b, mask: k } = NOTHING], n) => {
    for (let i = 0; i < n; i += 1) out[i] = at(a, i & m) <= at(b, i & k) ? 1 : 0;
  },
  ceil: (out, [{ data: a, mask: m } = NOTHING], n) => {
    for (let i = 0; i < n; i += 1) out[i] = Math.ceil(at(a, i & m));
  },
  if: (out, [{ data: a, mask: m } = NOTHING, { data: b, mask: k } = NOTHING, { data: c, mask: j } = NOTHING], n) => {
    for (let i = 0; i < n; i += 1) out[i] = at(a, i & m) !== 0 ? at(b, i & k) : at(c, i & j);
  },
};

/** Adds `share` times a column to a running sum: writes to `total`. */
export function accumulateSum(total: Float64Array, { data, mask }: Operand, share: number, n: number): void {
  for (let i = 0; i < n; i += 1) total[i] = at(total, i) + share * at(data, i & mask);
}

/** Divides a sum over slots by how long they last: writes to `total`. */
export function divideSum(total: Float64Array, whole: number, n: number): void {
  for (let i = 0; i < n; i += 1) total[i] = at(total, i) / whole;
}

/** Raises the running maximum to a column: writes to `most`. */
export function accumulatePeak(most: Float64Array, { data, mask }: Operand, n: number): void {
  for (let i = 0; i < n; i += 1) most[i] = Math.max(at(most, i), at(data, i & mask));
}
