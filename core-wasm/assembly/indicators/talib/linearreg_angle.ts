import { Angle, linearRegression } from "./shared/linear_regression";
import { fillNan } from "./shared/ta";

export function talibLinearregAngle(
  n: i32,
  real: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod - 1);
  if (n >= timeperiod) linearRegression<Angle>(n, real, timeperiod, out);
  return 0;
}
