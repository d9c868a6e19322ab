/**
 * Choices without a branch. A conditional over floats compiles to a jump, and the sign of a price's move
 * is as good as random: a mispredicted jump costs more than the rest of the bar.
 */

/** b > a ? b : a, so a NaN in either answers a. */
// @ts-ignore: decorator

export function larger(a: f64, b: f64): f64 {
  return f64x2.extract_lane(f64x2.pmax(f64x2.splat(a), f64x2.splat(b)), 0);
}

/** b < a ? b : a, so a NaN in either answers a. */
// @ts-ignore: decorator

export function smaller(a: f64, b: f64): f64 {
  return f64x2.extract_lane(f64x2.pmin(f64x2.splat(a), f64x2.splat(b)), 0);
}

/** The larger one, where NaN loses. */
// @ts-ignore: decorator

export function largerPresent(a: f64, b: f64): f64 {
  return pickBits(isNan(a), b, larger(a, b));
}

/** The smaller one, where NaN loses. */
// @ts-ignore: decorator

export function smallerPresent(a: f64, b: f64): f64 {
  return pickBits(isNan(a), b, smaller(a, b));
}

/** a where the condition is 1, b where it is 0. */
// @ts-ignore: decorator

export function pickBits(condition: u64, a: f64, b: f64): f64 {
  const other = reinterpret<u64>(b);
  return reinterpret<f64>(other ^ ((other ^ reinterpret<u64>(a)) & (0 - condition)));
}

// @ts-ignore: decorator

function isNan(a: f64): u64 {
  return u64(a !== a);
}
