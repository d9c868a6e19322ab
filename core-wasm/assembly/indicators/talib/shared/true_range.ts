import { Lanes } from "../../shared/lanes";

export class TrueRange {
  /** The true ranges of two places. */
  // @ts-ignore: decorator
  @inline
  static both(
    highOne: usize,
    highOther: usize,
    lowOne: usize,
    lowOther: usize,
    closeOne: usize,
    closeOther: usize,
    i: usize,
  ): v128 {
    return widest(
      Lanes.load(highOne, highOther, i),
      Lanes.load(lowOne, lowOther, i),
      Lanes.load(closeOne, closeOther, i - 8),
    );
  }

  /** The true ranges of a row and the next, at these places. */
  // @ts-ignore: decorator
  @inline
  static rows(high: usize, low: usize, close: usize): v128 {
    return widest(v128.load(high), v128.load(low), v128.load(close - 8));
  }

  /** The same from the closes of these rows and of the two before, whose addresses suit vectors. */
  // @ts-ignore: decorator
  @inline
  static after(high: usize, low: usize, last: v128, close: v128): v128 {
    return widest(v128.load(high), v128.load(low), v128.shuffle<f64>(last, close, 1, 2));
  }

  /** The true range of one row in both lanes. */
  // @ts-ignore: decorator
  @inline
  static row(high: usize, low: usize, close: usize): v128 {
    return widest(v128.load64_splat(high), v128.load64_splat(low), v128.load64_splat(close - 8));
  }
}

function widest(high: v128, low: v128, before: v128): v128 {
  const up = f64x2.abs(f64x2.sub(high, before));
  const down = f64x2.abs(f64x2.sub(low, before));
  return f64x2.pmax(f64x2.pmax(f64x2.sub(high, low), up), down);
}
