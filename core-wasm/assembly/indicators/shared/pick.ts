/**
 * Choices without a branch. A conditional over floats compiles to a jump, and the sign of a price's move
 * is as good as random: a mispredicted jump costs more than the rest of the bar.
 */
export class Pick {
  /** b > a ? b : a, so a NaN in either answers a. */
  // @ts-ignore: decorator
  @inline
  static larger(a: f64, b: f64): f64 {
    return f64x2.extract_lane(f64x2.pmax(f64x2.splat(a), f64x2.splat(b)), 0);
  }

  /** b < a ? b : a, so a NaN in either answers a. */
  // @ts-ignore: decorator
  @inline
  static smaller(a: f64, b: f64): f64 {
    return f64x2.extract_lane(f64x2.pmin(f64x2.splat(a), f64x2.splat(b)), 0);
  }

  /** The larger one, where NaN loses. */
  // @ts-ignore: decorator
  @inline
  static largerPresent(a: f64, b: f64): f64 {
    return Pick.bits(Pick.isNan(a), b, Pick.larger(a, b));
  }

  /** The smaller one, where NaN loses. */
  // @ts-ignore: decorator
  @inline
  static smallerPresent(a: f64, b: f64): f64 {
    return Pick.bits(Pick.isNan(a), b, Pick.smaller(a, b));
  }

  /** a where the condition is 1, b where it is 0. */
  // @ts-ignore: decorator
  @inline
  static bits(condition: u64, a: f64, b: f64): f64 {
    const other = reinterpret<u64>(b);
    return reinterpret<f64>(other ^ ((other ^ reinterpret<u64>(a)) & (0 - condition)));
  }

  // @ts-ignore: decorator
  @inline
  static isNan(a: f64): u64 {
    return u64(a !== a);
  }
}
