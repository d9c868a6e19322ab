import { meanDifference } from "./shared/mean_difference";

/** The mean body. */
export function talibQstick(
  n: i32,
  open: usize,
  close: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  return meanDifference(n, close, open, timeperiod, out);
}
