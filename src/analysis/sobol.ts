/**
 * Scrambled Sobol points: quasi-random numbers that fill a cube evenly. Whole numbers throughout, so that a seed gives the
 * same points on every machine.
 */
import { JOE_KUO } from "./joe-kuo.ts";

const BITS = 32;
/** Dimensions with direction numbers of their own; beyond them the sequence is used again in another order. */
const OWN_DIMENSIONS = 128;
const SCALE = 2 ** -BITS;

/**
 * Fills columns with the first points of the sequence, one column a dimension, scrambled after Owen (by hashing), so that
 * every stretch of 2^m points stays a net and no point is 0 or 1.
 * @param seed whole number; another one gives another scrambling
 * @param skip dimensions to leave out first
 * @see B. Burley, "Practical Hash-based Owen Scrambling", Journal of Computer Graphics Techniques 9(4), 2020
 */
export function sobolColumns(dimensions: number, n: number, seed: number, skip = 0): readonly Float64Array[] {
  return Array.from({ length: dimensions }, (_, i) => sobolColumn(i + skip, n, seed));
}

function sobolColumn(dimension: number, n: number, seed: number): Float64Array {
  const directions = reversedDirections(dimension % OWN_DIMENSIONS);
  const round = Math.floor(dimension / OWN_DIMENSIONS);
  const scramble = hash(seed, dimension);
  const order = hash(seed, -round);
  const column = new Float64Array(n);
  let point = 0;
  for (let i = 0; i < n; i += 1) {
    if (round > 0) point = pointAt(directions, owen(i, order));
    else if (i > 0) point ^= directions[trailingZeros(i)] ?? 0;
    column[i] = ((reversed(laineKarras(point, scramble)) >>> 0) + 0.5) * SCALE;
  }
  return column;
}

/** One coordinate of the sequence itself, without scrambling: index and dimension count from 0. */
export function sobolPoint(index: number, dimension: number): number {
  return (reversed(pointAt(reversedDirections(dimension), index)) >>> 0) * SCALE;
}

/** The point of an index that is not the next one; bits of the result in reverse, as everywhere here. */
function pointAt(directions: Int32Array, index: number): number {
  // Points come in the order of the Gray code.
  let gray = index ^ (index >>> 1);
  let point = 0;
  for (let bit = 0; gray !== 0; bit += 1, gray >>>= 1) if ((gray & 1) === 1) point ^= directions[bit] ?? 0;
  return point;
}

const known = new Map<number, Int32Array>();

/** Direction numbers of a dimension (0: the first) with the bits of each in reverse, since scrambling works from the other end. */
function reversedDirections(dimension: number): Int32Array {
  const before = known.get(dimension);
  if (before !== undefined) return before;
  const made = dimension === 0 ? Array.from({ length: BITS }, () => 1) : initialNumbers(dimension);
  const directions = Int32Array.from(made, (m, i) => reversed(m << (BITS - 1 - i)));
  known.set(dimension, directions);
  return directions;
}

let entries: readonly string[] | undefined;

function initialNumbers(dimension: number): readonly number[] {
  entries ??= JOE_KUO.trim().split(/\s+/);
  const [polynomialText, numbersText] = entries[dimension - 1]?.split(":") ?? [];
  if (polynomialText === undefined || numbersText === undefined) throw new RangeError(`no dimension ${dimension}`);
  const polynomial = Number(polynomialText);
  const m = numbersText.split(",").map(Number);
  const degree = m.length;
  for (let i = degree; i < BITS; i += 1) {
    const oldest = m[i - degree] ?? 0;
    let next = oldest ^ (oldest << degree);
    for (let k = 1; k < degree; k += 1) {
      if (((polynomial >>> (degree - k)) & 1) === 1) next ^= (m[i - k] ?? 0) << k;
    }
    m.push(next);
  }
  return m;
}

function trailingZeros(x: number): number {
  return BITS - 1 - Math.clz32(x & -x);
}

function reversed(x: number): number {
  let y = x;
  y = ((y >>> 1) & 0x55555555) | ((y & 0x55555555) << 1);
  y = ((y >>> 2) & 0x33333333) | ((y & 0x33333333) << 2);
  y = ((y >>> 4) & 0x0f0f0f0f) | ((y & 0x0f0f0f0f) << 4);
  y = ((y >>> 8) & 0x00ff00ff) | ((y & 0x00ff00ff) << 8);
  return (y >>> 16) | (y << 16);
}

/** Owen scrambling of a number whose bits are in reverse: each bit is flipped by a hash of the bits below it. */
function laineKarras(x: number, seed: number): number {
  let y = (x + seed) | 0;
  y ^= Math.imul(y, 0x6c50b47c);
  y ^= Math.imul(y, 0xb82f1e52);
  y ^= Math.imul(y, 0xc7afe638);
  y ^= Math.imul(y, 0x8d22f6e6);
  return y;
}

/** Another order of the indices in which every block of 2^m stays together. */
function owen(index: number, seed: number): number {
  return reversed(laineKarras(reversed(index), seed)) >>> 0;
}

/** Mixes a seed with a number. @see https://github.com/aappleby/smhasher (finaliser of MurmurHash3) */
function hash(seed: number, value: number): number {
  let h = Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(value | 0, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
