/**
 * The natural and the decimal logarithm of two numbers at once, within one unit in the last place.
 *
 * x = 2^k m with m in [sqrt(1/2), sqrt(2)), f = m - 1, s = f / (2 + f): ln m = f - f^2/2 + s (f^2/2 + R),
 * R the odd part's series in s^2, whose minimax coefficients are those of Sun's fdlibm.
 *
 * Zero, negative, subnormal and infinite numbers and NaN go one by one. Each number's result depends on
 * it alone: an unusual neighbour must not change the last digit.
 */

/** Read from memory: a vector constant in the code is built anew for every row. */
const NUMBERS: usize = memory.data<f64>([
  6.666666666666735130e-01,
  3.999999999940941908e-01,
  2.857142874366239149e-01,
  2.222219843214978396e-01,
  1.818357216161805012e-01,
  1.531383769920937332e-01,
  1.479819860511658591e-01,
  6.93147180369123816490e-01, // ln 2, upper bits
  1.90821492927058770002e-10, // ln 2, the rest
  1.0,
  2.0,
  0.5,
  4503599627370496.0, // 2^52: under its exponent a whole number's bits read as that number, plus 2^52
  2.2250738585072014e-308, // the smallest normal number
  Infinity,
  -1.2711610061536464e+308, // sqrt(1/2), its exponent field less 1024: see `fieldOf`
  4.34294481878168880939e-01, // 1 / ln 10, upper bits
  2.50829467116452752298e-11, // 1 / ln 10, the rest
  3.01029995663611771306e-01, // log10 of 2, upper bits
  3.69423907715893078616e-13, // log10 of 2, the rest
  4503599627371520.0, // 2^52 + 1024
  -Infinity, // the bits of sign and exponent
]);
const UPPER_BITS: i64 = 0xffffffff00000000;

export class LogPair {
  // @ts-ignore: decorator
  @inline
  static ln(x: v128): v128 {
    const usual = usualOf(x);
    const found = usualLog(x);
    return i64x2.bitmask(usual) === 3 ? found : v128.bitselect(found, logEach(x), usual);
  }

  // @ts-ignore: decorator
  @inline
  static log10(x: v128): v128 {
    const usual = usualOf(x);
    const found = usualLog10(x);
    return i64x2.bitmask(usual) === 3 ? found : v128.bitselect(found, log10Each(x), usual);
  }
}

function usualLog(x: v128): v128 {
  const field = fieldOf(x);
  const k = exponentOf(field);
  const f = fractionOf(x, field);
  const half = f64x2.mul(number(11), f64x2.mul(f, f));
  const rest = f64x2.add(curve(f, half), f64x2.mul(k, number(8)));
  return f64x2.add(f64x2.mul(k, number(7)), f64x2.sub(f, f64x2.sub(half, rest)));
}

/** The logarithm of m is kept in two parts, so that powers of ten come out whole. */
function usualLog10(x: v128): v128 {
  const field = fieldOf(x);
  const k = exponentOf(field);
  const f = fractionOf(x, field);
  const half = f64x2.mul(number(11), f64x2.mul(f, f));
  const high = v128.and(f64x2.sub(f, half), i64x2.splat(UPPER_BITS));
  const low = f64x2.add(f64x2.sub(f64x2.sub(f, high), half), curve(f, half));
  const scaled = f64x2.mul(high, number(16));
  const power = f64x2.mul(k, number(18));
  const tail = f64x2.add(
    f64x2.add(f64x2.mul(k, number(19)), f64x2.mul(f64x2.add(low, high), number(17))),
    f64x2.mul(low, number(16)),
  );
  const sum = f64x2.add(power, scaled);
  return f64x2.add(f64x2.add(tail, f64x2.add(f64x2.sub(power, sum), scaled)), sum);
}

function usualOf(x: v128): v128 {
  return v128.and(f64x2.ge(x, number(13)), f64x2.lt(x, number(14)));
}

/** x with k + 1024 for an exponent field, k counting from [sqrt(1/2), sqrt(2)). */
function fieldOf(x: v128): v128 {
  return i64x2.sub(x, number(15));
}

function exponentOf(field: v128): v128 {
  return f64x2.sub(v128.or(i64x2.shr_u(field, 52), number(12)), number(20));
}

/** m - 1. The exponent field of 2 is 1024. */
function fractionOf(x: v128, field: v128): v128 {
  const m = i64x2.sub(i64x2.add(x, number(10)), v128.and(field, number(21)));
  return f64x2.sub(m, number(9));
}

/** s (f^2/2 + R), R in pairs of pairs: a chain of seven steps would wait for each. */
function curve(f: v128, half: v128): v128 {
  const s = f64x2.div(f, f64x2.add(f, number(10)));
  const z = f64x2.mul(s, s);
  const z2 = f64x2.mul(z, z);
  const lowest = f64x2.add(line(z, 0), f64x2.mul(z2, line(z, 2)));
  const upper = f64x2.add(line(z, 4), f64x2.mul(z2, number(6)));
  const series = f64x2.add(lowest, f64x2.mul(f64x2.mul(z2, z2), upper));
  return f64x2.mul(s, f64x2.add(half, f64x2.mul(z, series)));
}

function line(z: v128, index: usize): v128 {
  return f64x2.add(number(index), f64x2.mul(z, number(index + 1)));
}

function number(index: usize): v128 {
  return v128.load_splat<f64>(NUMBERS + (index << 3));
}

function logEach(x: v128): v128 {
  const first = f64x2.splat(NativeMath.log(f64x2.extract_lane(x, 0)));
  return f64x2.replace_lane(first, 1, NativeMath.log(f64x2.extract_lane(x, 1)));
}

function log10Each(x: v128): v128 {
  const first = f64x2.splat(NativeMath.log10(f64x2.extract_lane(x, 0)));
  return f64x2.replace_lane(first, 1, NativeMath.log10(f64x2.extract_lane(x, 1)));
}
