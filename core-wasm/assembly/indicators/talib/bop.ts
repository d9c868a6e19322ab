import { pairs4 } from "../column/shared/map";

class Balance {
  pair(open: v128, high: v128, low: v128, close: v128): v128 {
    const range = f64x2.sub(high, low);
    const isFlat = f64x2.le(range, f64x2.splat(0.0));
    return v128.andnot(f64x2.div(f64x2.sub(close, open), range), isFlat);
  }
}

/** Zero for a bar without range. */
export function talibBop(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  return pairs4<Balance>(n, open, high, low, close, out);
}
