import { slidingMax, slidingMin } from "./shared/extremes";
import { at, fillNan, put } from "./shared/ta";

/** Zero for a window without range. */
export function talibWillr(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod - 1);
  const lowest = scratch;
  slidingMax(n, high, timeperiod, out);
  slidingMin(n, low, timeperiod, lowest);
  for (let i = timeperiod - 1; i < n; i++) {
    const highest = at(out, i);
    const range = highest - at(lowest, i);
    put(out, i, range > 0.0 ? -100.0 * held((highest - at(close, i)) / range) : 0.0);
  }
  return 0;
}

/** A share between 0 and 1. */
function held(share: f64): f64 {
  const upper = share > 1.0 ? 1.0 : share;
  return upper < 0.0 ? 0.0 : upper;
}
