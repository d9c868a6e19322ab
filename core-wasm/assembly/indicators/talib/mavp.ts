import { Pick } from "../shared/pick";
import { Lanes } from "../shared/lanes";
import { isMean, movingAverage, movingAverageLookback } from "./shared/moving_average";
import { at, fillNan, put } from "./shared/ta";
import { totalOfFirst } from "./sma";

/**
 * Each row's average over its own period, held between the bounds: one pass of the average for each period
 * that occurs, for plain means for two of them, up to the last row that asks for it. Scratch: a column of averages, one of links, the last
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
  let waiting = 0;
  for (let period = minperiod; period <= maxperiod; period++) {
    const row = load<i32>(last + (<usize> (period - minperiod) << 2));
    if (row < 0) continue;
    if (isMean(matype) && period > 1) {
      if (waiting === 0) {
        waiting = period;
        continue;
      }
      const other = load<i32>(last + (<usize> (waiting - minperiod) << 2));
      twoMeans(real, lookback, max<i32>(row, other) + 1, period, waiting, averages, rest);
      gather(row, links, averages, out);
      gather(other, links, rest, out);
      waiting = 0;
      continue;
    }
    const start = lookback - movingAverageLookback(period, matype);
    const skip = <usize> start << 3;
    const rows = row + 1 - start;
    if (movingAverage(rows, real + skip, period, matype, averages + skip, rest) !== 0) return 3;
    gather(row, links, averages, out);
  }
  if (waiting === 0) return 0;
  const row = load<i32>(last + (<usize> (waiting - minperiod) << 2));
  twoMeans(real, lookback, row + 1, waiting, waiting, averages, rest);
  gather(row, links, averages, out);
  return 0;
}

/** The averages of the rows that are linked to `row`. */
function gather(row: i32, links: usize, averages: usize, out: usize): void {
  for (; row >= 0; row = load<i32>(links + (<usize> row << 2))) put(out, row, at(averages, row));
}

/** The plain means of two periods, a lane each, for rows `from` to `to`. */
function twoMeans(
  real: usize,
  from: i32,
  to: i32,
  period: i32,
  otherPeriod: i32,
  out: usize,
  otherOut: usize,
): void {
  const divisors = Lanes.both(f64(period), f64(otherPeriod));
  const first = real + (<usize> from << 3);
  const back = <usize> (period - 1) << 3;
  const otherBack = <usize> (otherPeriod - 1) << 3;
  const total = totalOfFirst(first - back, period - 1);
  let totals = Lanes.both(total, totalOfFirst(first - otherBack, otherPeriod - 1));
  for (let i = <usize> from << 3, end = <usize> to << 3; i < end; i += 8) {
    totals = f64x2.add(totals, v128.load64_splat(real + i));
    Lanes.store(out, otherOut, i, f64x2.div(totals, divisors));
    totals = f64x2.sub(totals, Lanes.load(real - back, real - otherBack, i));
  }
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
