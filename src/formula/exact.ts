/**
 * exp, log and pow that give the same bits on every machine. Only +, -, *, / and square roots are exact by IEEE 754; what an
 * engine makes of Math.exp, Math.log and ** is its own affair, and differs between versions. These are the algorithms of
 * FreeBSD's msun (fdlibm), with errors below one unit in the last place.
 * @see https://www.netlib.org/fdlibm/ (e_exp.c, e_log.c, e_pow.c; Copyright (C) 1993, 2004 by Sun Microsystems, Inc., which
 * permits use freely as long as this notice is preserved)
 */
const bits = new DataView(new ArrayBuffer(8));

function highWord(x: number): number {
  bits.setFloat64(0, x);
  return bits.getInt32(0);
}

function withHighWord(x: number, high: number): number {
  bits.setFloat64(0, x);
  bits.setInt32(0, high);
  return bits.getFloat64(0);
}

/** The number without the lower half of its digits. */
function upperHalf(x: number): number {
  bits.setFloat64(0, x);
  bits.setInt32(4, 0);
  return bits.getFloat64(0);
}

/** x 2^n without rounding on the way, where the result is a normal number. */
function scaled(x: number, n: number): number {
  let [value, rest] = [x, n];
  while (rest > 1023) {
    value *= 2 ** 1023;
    rest -= 1023;
  }
  while (rest < -969) {
    value *= 2 ** -969;
    rest += 969;
  }
  return value * withHighWord(1, (rest + 1023) << 20);
}

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const INVERSE_LN2 = Math.LOG2E;
const EXP = [
  0.16666666666666602, -0.0027777777777015593, 6.613756321437934e-5, -1.6533902205465252e-6, 4.1381367970572385e-8,
] as const;

/** e^x */
export function exp(x: number): number {
  if (!(x <= 709.782712893384)) return x > 0 ? Number.POSITIVE_INFINITY : x;
  if (x < -745.1332191019411) return 0;
  if (Math.abs(x) < 2 ** -28) return 1 + x;
  const k = Math.abs(x) > 0.34657359027997264 ? Math.trunc(INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5)) : 0;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c = r - t * (EXP[0] + t * (EXP[1] + t * (EXP[2] + t * (EXP[3] + t * EXP[4]))));
  const y = k === 0 ? 1 - ((r * c) / (c - 2) - r) : 1 - (low - (r * c) / (2 - c) - high);
  return k === 0 ? y : scaled(y, k);
}

const LOG = [
  0.6666666666666735, 0.3999999999940942, 0.2857142874366239, 0.22222198432149784, 0.1818357216161805,
  0.15313837699209373, 0.14798198605116586,
] as const;

/** The natural logarithm. */
export function log(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (!(x > 0)) return Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  const isSmall = x < 2.2250738585072014e-308;
  const value = isSmall ? x * 2 ** 54 : x;
  const high = highWord(value);
  const mantissa = high & 0xfffff;
  const i = (mantissa + 0x95f64) & 0x100000;
  const k = (high >> 20) - 1023 + (i >> 20) - (isSmall ? 54 : 0);
  const f = withHighWord(value, mantissa | (i ^ 0x3ff00000)) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (LOG[1] + w * (LOG[3] + w * LOG[5]));
  const odd = z * (LOG[0] + w * (LOG[2] + w * (LOG[4] + w * LOG[6])));
  const r = odd + even;
  if (f === 0) return k * LN2_HIGH + k * LN2_LOW;
  const isMiddle = mantissa - 0x6147a > 0 && 0x6b851 - mantissa > 0;
  if (isMiddle || ((mantissa - 0x6147a) | (0x6b851 - mantissa)) > 0) {
    const half = 0.5 * f * f;
    return k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f);
  }
  return k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
}

/** The decimal logarithm, exact for powers of ten. */
export function log10(x: number): number {
  const found = log(x) / Math.LN10;
  const whole = Math.round(found);
  return Math.abs(found - whole) < 1e-12 && pow(10, whole) === x ? whole : found;
}

const POW_L = [
  0.5999999999999946, 0.4285714285785502, 0.33333332981837743, 0.272728123808534, 0.23066074577556175,
  0.20697501780033842,
] as const;
const LG2 = Math.LN2;
const LG2_HIGH = 0.6931471824645996;
const LG2_LOW = -1.904654299957768e-9;
const CP = 0.9617966939259756;
const CP_HIGH = 0.9617967009544373;
const CP_LOW = -7.028461650952758e-9;
/** log2(1.5) in two parts */
const DP_HIGH = 0.5849624872207642;
const DP_LOW = 1.350039202129749e-8;

/** a^b, as Math.pow defines its special cases. */
export function pow(a: number, b: number): number {
  if (b === 0) return 1;
  const plain = Number.isFinite(a) && Number.isFinite(b) && a !== 0 && a !== 1;
  // What is exact, or not a number, needs no care.
  if (!plain || b === 1 || (a < 0 && !Number.isInteger(b))) return a ** b;
  if (b === 2) return a * a;
  if (b === -1) return 1 / a;
  if (b === 0.5) return Math.sqrt(a);
  const sign = a < 0 && Math.abs(b % 2) === 1 ? -1 : 1;
  const { high, low } = log2Of(Math.abs(a));
  return sign * power2(high, low, b);
}

/** log2(x) in two parts, the first with few digits. */
function log2Of(x: number): { readonly high: number; readonly low: number } {
  const isSmall = x < 2.2250738585072014e-308;
  const value = isSmall ? x * 2 ** 53 : x;
  const word = highWord(value);
  let n = (word >> 20) - 1023 - (isSmall ? 53 : 0);
  const mantissa = word & 0xfffff;
  let normal = mantissa | 0x3ff00000;
  let upper = false;
  if (mantissa > 0x3988e) {
    if (mantissa < 0xbb67a) upper = true;
    else {
      n += 1;
      normal -= 0x00100000;
    }
  }
  const ax = withHighWord(value, normal);
  const bp = upper ? 1.5 : 1;
  const u = ax - bp;
  const v = 1 / (ax + bp);
  const ss = u * v;
  const sHigh = upperHalf(ss);
  const tHigh = withHighWord(0, ((normal >> 1) | 0x20000000) + 0x00080000 + (upper ? 0x00040000 : 0));
  const tLow = ax - (tHigh - bp);
  const sLow = v * (u - sHigh * tHigh - sHigh * tLow);
  const s2 = ss * ss;
  const tail =
    s2 * s2 * (POW_L[0] + s2 * (POW_L[1] + s2 * (POW_L[2] + s2 * (POW_L[3] + s2 * (POW_L[4] + s2 * POW_L[5])))));
  const r = tail + sLow * (sHigh + ss);
  const square = sHigh * sHigh;
  const rHigh = upperHalf(3 + square + r);
  const rLow = r - (rHigh - 3 - square);
  const product = sHigh * rHigh;
  const rest = sLow * rHigh + rLow * ss;
  const pHigh = upperHalf(product + rest);
  const pLow = rest - (pHigh - product);
  const zHigh = CP_HIGH * pHigh;
  const zLow = CP_LOW * pHigh + pLow * CP + (upper ? DP_LOW : 0);
  const start = upper ? DP_HIGH : 0;
  const high = upperHalf(zHigh + zLow + start + n);
  return { high, low: zLow - (high - n - start - zHigh) };
}

/** 2^((high + low) b) */
function power2(high: number, low: number, b: number): number {
  const bHigh = upperHalf(b);
  const pLow = (b - bHigh) * high + b * low;
  const pHigh = bHigh * high;
  const z = pLow + pHigh;
  if (z > 1024 || (z === 1024 && pLow + 8.008566259537294e-17 > z - pHigh)) return Number.POSITIVE_INFINITY;
  if (z < -1075 || (z === -1075 && pLow <= z - pHigh)) return 0;
  const n = Math.abs(z) > 0.5 ? Math.floor(z + 0.5) : 0;
  const rest = pHigh - n;
  const t = upperHalf(pLow + rest);
  const u = t * LG2_HIGH;
  const v = (pLow - (t - rest)) * LG2 + t * LG2_LOW;
  const sum = u + v;
  const w = v - (sum - u);
  const square = sum * sum;
  const c = sum - square * (EXP[0] + square * (EXP[1] + square * (EXP[2] + square * (EXP[3] + square * EXP[4]))));
  const r = (sum * c) / (c - 2) - (w + sum * w);
  return scaled(1 - (r - sum), n);
}
