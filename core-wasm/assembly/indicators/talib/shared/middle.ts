import { talibMedprice } from "../medprice";
import { slidingMax, slidingMin } from "./extremes";
import { slideSpan } from "./pair_spans";
import { fillNan } from "./ta";

class Middle {
  pair(highest: v128, lowest: v128, close: usize): v128 {
    return f64x2.mul(f64x2.add(highest, lowest), f64x2.splat(0.5));
  }
  isOdd(highest: v128, lowest: v128, found: v128): v128 {
    return f64x2.eq(found, f64x2.splat(0.0));
  }
}

/** Half way between the window's extremes. Scratch: one column. */
export function slidingMiddle(
  n: i32,
  high: usize,
  low: usize,
  period: i32,
  out: usize,
  scratch: usize,
): void {
  const head = period - 1;
  fillNan(out, n, head);
  if (n <= head || slideSpan<Middle>(n, high, low, high, period, out, scratch)) return;
  slidingMax(n, high, period, out);
  slidingMin(n, low, period, scratch);
  const skip = <usize> head << 3;
  talibMedprice(n - head, out + skip, scratch + skip, out + skip, 0);
}
