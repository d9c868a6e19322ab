import { slidingMax, slidingMin } from "./shared/extremes";
import { at, fillNan, isZeroScaled, put } from "./shared/ta";

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
    put(out, i, percentRange(at(out, i), at(lowest, i), at(close, i)));
  }
  return 0;
}

/** Held between -100 and 0. */
function percentRange(highest: f64, lowest: f64, close: f64): f64 {
  const range = highest - lowest;
  if (isZeroScaled(range, abs<f64>(highest) + abs<f64>(lowest))) return 0.0;
  const value = (highest - close) / range * -100.0;
  if (value > 0.0) return 0.0;
  return value < -100.0 ? -100.0 : value;
}
