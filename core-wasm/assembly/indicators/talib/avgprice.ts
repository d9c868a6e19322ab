import { pairs4 } from "../column/shared/map";

class Mean {
  pair(open: v128, high: v128, low: v128, close: v128): v128 {
    const sum = f64x2.add(f64x2.add(f64x2.add(high, low), close), open);
    return f64x2.mul(sum, f64x2.splat(0.25));
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
  return pairs4<Mean>(n, open, high, low, close, out);
}
