import { columnIn } from "../technical/shared/columns";
import { windowEwmMean } from "../window/ewm";
import { windowRollingMax, windowRollingMin } from "../window/rolling_extreme";
import { windowRollingMean } from "../window/rolling_sum";
import { at, put } from "../window/shared/rows";
import { qtpylibMidPrice } from "./price";
import { qtpylibRollingMean } from "./rolling";

const COM: i32 = 0;
const SPAN: i32 = 1;

/** When weighted, `fast` and `slow` are centres of mass and not spans. */
export function qtpylibAwesomeOscillator(
  n: i32,
  high: usize,
  low: usize,
  weighted: i32,
  fast: i32,
  slow: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (fast < 1) return 2;
  if (slow < 1) return 3;
  const middle = columnIn(scratch, n, 0);
  const second = columnIn(scratch, n, 1);
  qtpylibMidPrice(n, high, low, middle, 0);
  if (weighted !== 0) {
    windowEwmMean(n, middle, f64(fast), COM, 0, 1, 0, out, 0);
    windowEwmMean(n, middle, f64(slow), COM, 0, 1, 0, second, 0);
  } else {
    qtpylibRollingMean(n, middle, fast, out, 0);
    qtpylibRollingMean(n, middle, slow, second, 0);
  }
  for (let i = 0; i < n; i++) put(out, i, at(out, i) - at(second, i));
  return 0;
}

/** All four lines; the library answers the fast or the slow pair. */
export function qtpylibStoch(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  window: i32,
  d: i32,
  k: i32,
  fastK: usize,
  fastD: usize,
  slowK: usize,
  slowD: usize,
  scratch: usize,
): i32 {
  if (window < 1) return 1;
  if (d < 1) return 2;
  if (k < 1) return 3;
  windowRollingMax(n, high, window, 0, slowK, scratch);
  windowRollingMin(n, low, window, 0, slowD, scratch);
  for (let i = 0; i < n; i++) {
    const bottom = at(slowD, i);
    put(fastK, i, 100.0 * (at(close, i) - bottom) / (at(slowK, i) - bottom));
  }
  windowRollingMean(n, fastK, d, 0, fastD, 0);
  windowRollingMean(n, fastK, k, 0, slowK, 0);
  return windowRollingMean(n, slowK, d, 0, slowD, 0);
}

export function qtpylibMacd(
  n: i32,
  series: usize,
  fast: i32,
  slow: i32,
  smooth: i32,
  macd: usize,
  signal: usize,
  histogram: usize,
  scratch: usize,
): i32 {
  if (fast < 1) return 1;
  if (slow < 1) return 2;
  if (smooth < 1) return 3;
  windowEwmMean(n, series, f64(fast), SPAN, fast, 1, 0, macd, 0);
  windowEwmMean(n, series, f64(slow), SPAN, slow, 1, 0, signal, 0);
  for (let i = 0; i < n; i++) put(macd, i, at(macd, i) - at(signal, i));
  windowEwmMean(n, macd, f64(smooth), SPAN, smooth, 1, 0, signal, 0);
  for (let i = 0; i < n; i++) put(histogram, i, at(macd, i) - at(signal, i));
  return 0;
}
