import { Pick } from "../shared/pick";
import { movingAverage, movingAverageLookback } from "./shared/moving_average";
import { at, fillNan, put } from "./shared/ta";

/**
 * Each row's average over its own period, held between the bounds: one pass of the average for each period
 * that occurs, up to the last row that asks for it. Scratch: a column of averages, one of links, the last
 * row of every period, what the average needs.
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
  const averages = scratch;
  const links = averages + (<usize> n << 3);
  const last = links + (<usize> n << 3);
  const rest = last + (<usize> (maxperiod - minperiod + 4) << 2);
  linkRows(n, periods, lookback, minperiod, maxperiod, links, last);
  for (let period = minperiod; period <= maxperiod; period++) {
    let row = load<i32>(last + (<usize> (period - minperiod) << 2));
    if (row < 0) continue;
    const start = lookback - movingAverageLookback(period, matype);
    const skip = <usize> start << 3;
    const rows = row + 1 - start;
    if (movingAverage(rows, real + skip, period, matype, averages + skip, rest) !== 0) return 3;
    for (; row >= 0; row = load<i32>(links + (<usize> row << 2))) put(out, row, at(averages, row));
  }
  return 0;
}

/** Leaves the last row that asks for each period, and with every row the one before it that does; -1: none. */
function linkRows(
  n: i32,
  periods: usize,
  from: i32,
  minperiod: i32,
  maxperiod: i32,
  links: usize,
  last: usize,
): void {
  memory.fill(last, 0xff, <usize> (maxperiod - minperiod + 1) << 2);
  for (let i = from; i < n; i++) {
    const atLeast = Pick.larger(f64(minperiod), at(periods, i));
    const period = i32(Pick.smaller(atLeast, f64(maxperiod)));
    const place = last + (<usize> (period - minperiod) << 2);
    store<i32>(links + (<usize> i << 2), load<i32>(place));
    store<i32>(place, i);
  }
}
