/**
 * Running sums over two series measured against a shift of each, for correlation and regression. The
 * series lie in the lanes of one vector. A loop keeps the sums in locals and puts them here only to take
 * them anew: a sum in memory waits for its own store.
 */

/** 64 bytes of scratch. */
export class PairSums {
  shifts: v128;
  /** Of the distances from the shifts, of their squares, and of their products (in both lanes). */
  sums: v128;
  squares: v128;
  products: v128;

  /** Empties the sums and measures from now on against these shifts. */
  restart(shifts: v128): void {
    this.shifts = shifts;
    this.sums = f64x2.splat(0.0);
    this.squares = f64x2.splat(0.0);
    this.products = f64x2.splat(0.0);
  }

  add(pair: v128): void {
    const distances = f64x2.sub(pair, this.shifts);
    this.sums = f64x2.add(this.sums, distances);
    this.squares = f64x2.add(this.squares, f64x2.mul(distances, distances));
    this.products = f64x2.add(this.products, Pairs.product(distances));
  }
}

export function pairSumsAt(place: usize): PairSums {
  return changetype<PairSums>(place);
}

export class Pairs {
  /** The product of the two lanes, in both. */
  // @ts-ignore: decorator
  @inline
  static product(pair: v128): v128 {
    return f64x2.mul(pair, v128.shuffle<f64>(pair, pair, 1, 0));
  }
}
