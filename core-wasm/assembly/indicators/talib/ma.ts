import { movingAverage, movingAverageLookback } from "./shared/moving_average";
import { fillNan } from "./shared/ta";

export function talibMa(
  n: i32,
  real: usize,
  timeperiod: i32,
  matype: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  fillNan(out, n, movingAverageLookback(timeperiod, matype));
  return movingAverage(n, real, timeperiod, matype, out, scratch) === 0 ? 0 : 2;
}
