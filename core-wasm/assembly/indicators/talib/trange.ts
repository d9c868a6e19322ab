import { pairs3 } from "../column/shared/map";
import { fillNan } from "./shared/ta";

class Range {
  pair(high: v128, low: v128, previousClose: v128): v128 {
    const up = f64x2.abs(f64x2.sub(high, previousClose));
    const down = f64x2.abs(f64x2.sub(low, previousClose));
    return f64x2.pmax(f64x2.pmax(f64x2.sub(high, low), up), down);
  }
}

export function talibTrange(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  fillNan(out, n, 1);
  return n < 2 ? 0 : pairs3<Range>(n - 1, high + 8, low + 8, close, out + 8);
}
