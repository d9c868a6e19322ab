import { slidingCorrelation } from "./shared/correlation";
import { fillNan } from "./shared/ta";

export function talibCorrel(
  n: i32,
  real0: usize,
  real1: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  fillNan(out, n, timeperiod - 1);
  if (n >= timeperiod) slidingCorrelation(n, real0, real1, timeperiod, out, scratch);
  return 0;
}
