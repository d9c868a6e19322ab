import { minusMove, plusMove } from "./shared/directional";
import { at, fillNan, isZero, put, trueRange } from "./shared/ta";

/** A bar whose directional index is undefined keeps the average as it was. */
export function talibAdx(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  const lookback = 2 * timeperiod - 1;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const divisor = f64(timeperiod);
  let previousHigh = load<f64>(high);
  let previousLow = load<f64>(low);
  let minus = 0.0;
  let plus = 0.0;
  let range = 0.0;
  let total = 0.0;
  let average = 0.0;
  for (let i = 1; i < n; i++) {
    const newHigh = at(high, i);
    const newLow = at(low, i);
    const up = newHigh - previousHigh;
    const down = previousLow - newLow;
    const newRange = trueRange(newHigh, newLow, at(close, i - 1));
    previousHigh = newHigh;
    previousLow = newLow;
    if (i < timeperiod) {
      minus += minusMove(up, down);
      plus += plusMove(up, down);
      range += newRange;
      continue;
    }
    minus -= minus / divisor;
    plus -= plus / divisor;
    minus += minusMove(up, down);
    plus += plusMove(up, down);
    range = range - range / divisor + newRange;
    const index = directionalIndex(minus, plus, range);
    if (i <= lookback) {
      if (index === index) total += index;
      if (i === lookback) average = total / divisor;
    } else if (index === index) {
      average = (average * (divisor - 1.0) + index) / divisor;
    }
    if (i >= lookback) put(out, i, average);
  }
  return 0;
}

export function directionalIndex(minus: f64, plus: f64, range: f64): f64 {
  if (!(range > 0.0)) return NaN;
  const minusIndex = 100.0 * (minus / range);
  const plusIndex = 100.0 * (plus / range);
  const sum = minusIndex + plusIndex;
  if (isZero(sum)) return NaN;
  return 100.0 * (abs<f64>(minusIndex - plusIndex) / sum);
}
