import { meanDifference } from "./shared/mean_difference";

export function talibAdr(
  n: i32,
  high: usize,
  low: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  return meanDifference(n, high, low, timeperiod, out);
}
