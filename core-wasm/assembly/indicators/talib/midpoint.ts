import { slidingMiddle } from "./shared/middle";

export function talibMidpoint(
  n: i32,
  real: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  slidingMiddle(n, real, real, timeperiod, out, scratch);
  return 0;
}
