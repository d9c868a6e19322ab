import { slidingBeta } from "./shared/beta";
import { fillNan } from "./shared/ta";

export function talibBeta(
  n: i32,
  real0: usize,
  real1: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  fillNan(out, n, timeperiod);
  if (n > timeperiod) slidingBeta(n, real0, real1, timeperiod, out, scratch);
  return 0;
}
