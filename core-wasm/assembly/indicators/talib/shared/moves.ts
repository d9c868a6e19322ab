import { at } from "./ta";

/** A move and its opposite, in the lanes of one vector, for sums of gains and of losses side by side. */
export class Moves {
  /** Row i's move from the row before, and that move's opposite. */
  // @ts-ignore: decorator
  @inline
  static at(real: usize, i: i32): v128 {
    const move = f64x2.splat(at(real, i) - at(real, i - 1));
    return v128.xor(move, i64x2(0, 0x8000000000000000));
  }

  /** Gain and loss, of which one is zero; NaN is neither. */
  // @ts-ignore: decorator
  @inline
  static positive(moves: v128): v128 {
    return f64x2.pmax(f64x2.splat(0.0), moves);
  }
}
