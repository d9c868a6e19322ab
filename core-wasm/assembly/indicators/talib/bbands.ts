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
  const skip = <usize> lookback << 3;
  if (nbdevup === nbdevdn) {
    bandsAround(n - lookback, middleband + skip, nbdevup, upperband + skip, lowerband + skip);
  } else {
    for (let i = lookback; i < n; i++) {
      const deviation = at(lowerband, i);
      const middle = at(middleband, i);
      put(upperband, i, Fma.free(deviation, nbdevup, middle));
      put(lowerband, i, middle - deviation * nbdevdn);
    }
  }
  fillNan(middleband, n, lookback);
  return 0;
}

/** Both bands at the same distance; `lower` holds the deviations. */
function bandsAround(n: i32, middle: usize, factor: f64, upper: usize, lower: usize): void {
  const factors = f64x2.splat(factor);
  const end = <usize> n << 3;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) {
    const width = f64x2.mul(v128.load(lower + i), factors);
    const centre = v128.load(middle + i);
    v128.store(upper + i, f64x2.add(centre, width));
    v128.store(lower + i, f64x2.sub(centre, width));
  }
  if (i === end) return;
  const width = load<f64>(lower + i) * factor;
  store<f64>(upper + i, load<f64>(middle + i) + width);
  store<f64>(lower + i, load<f64>(middle + i) - width);
}
