import { at, fillNan, put } from "./shared/ta";
import { talibWma } from "./wma";

/** The weighted average of twice the fast less the slow weighted average. Scratch: two columns. */
export function talibHma(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  if (timeperiod === 1) {
    memory.copy(out, real, <usize> n << 3);
    return 0;
  }
  const root = i32(floor<f64>(sqrt<f64>(f64(timeperiod))));
  const head = timeperiod - 1;
  const lookback = head + root - 1;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const fast = scratch;
  const slow = scratch + (<usize> n << 3);
  const half = timeperiod / 2;
  const skip = timeperiod - half;
  talibWma(n - skip, real + (<usize> skip << 3), half, fast + (<usize> skip << 3), 0);
  talibWma(n, real, timeperiod, slow, 0);
  for (let i = head; i < n; i++) put(fast, i, 2.0 * at(fast, i) - at(slow, i));
  const start = <usize> head << 3;
  talibWma(n - head, fast + start, root, out + start, 0);
  return 0;
}
