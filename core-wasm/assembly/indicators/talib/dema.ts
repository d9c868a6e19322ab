import { Fma } from "../shared/fma";
import { meanOfFirst } from "./ema";
import { at, fillNan, put } from "./shared/ta";

export function talibDema(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  if (timeperiod === 1) {
    memory.copy(out, real, <usize> n << 3);
    return 0;
  }
  const step = timeperiod - 1;
  const lookback = 2 * step;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const factor = 2.0 / f64(timeperiod + 1);
  let first = meanOfFirst(real, timeperiod);
  let second = 0.0 + first;
  for (let i = timeperiod; i < n; i++) {
    first = Fma.small(at(real, i) - first, factor, first);
    if (i <= lookback) {
      second += first;
      if (i === lookback) second /= f64(timeperiod);
    } else {
      second = Fma.small(first - second, factor, second);
    }
    if (i >= lookback) put(out, i, 2.0 * first - second);
  }
  return 0;
}
