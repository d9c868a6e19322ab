import { Fma } from "../shared/fma";
import { meanOfFirst } from "./ema";
import { at, fillNan, put } from "./shared/ta";

export function talibTema(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  if (timeperiod === 1) {
    memory.copy(out, real, <usize> n << 3);
    return 0;
  }
  const step = timeperiod - 1;
  const lookback = 3 * step;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const factor = 2.0 / f64(timeperiod + 1);
  let first = meanOfFirst(real, timeperiod);
  let second = 0.0 + first;
  let third = 0.0;
  let i = timeperiod;
  for (; i <= 2 * step; i++) {
    first = Fma.small(at(real, i) - first, factor, first);
    second += first;
  }
  second /= f64(timeperiod);
  third = 0.0 + second;
  for (; i <= lookback; i++) {
    first = Fma.small(at(real, i) - first, factor, first);
    second = Fma.small(first - second, factor, second);
    third += second;
  }
  third /= f64(timeperiod);
  put(out, lookback, third + (3.0 * first - 3.0 * second));
  for (; i < n; i++) {
    first = Fma.small(at(real, i) - first, factor, first);
    second = Fma.small(first - second, factor, second);
    third = Fma.small(second - third, factor, third);
    put(out, i, third + (3.0 * first - 3.0 * second));
  }
  return 0;
}
