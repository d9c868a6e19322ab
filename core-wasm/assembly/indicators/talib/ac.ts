import { Lanes } from "../shared/lanes";
import { at, fillNan, put } from "./shared/ta";

/**
 * The difference of the middles' two means less its own mean. Both means, kept in the lanes of one
 * vector, start with the first row that has both. Scratch: one column.
 */
export function talibAc(
  n: i32,
  high: usize,
  low: usize,
  fastperiod: i32,
  slowperiod: i32,
  signalperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (fastperiod < 2) return 1;
  if (slowperiod < 2) return 2;
  if (signalperiod < 2) return 3;
  const head = max<i32>(fastperiod, slowperiod) - 1;
  const lookback = head + signalperiod - 1;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const fast = totalOfMiddles(high, low, head + 1 - fastperiod, head);
  const slow = totalOfMiddles(high, low, head + 1 - slowperiod, head);
  const divisors = Lanes.both(f64(fastperiod), f64(slowperiod));
  const signalDivisor = f64(signalperiod);
  let sums = Lanes.both(fast, slow);
  let total = 0.0;
  for (let i = head; i < n; i++) {
    sums = f64x2.add(sums, f64x2.splat(middle(high, low, i)));
    const means = f64x2.div(sums, divisors);
    const value = f64x2.extract_lane(means, 0) - f64x2.extract_lane(means, 1);
    const fastest = i - fastperiod + 1;
    const slowest = i - slowperiod + 1;
    sums = f64x2.sub(sums, Lanes.both(middle(high, low, fastest), middle(high, low, slowest)));
    put(scratch, i, value);
    total += value;
    if (i < lookback) continue;
    put(out, i, value - total / signalDivisor);
    total -= at(scratch, i - signalperiod + 1);
  }
  return 0;
}

function totalOfMiddles(high: usize, low: usize, from: i32, end: i32): f64 {
  let total = 0.0;
  for (let i = from; i < end; i++) total += middle(high, low, i);
  return total;
}

function middle(high: usize, low: usize, i: i32): f64 {
  return (at(high, i) + at(low, i)) * 0.5;
}
