import { priceMean3 } from "./shared/price_mean";

class Typical {
  pair(high: v128, low: v128, close: v128, count: v128): v128 {
    return f64x2.div(f64x2.add(f64x2.add(high, low), close), count);
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
  return priceMean3<Typical>(n, high, low, close, 3.0, out);
}
