import { pairs3 } from "../column/shared/map";
import { talibEma } from "./ema";
import { fillNan } from "./shared/ta";

class Triple {
  pair(first: v128, second: v128, third: v128): v128 {
    const three = f64x2.splat(3.0);
    return f64x2.add(third, f64x2.sub(f64x2.mul(three, first), f64x2.mul(three, second)));
  }
}

/** Scratch: two columns. */
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
  const skip = <usize> step << 3;
  const first = scratch;
  const second = scratch + (<usize> n << 3);
  talibEma(n, real, timeperiod, first, 0);
  talibEma(n - step, first + skip, timeperiod, second + skip, 0);
  talibEma(n - 2 * step, second + 2 * skip, timeperiod, out + 2 * skip, 0);
  const from = <usize> lookback << 3;
  fillNan(out, n, lookback);
  return pairs3<Triple>(n - lookback, first + from, second + from, out + from, out + from);
}
