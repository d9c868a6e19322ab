import { Fma } from "../shared/fma";
import { at, fillNan, put } from "./shared/ta";

/** An exponential average of twice the value less the one half a period ago. */
export function talibZlema(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  if (timeperiod === 1) {
    memory.copy(out, real, <usize> n << 3);
    return 0;
  }
  const lag = (timeperiod - 1) / 2;
  const lookback = lag + timeperiod - 1;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const factor = 2.0 / f64(timeperiod + 1);
  let total = 0.0;
  for (let i = lag; i <= lookback; i++) total += 2.0 * at(real, i) - at(real, i - lag);
  let average = total / f64(timeperiod);
  put(out, lookback, average);
  for (let i = lookback + 1; i < n; i++) {
    const value = 2.0 * at(real, i) - at(real, i - lag);
    average = Fma.small(value - average, factor, average);
    put(out, i, average);
  }
  return 0;
}
