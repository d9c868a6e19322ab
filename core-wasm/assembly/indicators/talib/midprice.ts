import { slidingMiddle } from "./shared/middle";

export function talibMidprice(
  n: i32,
  high: usize,
  low: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  slidingMiddle(n, high, low, timeperiod, out, scratch);
  return 0;
}
