import { windowRollingMean } from "../window/rolling_sum";
import { windowRollingStd } from "../window/rolling_var";
import { qtpylibRollingMean } from "./rolling";

/**
 * The library asks for one period only, so the bands start at the second row. A window of one row is thereby
 * full, and full windows have numpy's mean, which keeps infinity where pandas' has none.
 */
export function qtpylibBollingerBands(
  n: i32,
  series: usize,
  window: i32,
  stds: f64,
  upper: usize,
  mid: usize,
  lower: usize,
  scratch: usize,
): i32 {
  if (window < 1) return 1;
  if (window === 1) qtpylibRollingMean(n, series, window, mid, scratch);
  else windowRollingMean(n, series, window, 1, mid, scratch);
  windowRollingStd(n, series, window, 1, 1, lower, scratch);
  for (let i: usize = 0, end = <usize> n << 3; i < end; i += 8) {
    const width = load<f64>(lower + i) * stds;
    const middle = load<f64>(mid + i);
    store<f64>(upper + i, middle + width);
    store<f64>(lower + i, middle - width);
  }
  return 0;
}
