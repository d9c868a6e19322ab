import { fillNan } from "./shared/ta";
import { slidingVariances, Variance } from "./shared/variance";

/** `nbdev` has no effect, as in the reference. */
export function talibVar(
  n: i32,
  real: usize,
  timeperiod: i32,
  nbdev: f64,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  fillNan(out, n, timeperiod - 1);
  if (n >= timeperiod) slidingVariances<Variance>(n, real, timeperiod, timeperiod - 1, out);
  return 0;
}
