import { followedMax, followedMin } from "./shared/extremes";
import { at, fillNan, put } from "./shared/ta";

export function talibDonchian(
  n: i32,
  high: usize,
  low: usize,
  timeperiod: i32,
  upperband: usize,
  middleband: usize,
  lowerband: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillNan(upperband, n, timeperiod - 1);
  fillNan(middleband, n, timeperiod - 1);
  fillNan(lowerband, n, timeperiod - 1);
  followedMax(n, high, timeperiod, upperband);
  followedMin(n, low, timeperiod, lowerband);
  for (let i = timeperiod - 1; i < n; i++) {
    put(middleband, i, (at(upperband, i) + at(lowerband, i)) / 2.0);
  }
  return 0;
}
