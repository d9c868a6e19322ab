import { columnIn } from "../technical/shared/columns";
import { windowEwmMean } from "../window/ewm";
import { at, put } from "../window/shared/rows";

const SPAN: i32 = 1;

/**
 * The library's weighted mean is an exponential one, so this is no Hull average of linear weights, and
 * its spans are fractions. Every stage asks for `window` values: the first comes at row 2 window - 2.
 */
export function qtpylibHullMovingAverage(
  n: i32,
  series: usize,
  window: i32,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (window < 2) return 1;
  const needed = minPeriods === 0 ? window : minPeriods;
  const fast = columnIn(scratch, n, 0);
  const slow = columnIn(scratch, n, 1);
  windowEwmMean(n, series, f64(window) / 2.0, SPAN, needed, 1, 0, fast, 0);
  windowEwmMean(n, series, f64(window), SPAN, needed, 1, 0, slow, 0);
  for (let i = 0; i < n; i++) put(fast, i, 2.0 * at(fast, i) - at(slow, i));
  return windowEwmMean(n, fast, sqrt<f64>(f64(window)), SPAN, needed, 1, 0, out, 0);
}
