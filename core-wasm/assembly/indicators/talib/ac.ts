import { talibAo } from "./ao";
import { talibSma } from "./sma";
import { at, fillNan, put } from "./shared/ta";

export function talibAc(
  n: i32,
  high: usize,
  low: usize,
  fastperiod: i32,
  slowperiod: i32,
  signalperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (fastperiod < 2) return 1;
  if (slowperiod < 2) return 2;
  if (signalperiod < 2) return 3;
  const head = max<i32>(fastperiod, slowperiod) - 1;
  const lookback = head + signalperiod - 1;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  talibAo(n, high, low, fastperiod, slowperiod, scratch, 0);
  const skip = <usize> head << 3;
  talibSma(n - head, scratch + skip, signalperiod, out + skip, 0);
  for (let i = lookback; i < n; i++) put(out, i, at(scratch, i) - at(out, i));
  fillNan(out, n, lookback);
  return 0;
}
