import { linearRegression, Slope } from "./shared/linear_regression";
import { fillNan } from "./shared/ta";

export function talibLinearregSlope(
  n: i32,
  real: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod - 1);
  if (n >= timeperiod) linearRegression<Slope>(n, real, timeperiod, out);
  return 0;
}
