/**
 * Fused multiply-add, which WebAssembly lacks and TA-Lib's recursions use: a * b + c rounded once.
 *
 * `Fma.small` is for |a * b| well below |c|, as in an average's step. It rounds twice and proves, off
 * the path the next bar waits for, that the product's own rounding error (at most 2^-53 |a b|) cannot
 * change the result: the sum's rounding error t is exact (Knuth's TwoSum), and if r + t -+ 2^-52 |a b|
 * still rounds to r, so does the true value. Otherwise it takes the exact path.
 */
export class Fma {
  // @ts-ignore: decorator
  @inline
  static small(a: f64, b: f64, c: f64): f64 {
    const product = a * b;
    const sum = product + c;
    const tail = sum - c;
    const error = (c - (sum - tail)) + (product - tail);
    const slack = abs<f64>(product) * 2.220446049250313e-16;
    if (sum + (error + slack) === sum && sum + (error - slack) === sum) return sum;
    return fma(a, b, c);
  }
}

/** Boldo and Melquiond's algorithm: exact products and sums, and one addition rounded to odd. */
export function fma(a: f64, b: f64, c: f64): f64 {
  const product = a * b;
  const size = max<f64>(abs<f64>(product), abs<f64>(c));
  if (!(size < 1e290)) return size < Infinity ? fmaLarge(a, b, c) : product + c;
  if (product === 0.0) return a === 0.0 || b === 0.0 ? product + c : fmaTiny(a, b, c);
  if (abs<f64>(product) < 1e-260) return fmaTiny(a, b, c);
  if (max<f64>(abs<f64>(a), abs<f64>(b)) > 1e290) return fmaLarge(a, b, c);
  return fmaCore(a, b, c);
}

function fmaCore(a: f64, b: f64, c: f64): f64 {
  const product = a * b;
  const aHigh = highPart(a);
  const bHigh = highPart(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  const low = ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow;

  const head = c + low;
  const headTail = head - c;
  const headError = (c - (head - headTail)) + (low - headTail);

  const sum = product + head;
  const sumTail = sum - product;
  const sumError = (product - (sum - sumTail)) + (head - sumTail);
  return sum + addToOdd(headError, sumError);
}

/** Veltkamp's split: the upper 26 bits. */
function highPart(a: f64): f64 {
  const scaled = a * 134217729.0;
  return scaled - (scaled - a);
}

/** a + b, where an inexact sum takes the neighbour with an odd last bit. */
function addToOdd(a: f64, b: f64): f64 {
  const sum = a + b;
  const tail = sum - a;
  const error = (a - (sum - tail)) + (b - tail);
  const bits = reinterpret<i64>(sum);
  if (error === 0.0 || (bits & 1) !== 0) return sum;
  return reinterpret<f64>(bits + ((error > 0.0) === (sum > 0.0) ? 1 : -1));
}

const DOWN: f64 = 1.9636373861190906e-90; // 2^-298
const UP: f64 = 5.092589940836215e89; // 2^298

/** Scaled by powers of two, away from overflow. */
function fmaLarge(a: f64, b: f64, c: f64): f64 {
  const aLarger = abs<f64>(a) > abs<f64>(b);
  const scaled = fmaCore(aLarger ? a * DOWN : a, aLarger ? b : b * DOWN, c * DOWN);
  return scaled * UP;
}

/** Scaled by powers of two, away from the loss of bits below the smallest normal number. */
function fmaTiny(a: f64, b: f64, c: f64): f64 {
  if (abs<f64>(c) > 1e-200) return c + (a > 0.0 === b > 0.0 ? 4.9e-324 : -4.9e-324) * 1.0;
  const scaled = fmaCore(a * UP, b, c * UP);
  return scaled * DOWN;
}
