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
    const high = Lanes.load(highOne, highOther, i);
    const low = Lanes.load(lowOne, lowOther, i);
    const before = Lanes.load(closeOne, closeOther, i - 8);
    const up = f64x2.abs(f64x2.sub(high, before));
    const down = f64x2.abs(f64x2.sub(low, before));
    return f64x2.pmax(f64x2.pmax(f64x2.sub(high, low), up), down);
  }
}
