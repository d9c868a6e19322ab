import { talibAtr } from "./atr";
import { talibEma } from "./ema";
import { at, fillNan, put } from "./shared/ta";

/** The exponential average of the typical price and average true ranges around it. */
export function talibKc(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  atrperiod: i32,
  nbdev: f64,
  upperband: usize,
  middleband: usize,
  lowerband: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  if (atrperiod < 1) return 2;
  const lookback = max<i32>(timeperiod - 1, atrperiod);
  fillNan(upperband, n, lookback);
  fillNan(middleband, n, lookback);
  fillNan(lowerband, n, lookback);
  if (n <= lookback) return 0;
  const first = lookback - (timeperiod - 1);
  for (let i = first; i < n; i++) {
    put(upperband, i, (at(high, i) + at(low, i) + at(close, i)) / 3.0);
  }
  const skip = <usize> first << 3;
  talibEma(n - first, upperband + skip, timeperiod, middleband + skip, scratch);
  const start = lookback - atrperiod;
  const offset = <usize> start << 3;
  talibAtr(
    n - start,
    high + offset,
    low + offset,
    close + offset,
    atrperiod,
    lowerband + offset,
    scratch,
  );
  fillNan(upperband, n, lookback);
  fillNan(middleband, n, lookback);
  fillNan(lowerband, n, lookback);
  for (let i = lookback; i < n; i++) {
    const middle = at(middleband, i);
    const width = at(lowerband, i) * nbdev;
    put(upperband, i, middle + width);
    put(lowerband, i, middle - width);
  }
  return 0;
}
