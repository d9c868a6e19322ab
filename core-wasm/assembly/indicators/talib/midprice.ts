import { talibMedprice } from "./medprice";
import { slidingMax, slidingMin } from "./shared/extremes";
import { fillNan } from "./shared/ta";

export function talibMidprice(
  n: i32,
  high: usize,
  low: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod - 1);
  slidingMax(n, high, timeperiod, out);
  slidingMin(n, low, timeperiod, scratch);
  if (n < timeperiod) return 0;
  const skip = <usize> (timeperiod - 1) << 3;
  return talibMedprice(n - timeperiod + 1, out + skip, scratch + skip, out + skip, 0);
}
