import { slidingMax, slidingMin } from "./shared/extremes";
import { at, fillNan, put } from "./shared/ta";

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
  for (let i = timeperiod - 1; i < n; i++) put(out, i, (at(out, i) + at(scratch, i)) / 2.0);
  return 0;
}
