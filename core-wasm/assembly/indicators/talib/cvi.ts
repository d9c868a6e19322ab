import { emaOfMoves } from "./ema";
import { at, fillNan, put } from "./shared/ta";

/** The change of the averaged range in percent. */
export function talibCvi(
  n: i32,
  high: usize,
  low: usize,
  timeperiod: i32,
  rocperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  if (rocperiod < 1) return 2;
  const lookback = timeperiod - 1 + rocperiod;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  for (let i = 0; i < n; i++) put(out, i, at(high, i) - at(low, i));
  emaOfMoves(n, out, timeperiod, scratch);
  for (let i = lookback; i < n; i++) {
    const before = at(scratch, i - rocperiod);
    put(out, i, before !== 0.0 ? 100.0 * ((at(scratch, i) - before) / before) : 0.0);
  }
  fillNan(out, n, lookback);
  return 0;
}
