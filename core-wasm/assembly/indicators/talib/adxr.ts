import { talibAdx } from "./adx";
import { at, fillNan, put } from "./shared/ta";

export function talibAdxr(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  const head = timeperiod - 1;
  const lookback = 2 * timeperiod - 1 + head;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  talibAdx(n, high, low, close, timeperiod, scratch, 0);
  for (let i = lookback; i < n; i++) put(out, i, (at(scratch, i) + at(scratch, i - head)) / 2.0);
  return 0;
}
