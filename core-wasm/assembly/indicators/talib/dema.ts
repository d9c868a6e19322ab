import { pairs2 } from "../column/shared/map";
import { talibEma } from "./ema";
import { fillNan } from "./shared/ta";

class Double {
  pair(first: v128, second: v128): v128 {
    return f64x2.sub(f64x2.add(first, first), second);
  }
}

/** Scratch: one column. */
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
  const skip = <usize> step << 3;
  talibEma(n, real, timeperiod, scratch, 0);
  talibEma(n - step, scratch + skip, timeperiod, out + skip, 0);
  const from = <usize> lookback << 3;
  return pairs2<Double>(n - lookback, scratch + from, out + from, out + from);
}
