import { talibEma } from "./ema";
import { at, fillNan, put } from "./shared/ta";

export function talibEri(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  bullpower: usize,
  bearpower: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  fillNan(bullpower, n, timeperiod - 1);
  talibEma(n, close, timeperiod, bearpower, 0);
  for (let i = timeperiod - 1; i < n; i++) {
    const average = at(bearpower, i);
    put(bullpower, i, at(high, i) - average);
    put(bearpower, i, at(low, i) - average);
  }
  return 0;
}
