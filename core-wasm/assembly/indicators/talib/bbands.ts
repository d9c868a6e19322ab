import { Fma } from "../shared/fma";
import { movingAverage, movingAverageLookback } from "./shared/moving_average";
import { standardDeviations } from "./shared/variance";
import { at, fillNan, put } from "./shared/ta";

/** The deviation is always that of the plain window, whatever average the middle band is. */
export function talibBbands(
  n: i32,
  real: usize,
  timeperiod: i32,
  nbdevup: f64,
  nbdevdn: f64,
  matype: i32,
  upperband: usize,
  middleband: usize,
  lowerband: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  const lookback = max<i32>(timeperiod - 1, movingAverageLookback(timeperiod, matype));
  fillNan(upperband, n, lookback);
  fillNan(middleband, n, lookback);
  fillNan(lowerband, n, lookback);
  if (n <= lookback) return 0;
  if (movingAverage(n, real, timeperiod, matype, middleband, scratch) !== 0) return 4;
  standardDeviations(n, real, timeperiod, lookback, lowerband);
  for (let i = lookback; i < n; i++) {
    const deviation = at(lowerband, i);
    const middle = at(middleband, i);
    const width = deviation * nbdevup;
    const isEven = nbdevup === nbdevdn;
    put(upperband, i, isEven ? middle + width : Fma.free(deviation, nbdevup, middle));
    put(lowerband, i, middle - (isEven ? width : deviation * nbdevdn));
  }
  fillNan(middleband, n, lookback);
  return 0;
}
