import { fmaPair } from "../shared/fma";
import { movingAverage, movingAverageLookback } from "./shared/moving_average";
import { Deviation, slidingVariances } from "./shared/variance";
import { fillNan } from "./shared/ta";

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
  slidingVariances<Deviation>(n, real, timeperiod, lookback, lowerband);
  const skip = <usize> lookback << 3;
  const rows = n - lookback;
  spread(rows, middleband + skip, nbdevup, nbdevdn, upperband + skip, lowerband + skip);
  fillNan(middleband, n, lookback);
  return 0;
}

/** Both bands; `lower` holds the deviations. Only uneven ones are fused, as in the reference. */
function spread(n: i32, middle: usize, up: f64, down: f64, upper: usize, lower: usize): void {
  const ups = f64x2.splat(up);
  const downs = f64x2.splat(down);
  const isEven = up === down;
  const end = <usize> n << 3;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) {
    const deviations = v128.load(lower + i);
    const centre = v128.load(middle + i);
    const width = f64x2.mul(deviations, ups);
    v128.store(upper + i, isEven ? f64x2.add(centre, width) : fmaPair(deviations, ups, centre));
    v128.store(lower + i, f64x2.sub(centre, f64x2.mul(deviations, downs)));
  }
  if (i === end) return;
  const deviation = v128.load64_zero(lower + i);
  const centre = v128.load64_zero(middle + i);
  const width = f64x2.mul(deviation, ups);
  v128.store64_lane(
    upper + i,
    isEven ? f64x2.add(centre, width) : fmaPair(deviation, ups, centre),
    0,
  );
  v128.store64_lane(lower + i, f64x2.sub(centre, f64x2.mul(deviation, downs)), 0);
}
