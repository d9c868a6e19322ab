import { at, fillNan, put } from "./shared/ta";
import { totalOfFirst } from "./sma";

/** The price half a period ago less the mean. */
export function talibDpo(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 2) return 1;
  const shift = timeperiod / 2 + 1;
  const head = timeperiod - 1;
  const lookback = max<i32>(head, shift);
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  let total = totalOfFirst(real + (<usize> (lookback - head) << 3), head);
  const divisor = f64(timeperiod);
  for (let i = lookback; i < n; i++) {
    total += at(real, i);
    put(out, i, at(real, i - shift) - total / divisor);
    total -= at(real, i - head);
  }
  return 0;
}
