import { steppedEma } from "./ema";
import { at, fillNan, put } from "./shared/ta";

/** The change of a triple average from one bar to the next, in percent. Scratch: two columns. */
export function talibTrix(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  const step = timeperiod - 1;
  const lookback = 3 * step + 1;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const skip = <usize> step << 3;
  const first = scratch;
  const second = scratch + (<usize> n << 3);
  steppedEma(n, real, timeperiod, first);
  steppedEma(n - step, first + skip, timeperiod, second + skip);
  steppedEma(n - 2 * step, second + 2 * skip, timeperiod, first + 2 * skip);
  for (let i = lookback; i < n; i++) {
    const before = at(first, i - 1);
    put(out, i, before !== 0.0 ? (at(first, i) / before - 1.0) * 100.0 : 0.0);
  }
  return 0;
}
