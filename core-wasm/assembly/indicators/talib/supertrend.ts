import { talibAtr } from "./atr";
import { at, fillNan, fillZero, put } from "./shared/ta";

/** Bands that only move towards price until a close passes them; the first trend is up. */
export function talibSupertrend(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  multiplier: f64,
  supertrend: usize,
  trend: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillNan(supertrend, n, timeperiod);
  fillZero(trend, n, timeperiod);
  if (n <= timeperiod) return 0;
  talibAtr(n, high, low, close, timeperiod, supertrend, 0);
  let upper = 0.0;
  let lower = 0.0;
  let isUp = true;
  for (let i = timeperiod; i < n; i++) {
    const isFirst = i === timeperiod;
    const median = (at(high, i) + at(low, i)) / 2.0;
    const band = multiplier * at(supertrend, i);
    const newUpper = median + band;
    const newLower = median - band;
    const previousClose = at(close, i - 1);
    if (isFirst || newUpper < upper || previousClose > upper) upper = newUpper;
    if (isFirst || newLower > lower || previousClose < lower) lower = newLower;
    if (!isFirst) isUp = isUp ? !(at(close, i) < lower) : at(close, i) > upper;
    put(supertrend, i, isUp ? lower : upper);
    store<i32>(trend + (<usize> i << 2), isUp ? 1 : -1);
  }
  return 0;
}
