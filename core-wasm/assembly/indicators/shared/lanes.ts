/** Two columns, or two places of one, in the lanes of one vector. */
export class Lanes {
  // @ts-ignore: decorator
  @inline
  static both(first: f64, second: f64): v128 {
    return f64x2.replace_lane(f64x2.splat(first), 1, second);
  }

  /** Row `i` (in bytes) of two columns. */
  // @ts-ignore: decorator
  @inline
  static load(first: usize, second: usize, i: usize): v128 {
    return v128.load64_lane(second + i, v128.load64_zero(first + i), 1);
  }

  // @ts-ignore: decorator
  @inline
  static store(first: usize, second: usize, i: usize, values: v128): void {
    v128.store64_lane(first + i, values, 0);
    v128.store64_lane(second + i, values, 1);
  }
}
