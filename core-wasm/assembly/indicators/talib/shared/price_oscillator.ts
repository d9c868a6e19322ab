import { EMA, movingAverage, movingAverageLookback, resolveType } from "./moving_average";
import { at, fillNan, isZero, put } from "./ta";

/** The fast average less the slow one, or in percent of it. Scratch: one column, then an average's. */
export function priceOscillator(
  n: i32,
  real: usize,
  fastperiod: i32,
  slowperiod: i32,
  matype: i32,
  isPercent: bool,
  out: usize,
  scratch: usize,
): i32 {
  if (fastperiod < 2) return 1;
  if (slowperiod < 2) return 2;
  const type = resolveType(matype, EMA);
  const fast = min<i32>(fastperiod, slowperiod);
  const slow = max<i32>(fastperiod, slowperiod);
  const lookback = movingAverageLookback(slow, type);
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const fastAverage = scratch;
  const rest = scratch + (<usize> n << 3);
  if (movingAverage(n, real, fast, type, fastAverage, rest) !== 0) return 3;
  if (movingAverage(n, real, slow, type, out, rest) !== 0) return 3;
  for (let i = lookback; i < n; i++) {
    const base = at(out, i);
    const distance = at(fastAverage, i) - base;
    put(out, i, isPercent ? (isZero(base) ? 0.0 : distance / base * 100.0) : distance);
  }
  return 0;
}
