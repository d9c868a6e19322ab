import { movingAverage, movingAverageLookback } from "./shared/moving_average";
import { at, fillNan, put } from "./shared/ta";

/** Both averages start so that their first values meet in one row. */
export function talibMacdext(
  n: i32,
  real: usize,
  fastperiod: i32,
  fastmatype: i32,
  slowperiod: i32,
  slowmatype: i32,
  signalperiod: i32,
  signalmatype: i32,
  macd: usize,
  macdsignal: usize,
  macdhist: usize,
  scratch: usize,
): i32 {
  if (fastperiod < 2) return 1;
  if (slowperiod < 2) return 3;
  if (signalperiod < 1) return 5;
  const isSwapped = slowperiod < fastperiod;
  const fast = isSwapped ? slowperiod : fastperiod;
  const slow = isSwapped ? fastperiod : slowperiod;
  const fastType = isSwapped ? slowmatype : fastmatype;
  const slowType = isSwapped ? fastmatype : slowmatype;
  const fastHead = movingAverageLookback(fast, fastType);
  const slowHead = movingAverageLookback(slow, slowType);
  const head = max<i32>(fastHead, slowHead);
  const lookback = head + movingAverageLookback(signalperiod, signalmatype);
  fillNan(macd, n, lookback);
  fillNan(macdsignal, n, lookback);
  fillNan(macdhist, n, lookback);
  if (n <= lookback) return 0;
  if (averageFrom(n, real, slow, slowType, head - slowHead, macdhist, scratch) !== 0) return 4;
  if (averageFrom(n, real, fast, fastType, head - fastHead, macd, scratch) !== 0) return 2;
  for (let i = head; i < n; i++) put(macd, i, at(macd, i) - at(macdhist, i));
  if (averageFrom(n, macd, signalperiod, signalmatype, head, macdsignal, scratch) !== 0) return 6;
  for (let i = lookback; i < n; i++) put(macdhist, i, at(macd, i) - at(macdsignal, i));
  fillNan(macd, n, lookback);
  fillNan(macdsignal, n, lookback);
  fillNan(macdhist, n, lookback);
  return 0;
}

/** The average of rows from `start` on. */
function averageFrom(
  n: i32,
  real: usize,
  period: i32,
  matype: i32,
  start: i32,
  out: usize,
  scratch: usize,
): i32 {
  const skip = <usize> start << 3;
  return movingAverage(n - start, real + skip, period, matype, out + skip, scratch);
}
