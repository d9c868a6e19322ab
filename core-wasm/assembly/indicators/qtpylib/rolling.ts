import { columnIn, pairwiseSum, rangeAt } from "../technical/shared/columns";
import { windowEwmMean } from "../window/ewm";
import { at, put } from "../window/shared/rows";
import { qtpylibTypicalPrice } from "./price";

const SPAN: i32 = 1;

/**
 * numpy's mean of each window by itself. A frame of exactly `window` rows gets pandas' mean from the
 * library, which can differ in the last digit; here the answer does not depend on the frame's length.
 */
export function qtpylibRollingMean(
  n: i32,
  series: usize,
  window: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (window < 1) return 1;
  for (let i = 0; i < min<i32>(n, window - 1); i++) put(out, i, NaN);
  for (let i = window - 1; i < n; i++) {
    const from = series + (<usize> (i - window + 1) << 3);
    put(out, i, pairwiseSum(from, window) / f64(window));
  }
  return 0;
}

/** numpy's standard deviation of each window by itself; a window of one row has none. */
export function qtpylibRollingStd(
  n: i32,
  series: usize,
  window: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (window < 1) return 1;
  for (let i = 0; i < min<i32>(n, window - 1); i++) put(out, i, NaN);
  for (let i = window - 1; i < n; i++) {
    const from = series + (<usize> (i - window + 1) << 3);
    const mean = pairwiseSum(from, window) / f64(window);
    for (let j = 0; j < window; j++) {
      const deviation = at(from, j) - mean;
      put(scratch, j, deviation * deviation);
    }
    put(out, i, sqrt<f64>(pairwiseSum(scratch, window) / f64(window - 1)));
  }
  return 0;
}

export function qtpylibAtr(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  window: i32,
  exp: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (window < 1) return 1;
  for (let i = 0; i < n; i++) put(scratch, i, rangeAt(high, low, close, i));
  if (exp === 0) return qtpylibRollingMean(n, scratch, window, out, 0);
  return windowEwmMean(n, scratch, f64(window), SPAN, window, 1, 0, out, 0);
}

export function qtpylibTrueRange(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  for (let i = 0; i < n; i++) put(out, i, rangeAt(high, low, close, i));
  return 0;
}

export function qtpylibKeltnerChannel(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  window: i32,
  atrs: f64,
  upper: usize,
  mid: usize,
  lower: usize,
  scratch: usize,
): i32 {
  if (window < 1) return 1;
  const range = columnIn(scratch, n, 0);
  qtpylibTypicalPrice(n, high, low, close, range, 0);
  qtpylibRollingMean(n, range, window, mid, 0);
  qtpylibAtr(n, high, low, close, window, 0, upper, range);
  for (let i = 0; i < n; i++) {
    const reach = at(upper, i) * atrs;
    put(upper, i, at(mid, i) + reach);
    put(lower, i, at(mid, i) - reach);
  }
  return 0;
}

export function qtpylibWeightedBollingerBands(
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
  windowEwmMean(n, series, f64(window), SPAN, window, 1, 0, mid, 0);
  qtpylibRollingStd(n, series, window, upper, scratch);
  for (let i = 0; i < n; i++) {
    const reach = at(upper, i) * stds;
    put(upper, i, at(mid, i) + reach);
    put(lower, i, at(mid, i) - reach);
  }
  return 0;
}
