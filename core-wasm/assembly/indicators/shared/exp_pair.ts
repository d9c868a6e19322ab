/**
 * The exponential and the hyperbolic functions of two numbers at once, within one unit in the last place
 * (the hyperbolic ones within two).
 *
 * x = k ln 2 + r with |r| <= ln 2 / 2: e^x = 2^k (1 + r + r^2 Q(r)), Q being e^r's series from r^2 on,
 * fitted at Chebyshev's points. The power of two is applied in two halves, so that numbers at both ends of
 * the range need no case of their own; nor does NaN.
 */

/** Read from memory: a vector constant in the code is built anew for every row. */
const NUMBERS: usize = memory.data<f64>([
  0.5000000000000001,
  0.16666666666666669,
  0.04166666666662416,
  0.008333333333330065,
  0.0013888888917198419,
  0.00019841269863041851,
  2.480152131972762e-05,
  2.7557268478279004e-06,
  2.762007713646922e-07,
  2.51003767988125e-08,
  1.4426950408889634, // 1 / ln 2
  6755399441055744.0, // 2^52 + 2^51: added, it leaves the nearest whole number in the lowest bits
  6.93147180369123816490e-01, // ln 2, upper bits
  1.90821492927058770002e-10, // ln 2, the rest
  711.0, // beyond it everything overflows, half the exponential too
  -746.0, // below it everything is zero
  1.0,
  0.25,
  // sinh x = x + x^3 P(x^2) up to 1, fitted likewise.
  0.16666666666666666,
  0.008333333333333299,
  0.00019841269841324198,
  2.7557319191381816e-06,
  2.5052117695907823e-08,
  1.6057679623801638e-10,
  7.746178593018827e-13,
  0.5,
]);

export class ExpPair {
  // @ts-ignore: decorator
  @inline
  static of(x: v128): v128 {
    return ExpPair.scaled(x, number(16));
  }

  // @ts-ignore: decorator
  @inline
  static cosh(x: v128): v128 {
    const half = ExpPair.scaled(f64x2.abs(x), number(25));
    return f64x2.add(half, f64x2.div(number(17), half));
  }

  // @ts-ignore: decorator
  @inline
  static sinh(x: v128): v128 {
    const size = f64x2.abs(x);
    const half = ExpPair.scaled(size, number(25));
    const large = f64x2.sub(half, f64x2.div(number(17), half));
    const found = v128.or(large, v128.xor(x, size));
    const isSmall = f64x2.lt(size, number(16));
    return i64x2.bitmask(isSmall) === 0 ? found : v128.bitselect(smallSinh(x), found, isSmall);
  }

  /** e^x times `unit`, a power of two. */
  // @ts-ignore: decorator
  @inline
  static scaled(x: v128, unit: v128): v128 {
    const held = f64x2.pmax(f64x2.pmin(x, number(14)), number(15));
    const shifted = f64x2.add(f64x2.mul(held, number(10)), number(11));
    const k = f64x2.sub(shifted, number(11));
    const high = f64x2.sub(held, f64x2.mul(k, number(12)));
    const low = f64x2.mul(k, number(13));
    const r = f64x2.sub(high, low);
    const r2 = f64x2.mul(r, r);
    const rest = f64x2.sub(f64x2.mul(r2, curve(r, r2)), low);
    const value = f64x2.add(number(16), f64x2.add(high, rest));
    const half = i32x4.shr_s(shifted, 1);
    const one = i64x2.add(i64x2.shl(half, 52), number(16));
    const other = i64x2.add(i64x2.shl(i64x2.sub(shifted, half), 52), unit);
    return f64x2.mul(f64x2.mul(value, one), other);
  }
}

/** Q, in pairs of pairs: a chain of ten steps would wait for each. */
function curve(r: v128, r2: v128): v128 {
  const r4 = f64x2.mul(r2, r2);
  const lowest = f64x2.add(line(r, 0), f64x2.mul(r2, line(r, 2)));
  const middle = f64x2.add(line(r, 4), f64x2.mul(r2, line(r, 6)));
  return f64x2.add(lowest, f64x2.mul(r4, f64x2.add(middle, f64x2.mul(r4, line(r, 8)))));
}

function smallSinh(x: v128): v128 {
  const z = f64x2.mul(x, x);
  const z2 = f64x2.mul(z, z);
  const lowest = f64x2.add(line(z, 18), f64x2.mul(z2, line(z, 20)));
  const upper = f64x2.add(line(z, 22), f64x2.mul(z2, number(24)));
  const odd = f64x2.add(lowest, f64x2.mul(f64x2.mul(z2, z2), upper));
  return f64x2.add(x, f64x2.mul(f64x2.mul(x, z), odd));
}

function line(x: v128, index: usize): v128 {
  return f64x2.add(number(index), f64x2.mul(x, number(index + 1)));
}

function number(index: usize): v128 {
  return v128.load_splat<f64>(NUMBERS + (index << 3));
}
