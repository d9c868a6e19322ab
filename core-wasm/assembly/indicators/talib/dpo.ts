import { at, fillNan, put } from "./shared/ta";
import { talibSma } from "./sma";

/** The price half a period ago less the mean. */
export function talibDpo(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 2) return 1;
  const shift = timeperiod / 2 + 1;
  const lookback = max<i32>(timeperiod - 1, shift);
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const start = lookback - timeperiod + 1;
  const skip = <usize> start << 3;
  talibSma(n - start, real + skip, timeperiod, out + skip, 0);
  for (let i = lookback; i < n; i++) put(out, i, at(real, i - shift) - at(out, i));
  fillNan(out, n, lookback);
  return 0;
}
