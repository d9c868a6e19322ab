import { slidingMax, slidingMin } from "./shared/extremes";
import { fillNan } from "./shared/ta";

export function talibMinmax(
  n: i32,
  real: usize,
  timeperiod: i32,
  minimum: usize,
  maximum: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillNan(minimum, n, timeperiod - 1);
  fillNan(maximum, n, timeperiod - 1);
  slidingMin(n, real, timeperiod, minimum);
  slidingMax(n, real, timeperiod, maximum);
  return 0;
}
