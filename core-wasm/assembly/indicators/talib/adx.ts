import { directionalIndex, outwardMoves } from "./shared/directional";
import { at, fillNan, put, trueRange } from "./shared/ta";

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
  const divisors = f64x2.splat(divisor);
  let sums = f64x2.splat(0.0);
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
      sums = f64x2.add(sums, outwardMoves(up, down));
      range += newRange;
      continue;
    }
    sums = f64x2.sub(sums, f64x2.div(sums, divisors));
    sums = f64x2.add(sums, outwardMoves(up, down));
    range = range - range / divisor + newRange;
    const index = directionalIndex(sums, range);
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
