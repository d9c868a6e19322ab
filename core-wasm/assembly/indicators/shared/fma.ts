/**
 * Fused multiply-add, a * b + c rounded once, which TA-Lib's recursions use and WebAssembly has only as a
 * relaxed instruction: an engine may also round it twice. Two modules are built from these sources.
 * `core-fused.wasm` takes the instruction in every form, and is loaded only where a probe shows that it
 * rounds once (`multiply_add.ts`). `core.wasm` computes the same bits without it, as follows.
 *
 * All forms prove that what they rounded away cannot change the result: rounding never turns an order
 * around, so if the sums with two numbers, one above the true product and one below it, are the same,
 * that is the answer. Where the two are far apart, the sum's own rounding error is taken exactly (Knuth's
 * TwoSum) and the product's too (Dekker). Otherwise they take the exact path. They differ in what they
 * cost and in what the next bar waits for:
 *
 * - `small`, `pair`: |a b| well below |c|, as in an average's step. The cheapest by far.
 * - `halves` and `keeps`: products of any size by a factor that does not change.
 * - `decay`: a * b + c with a just below 1, written as b + (c - (1 - a) b), so that the correction is rare.
 * - `any`: products of any size on the path of a recursion. The next bar waits for the sum.
 * - `free`: products of any size off that path. Nothing is guessed.
 */
/** Whether this module has the instruction; known when it is compiled, so the other way costs nothing. */
export const IS_HARDWARE: bool = ASC_FEATURE_RELAXED_SIMD;

const SPLIT: f64 = 134217729.0; // 2^27 + 1
const TINY: f64 = 1e-260;
/** Two units around 1: the true value of a rounded number lies between its products with these. */
const ABOVE: f64 = 1.0000000000000004; // 1 + 2^-51
const BELOW: f64 = 0.9999999999999996; // 1 - 2^-51
/** Beyond the errors of what `halves` finds to be lost. */
const WIDER: f64 = 1.0000152587890625; // 1 + 2^-16
const NARROWER: f64 = 0.9999847412109375; // 1 - 2^-16
/** Above the errors of the sums that make the rest: eight units. */
const SLACK: f64 = 1.7763568394002505e-15;

class Product {
  /**
   * The rounding errors of product = a * b. a is cut after 26 bits, which is quick, b split by rounding
   * (Veltkamp), so that the product of the low parts, of 27 and 26 bits, is exact too.
   */
  // @ts-ignore: decorator
  @inline
  static errors(a: v128, b: v128, product: v128): v128 {
    const bScaled = f64x2.mul(b, f64x2.splat(SPLIT));
    const bHigh = f64x2.sub(bScaled, f64x2.sub(bScaled, b));
    const bLow = f64x2.sub(b, bHigh);
    const aHigh = v128.and(a, i64x2.splat(-134217728));
    const aLow = f64x2.sub(a, aHigh);
    const head = f64x2.sub(f64x2.mul(aHigh, bHigh), product);
    const middle = f64x2.add(f64x2.add(head, f64x2.mul(aHigh, bLow)), f64x2.mul(aLow, bHigh));
    return f64x2.add(middle, f64x2.mul(aLow, bLow));
  }

  /** The same for a `b` whose upper and lower digits are known. */
  // @ts-ignore: decorator
  @inline
  static lost(a: v128, b: v128, high: v128, low: v128, product: v128): v128 {
    const aHigh = v128.and(a, i64x2.splat(-134217728));
    const aLow = f64x2.sub(a, aHigh);
    const head = f64x2.sub(f64x2.mul(aHigh, high), product);
    return f64x2.add(f64x2.add(head, f64x2.mul(aHigh, low)), f64x2.mul(aLow, b));
  }

  /** The same for one product. */
  // @ts-ignore: decorator
  @inline
  static error(a: f64, b: f64, product: f64): f64 {
    const bScaled = b * SPLIT;
    const bHigh = bScaled - (bScaled - b);
    const bLow = b - bHigh;
    const aHigh = f64x2.extract_lane(v128.and(f64x2.splat(a), i64x2.splat(-134217728)), 0);
    const aLow = a - aHigh;
    return ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow;
  }
}

/** The only relaxed instruction, in its only place. */
class Hardware {
  // @ts-ignore: decorator
  @inline
  static pair(a: v128, b: v128, c: v128): v128 {
    return f64x2.relaxed_madd(a, b, c);
  }

  // @ts-ignore: decorator
  @inline
  static one(a: f64, b: f64, c: f64): f64 {
    return f64x2.extract_lane(Hardware.pair(f64x2.splat(a), f64x2.splat(b), f64x2.splat(c)), 0);
  }
}

export class Fma {
  // @ts-ignore: decorator
  @inline
  static small(a: f64, b: f64, c: f64): f64 {
    if (IS_HARDWARE) return Hardware.one(a, b, c);
    const product = a * b;
    const sum = c + product * ABOVE;
    if (sum === c + product * BELOW && abs<f64>(sum) > TINY) return sum;
    return fma(a, b, c);
  }

  /** `small` in both lanes. */
  // @ts-ignore: decorator
  @inline
  static pair(a: v128, b: v128, c: v128): v128 {
    if (IS_HARDWARE) return Hardware.pair(a, b, c);
    const product = f64x2.mul(a, b);
    const sum = f64x2.add(c, f64x2.mul(product, f64x2.splat(ABOVE)));
    const other = f64x2.add(c, f64x2.mul(product, f64x2.splat(BELOW)));
    const isTiny = f64x2.lt(f64x2.abs(sum), f64x2.splat(TINY));
    return v128.any_true(v128.or(isTiny, f64x2.ne(sum, other))) ? fmaPair(a, b, c) : sum;
  }

  /**
   * Both lanes for a loop over one `b`, which passes its upper and its lower digits too: for factors
   * whose products often lie half way between two numbers.
   */
  // @ts-ignore: decorator
  @inline
  static halves(a: v128, b: v128, high: v128, low: v128, c: v128): v128 {
    if (IS_HARDWARE) return Hardware.pair(a, b, c);
    const product = f64x2.mul(a, b);
    const sum = f64x2.add(product, c);
    const tail = f64x2.sub(sum, c);
    const error = f64x2.add(f64x2.sub(c, f64x2.sub(sum, tail)), f64x2.sub(product, tail));
    const rest = f64x2.add(error, Product.lost(a, b, high, low, product));
    const found = f64x2.add(sum, f64x2.mul(rest, f64x2.splat(WIDER)));
    return v128.any_true(doubt(sum, rest, found)) ? fmaPair(a, b, c) : found;
  }

  /** `halves` where the product is seldom smaller than c. */
  // @ts-ignore: decorator
  @inline
  static keeps(a: v128, b: v128, high: v128, low: v128, c: v128): v128 {
    if (IS_HARDWARE) return Hardware.pair(a, b, c);
    const product = f64x2.mul(a, b);
    const sum = f64x2.add(product, c);
    const error = f64x2.sub(c, f64x2.sub(sum, product));
    const rest = f64x2.add(error, Product.lost(a, b, high, low, product));
    const found = f64x2.add(sum, f64x2.mul(rest, f64x2.splat(WIDER)));
    const isSmaller = f64x2.lt(f64x2.abs(product), f64x2.abs(c));
    return v128.any_true(v128.or(isSmaller, doubt(sum, rest, found))) ? fmaPair(a, b, c) : found;
  }

  /** For a power of two b, whose products are exact unless they are tiny. */
  // @ts-ignore: decorator
  @inline
  static power(a: f64, b: f64, c: f64): f64 {
    if (IS_HARDWARE) return Hardware.one(a, b, c);
    const sum = c + a * b;
    return abs<f64>(sum) > TINY ? sum : fma(a, b, c);
  }

  /** `power` in both lanes. */
  // @ts-ignore: decorator
  @inline
  static powerPair(a: v128, b: v128, c: v128): v128 {
    if (IS_HARDWARE) return Hardware.pair(a, b, c);
    const sum = f64x2.add(c, f64x2.mul(a, b));
    const isLarge = f64x2.gt(f64x2.abs(sum), f64x2.splat(TINY));
    return i64x2.all_true(isLarge) ? sum : fmaPair(a, b, c);
  }

  /** a * count + c for a whole count below 2^26, off the path of a recursion. */
  // @ts-ignore: decorator
  @inline
  static bars(a: f64, count: f64, c: f64): f64 {
    if (IS_HARDWARE) return Hardware.one(a, count, c);
    const product = a * count;
    const sum = product + c;
    const tail = sum - c;
    const error = (c - (sum - tail)) + (product - tail);
    const high = reinterpret<f64>(reinterpret<u64>(a) & 0xfffffffff8000000);
    const rest = error + ((high * count - product) + (a - high) * count);
    const found = sum + rest * WIDER;
    if (found === sum + rest * NARROWER && abs<f64>(sum) > TINY) return found;
    return fma(a, count, c);
  }

  /** The upper half of a factor's digits, for `halves`; the lower one is what is left. */
  static high(b: f64): f64 {
    const scaled = b * SPLIT;
    return scaled - (scaled - b);
  }

  // @ts-ignore: decorator
  @inline
  static any(a: f64, b: f64, c: f64): f64 {
    if (IS_HARDWARE) return Hardware.one(a, b, c);
    const product = a * b;
    const sum = product + c;
    const tail = sum - c;
    const rest = ((c - (sum - tail)) + (product - tail)) + Product.error(a, b, product);
    const slack = abs<f64>(rest) * SLACK;
    const isExact = abs<f64>(product) > TINY;
    if (isExact && sum + (rest + slack) === sum && sum + (rest - slack) === sum) return sum;
    return settle(a, b, c, product, sum, rest);
  }

  // @ts-ignore: decorator
  @inline
  static free(a: f64, b: f64, c: f64): f64 {
    if (IS_HARDWARE) return Hardware.one(a, b, c);
    return f64x2.extract_lane(Fma.freePair(f64x2.splat(a), f64x2.splat(b), f64x2.splat(c)), 0);
  }

  /** `free` in both lanes. */
  // @ts-ignore: decorator
  @inline
  static freePair(a: v128, b: v128, c: v128): v128 {
    if (IS_HARDWARE) return Hardware.pair(a, b, c);
    const product = f64x2.mul(a, b);
    const sum = f64x2.add(product, c);
    const tail = f64x2.sub(sum, c);
    const error = f64x2.add(f64x2.sub(c, f64x2.sub(sum, tail)), f64x2.sub(product, tail));
    const lost = Product.errors(a, b, product);
    const rest = f64x2.add(error, lost);
    const isRounded = f64x2.ne(lost, f64x2.splat(0.0));
    const slack = v128.and(f64x2.mul(f64x2.abs(rest), f64x2.splat(SLACK)), isRounded);
    const above = f64x2.add(sum, f64x2.add(rest, slack));
    const isSure = f64x2.eq(above, f64x2.add(sum, f64x2.sub(rest, slack)));
    const isExact = f64x2.gt(f64x2.abs(product), f64x2.splat(TINY));
    if (i64x2.all_true(v128.and(isSure, isExact))) return above;
    return exactPair(a, b, c);
  }

  /** kept * previous + added; `lost` is 1 - kept, exact for kept from 0.5 to 1 (and for 0). */
  // @ts-ignore: decorator
  @inline
  static decay(kept: f64, lost: f64, previous: f64, added: f64): f64 {
    if (IS_HARDWARE) return Hardware.one(kept, previous, added);
    const loss = lost * previous;
    const change = added - loss;
    const sum = previous + change;
    const changeTail = change - added;
    const changeError = (added - (change - changeTail)) - (loss + changeTail);
    const tail = sum - previous;
    const rest = ((previous - (sum - tail)) + (change - tail)) +
      (changeError - Product.error(previous, lost, loss));
    const slack = abs<f64>(rest) * SLACK;
    const isExact = abs<f64>(loss) > TINY;
    if (isExact && sum + (rest + slack) === sum && sum + (rest - slack) === sum) return sum;
    return settle(kept, previous, added, loss, sum, rest);
  }
}

/** Lanes in which what was rounded away is too near to half a unit, or too small to be known. */
function doubt(sum: v128, rest: v128, found: v128): v128 {
  const other = f64x2.add(sum, f64x2.mul(rest, f64x2.splat(NARROWER)));
  return v128.or(f64x2.ne(found, other), f64x2.lt(f64x2.abs(sum), f64x2.splat(TINY)));
}

/** `Fma.any` as a function, for where it is rare. */
export function fma(a: f64, b: f64, c: f64): f64 {
  return Fma.any(a, b, c);
}

/** `Fma.freePair` as a function. */
export function fmaPair(a: v128, b: v128, c: v128): v128 {
  return Fma.freePair(a, b, c);
}

function settle(a: f64, b: f64, c: f64, product: f64, sum: f64, rest: f64): f64 {
  const slack = abs<f64>(rest) * SLACK;
  const above = sum + (rest + slack);
  if (abs<f64>(product) > TINY && above === sum + (rest - slack)) return above;
  return fmaExact(a, b, c);
}

function exactPair(a: v128, b: v128, c: v128): v128 {
  const first = fmaExact(
    f64x2.extract_lane(a, 0),
    f64x2.extract_lane(b, 0),
    f64x2.extract_lane(c, 0),
  );
  const second = fmaExact(
    f64x2.extract_lane(a, 1),
    f64x2.extract_lane(b, 1),
    f64x2.extract_lane(c, 1),
  );
  return f64x2.replace_lane(f64x2.splat(first), 1, second);
}

/** Boldo and Melquiond's algorithm: exact products and sums, and one addition rounded to odd. */
function fmaExact(a: f64, b: f64, c: f64): f64 {
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
  const low = Product.error(a, b, product);

  const head = c + low;
  const headTail = head - c;
  const headError = (c - (head - headTail)) + (low - headTail);

  const sum = product + head;
  const sumTail = sum - product;
  const sumError = (product - (sum - sumTail)) + (head - sumTail);
  return sum + addToOdd(headError, sumError);
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
/** The smallest number, and the smallest that has all its digits. */
const LEAST: f64 = 5e-324; // 2^-1074
const NORMAL: f64 = 2.2250738585072014e-308; // 2^-1022

/** Scaled by powers of two, away from overflow. Of a tiny c only the sign matters. */
function fmaLarge(a: f64, b: f64, c: f64): f64 {
  const aLarger = abs<f64>(a) > abs<f64>(b);
  const isTiny = c !== 0.0 && abs<f64>(c) < 1e-200;
  const added = isTiny ? copysign<f64>(1e-280, c) : c * DOWN;
  return fmaCore(aLarger ? a * DOWN : a, aLarger ? b : b * DOWN, added) * UP;
}

/** Scaled by powers of two, away from the loss of digits below the smallest normal number. */
function fmaTiny(a: f64, b: f64, c: f64): f64 {
  if (abs<f64>(c) > 1e-200) return c;
  const aSmaller = abs<f64>(a) < abs<f64>(b);
  const first = aSmaller ? a * UP : a;
  const second = aSmaller ? b : b * UP;
  if (abs<f64>(first * second) < 1e-260) return c === 0.0 ? a * b : c;
  const scaled = fmaCore(first, second, c * UP);
  const found = scaled * DOWN;
  if (abs<f64>(scaled) >= NORMAL * UP) return found;
  const off = scaled - found * UP;
  if (abs<f64>(off) !== LEAST * UP * 0.5) return found;
  const rest = restOf(first, second, c * UP, scaled);
  if (rest === 0.0 || rest > 0.0 !== off > 0.0) return found;
  return found + (off > 0.0 ? LEAST : -LEAST);
}

/** a * b + c - sum, to its sign. */
function restOf(a: f64, b: f64, c: f64, sum: f64): f64 {
  const product = a * b;
  const near = product + c;
  const tail = near - product;
  const error = (product - (near - tail)) + (c - tail);
  return (near - sum) + (error + Product.error(a, b, product));
}
