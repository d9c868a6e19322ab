import { priceMean3 } from "./shared/price_mean";

class Weighted {
  pair(high: v128, low: v128, close: v128, quarter: v128): v128 {
    return f64x2.mul(f64x2.add(f64x2.add(high, low), f64x2.add(close, close)), quarter);
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
  return priceMean3<Weighted>(n, high, low, close, 0.25, out);
}
