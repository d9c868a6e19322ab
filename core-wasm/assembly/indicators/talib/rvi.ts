import { Fma } from "../shared/fma";
import { Pick } from "../shared/pick";
import { at, fillNan, put } from "./shared/ta";
import { Deviation, slidingVariances } from "./shared/variance";

/** Wilder averages of the deviation on rising and on falling bars. */
export function talibRvi(
  n: i32,
  real: usize,
  timeperiod: i32,
  stddevperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  if (stddevperiod < 2) return 2;
  const head = stddevperiod - 1;
  const lookback = head + timeperiod - 1;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  slidingVariances<Deviation>(n, real, stddevperiod, head, scratch);
  const kept = f64(timeperiod - 1) / f64(timeperiod);
  const share = 1.0 - kept;
  let up = 0.0;
  let down = 0.0;
  for (let i = head; i < n; i++) {
    const change = at(real, i) - at(real, i - 1);
    const deviation = at(scratch, i);
    const rise = Pick.bits(u64(change > 0.0), deviation, 0.0);
    const fall = Pick.bits(u64(change < 0.0), deviation, 0.0);
    if (i <= lookback) {
      up += rise;
      down += fall;
      if (i < lookback) continue;
      up /= f64(timeperiod);
      down /= f64(timeperiod);
    } else {
      up = Fma.decay(kept, share, up, share * rise);
      down = Fma.decay(kept, share, down, share * fall);
    }
    const total = up + down;
    put(out, i, total === 0.0 ? 50.0 : 100.0 * (up / total));
  }
  return 0;
}
