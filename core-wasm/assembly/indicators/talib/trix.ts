import { Fma } from "../shared/fma";
import { meanOfFirst } from "./ema";
import { at, fillNan, put } from "./shared/ta";

/** The change of a triple average from one bar to the next, in percent. */
export function talibTrix(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  const step = timeperiod - 1;
  const lookback = 3 * step + 1;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const factor = 2.0 / f64(timeperiod + 1);
  let first = meanOfFirst(real, timeperiod);
  let second = 0.0 + first;
  let i = timeperiod;
  for (; i <= 2 * step; i++) {
    first = Fma.small(at(real, i) - first, factor, first);
    second += first;
  }
  second /= f64(timeperiod);
  let third = 0.0 + second;
  for (; i <= 3 * step; i++) {
    first = Fma.small(at(real, i) - first, factor, first);
    second = Fma.small(first - second, factor, second);
    third += second;
  }
  third /= f64(timeperiod);
  for (; i < n; i++) {
    const before = third;
    first = Fma.small(at(real, i) - first, factor, first);
    second = Fma.small(first - second, factor, second);
    third = Fma.small(second - third, factor, third);
    put(out, i, before !== 0.0 ? (third / before - 1.0) * 100.0 : 0.0);
  }
  return 0;
}
