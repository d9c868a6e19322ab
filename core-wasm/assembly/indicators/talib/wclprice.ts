import { pairs3 } from "../column/shared/map";

class Weighted {
  pair(high: v128, low: v128, close: v128): v128 {
    const twice = f64x2.add(close, close);
    return f64x2.mul(f64x2.add(f64x2.add(high, low), twice), f64x2.splat(0.25));
  }
}

export function talibWclprice(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  return pairs3<Weighted>(n, high, low, close, out);
}
