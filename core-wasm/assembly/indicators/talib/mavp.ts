import { movingAverage, movingAverageLookback } from "./shared/moving_average";
import { at, fillNan, put } from "./shared/ta";

/**
 * Each row's average over its own period, held between the bounds. One pass of the average for each
 * period that occurs. Scratch: two columns for the average, one for its values, one of i32 periods.
 */
export function talibMavp(
  n: i32,
  real: usize,
  periods: usize,
  minperiod: i32,
  maxperiod: i32,
  matype: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (minperiod < 1 || minperiod > maxperiod) return 1;
  if (maxperiod < 2) return 2;
  const lookback = movingAverageLookback(maxperiod, matype);
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const averages = scratch + (<usize> n << 4);
  const wanted = averages + (<usize> n << 3);
  let least = maxperiod;
  let most = minperiod;
  for (let i = lookback; i < n; i++) {
    const asked = at(periods, i);
    const held = !(asked >= f64(minperiod))
      ? minperiod
      : asked > f64(maxperiod)
      ? maxperiod
      : i32(asked);
    store<i32>(wanted + (<usize> i << 2), held);
    least = min<i32>(least, held);
    most = max<i32>(most, held);
  }
  for (let period = least; period <= most; period++) {
    let last = -1;
    for (let i = lookback; i < n; i++) {
      if (load<i32>(wanted + (<usize> i << 2)) === period) last = i;
    }
    if (last < 0) continue;
    const start = lookback - movingAverageLookback(period, matype);
    const skip = <usize> start << 3;
    const rows = last + 1 - start;
    if (movingAverage(rows, real + skip, period, matype, averages + skip, scratch) !== 0) return 3;
    for (let i = lookback; i <= last; i++) {
      if (load<i32>(wanted + (<usize> i << 2)) === period) put(out, i, at(averages, i));
    }
  }
  return 0;
}
