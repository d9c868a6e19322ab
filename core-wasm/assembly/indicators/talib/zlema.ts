import { continueEma, meanOfFirst } from "./ema";
import { at, fillNan, put } from "./shared/ta";

/** An exponential average of twice the value less the one half a period ago. Scratch: one column. */
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
  const values = scratch;
  for (let i = lag; i < n; i++) put(values, i, 2.0 * at(real, i) - at(real, i - lag));
  put(out, lookback, meanOfFirst(values + (<usize> lag << 3), timeperiod));
  continueEma(n, values, lookback + 1, factor, out);
  return 0;
}
