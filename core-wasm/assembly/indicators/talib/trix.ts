import { pairs2 } from "../column/shared/map";
import { steppedEma } from "./ema";
import { fillNan } from "./shared/ta";

class Change {
  pair(now: v128, before: v128): v128 {
    const grown = f64x2.sub(f64x2.div(now, before), f64x2.splat(1.0));
    const percent = f64x2.mul(grown, f64x2.splat(100.0));
    return v128.and(percent, f64x2.ne(before, f64x2.splat(0.0)));
  }
}

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
  const from = first + (<usize> lookback << 3);
  return pairs2<Change>(n - lookback, from, from - 8, out + (<usize> lookback << 3));
}
