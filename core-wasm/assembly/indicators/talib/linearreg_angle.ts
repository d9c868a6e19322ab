import { pairs1 } from "../column/shared/map";
import { arcTangents } from "../shared/atan";
import { linearRegression, Slope } from "./shared/linear_regression";
import { fillNan } from "./shared/ta";

const DEGREES: f64 = 180.0 / 3.14159265358979323846;

class Angle {
  pair(slopes: v128): v128 {
    return f64x2.mul(arcTangents(slopes), f64x2.splat(DEGREES));
  }
}

export function talibLinearregAngle(
  n: i32,
  real: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  const head = timeperiod - 1;
  fillNan(out, n, head);
  if (n < timeperiod) return 0;
  linearRegression<Slope>(n, real, timeperiod, out);
  const from = out + (<usize> head << 3);
  return pairs1<Angle>(n - head, from, from);
}
