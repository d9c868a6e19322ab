import { priceMean4 } from "./shared/price_mean";

class Mean {
  pair(open: v128, high: v128, low: v128, close: v128, quarter: v128): v128 {
    return f64x2.mul(f64x2.add(f64x2.add(f64x2.add(high, low), close), open), quarter);
  }
}

export function talibAvgprice(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  return priceMean4<Mean>(n, open, high, low, close, 0.25, out);
}
