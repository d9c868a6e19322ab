import { pairs3 } from "../column/shared/map";

class Typical {
  pair(high: v128, low: v128, close: v128): v128 {
    return f64x2.div(f64x2.add(f64x2.add(high, low), close), f64x2.splat(3.0));
  }
}

export function talibTypprice(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  return pairs3<Typical>(n, high, low, close, out);
}
