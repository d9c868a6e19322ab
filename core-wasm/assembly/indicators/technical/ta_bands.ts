/** Channels of the library ta, with its `fillna` off. */
import { windowRollingMax, windowRollingMin } from "../window/rolling_extreme";
import { windowRollingMean } from "../window/rolling_sum";
import { windowRollingStd } from "../window/rolling_var";
import { at, put } from "../window/shared/rows";
import { columnIn } from "./shared/columns";

/** pandas' `min_periods` of 0. */
const ANY: i32 = -1;

/** The indicators are 0 in the warm-up, not missing. */
export function technicalTaBollingerBands(
  n: i32,
  close: usize,
  window: i32,
  windowDev: f64,
  mavg: usize,
  hband: usize,
  lband: usize,
  wband: usize,
  pband: usize,
  hbandIndicator: usize,
  lbandIndicator: usize,
  scratch: usize,
): i32 {
  if (window < 1) return 1;
  windowRollingMean(n, close, window, 0, mavg, 0);
  windowRollingStd(n, close, window, 0, 0, hband, 0);
  for (let i = 0; i < n; i++) {
    const reach = windowDev * at(hband, i);
    put(hband, i, at(mavg, i) + reach);
    put(lband, i, at(mavg, i) - reach);
    const price = at(close, i);
    const width = at(hband, i) - at(lband, i);
    put(wband, i, width / at(mavg, i) * 100.0);
    put(pband, i, width === 0.0 ? NaN : (price - at(lband, i)) / width);
    put(hbandIndicator, i, f64(price > at(hband, i)));
    put(lbandIndicator, i, f64(price < at(lband, i)));
  }
  return 0;
}

export function technicalTaDonchianChannel(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  window: i32,
  hband: usize,
  lband: usize,
  mband: usize,
  wband: usize,
  pband: usize,
  scratch: usize,
): i32 {
  if (window < 1) return 1;
  windowRollingMax(n, high, window, 0, hband, scratch);
  windowRollingMin(n, low, window, 0, lband, scratch);
  windowRollingMean(n, close, window, 0, wband, 0);
  for (let i = 0; i < n; i++) {
    const bottom = at(lband, i);
    const width = at(hband, i) - bottom;
    put(mband, i, width / 2.0 + bottom);
    put(wband, i, width / at(wband, i) * 100.0);
    put(pband, i, (at(close, i) - bottom) / width);
  }
  return 0;
}

/** The library's original version: bands are means of weighted prices and begin with the first row. */
export function technicalTaKeltnerChannel(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  window: i32,
  mband: usize,
  hband: usize,
  lband: usize,
  wband: usize,
  pband: usize,
  scratch: usize,
): i32 {
  if (window < 1) return 1;
  const price = columnIn(scratch, n, 0);
  for (let i = 0; i < n; i++) put(price, i, (at(high, i) + at(low, i) + at(close, i)) / 3.0);
  windowRollingMean(n, price, window, 0, mband, 0);
  for (let i = 0; i < n; i++) {
    put(price, i, (4.0 * at(high, i) - 2.0 * at(low, i) + at(close, i)) / 3.0);
  }
  windowRollingMean(n, price, window, ANY, hband, 0);
  for (let i = 0; i < n; i++) {
    put(price, i, (-2.0 * at(high, i) + 4.0 * at(low, i) + at(close, i)) / 3.0);
  }
  windowRollingMean(n, price, window, ANY, lband, 0);
  for (let i = 0; i < n; i++) {
    const width = at(hband, i) - at(lband, i);
    put(wband, i, width / at(mband, i) * 100.0);
    put(pband, i, (at(close, i) - at(lband, i)) / width);
  }
  return 0;
}

/** Not displaced (`visual` off). The last line takes whatever rows there are. */
export function technicalTaIchimoku(
  n: i32,
  high: usize,
  low: usize,
  window1: i32,
  window2: i32,
  window3: i32,
  conversionLine: usize,
  baseLine: usize,
  a: usize,
  b: usize,
  scratch: usize,
): i32 {
  if (window1 < 1) return 1;
  if (window2 < 1) return 2;
  if (window3 < 1) return 3;
  halfRange(n, high, low, window1, window1, conversionLine, scratch);
  halfRange(n, high, low, window2, window2, baseLine, scratch);
  halfRange(n, high, low, window3, ANY, b, scratch);
  for (let i = 0; i < n; i++) put(a, i, 0.5 * (at(conversionLine, i) + at(baseLine, i)));
  return 0;
}

function halfRange(
  n: i32,
  high: usize,
  low: usize,
  window: i32,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): void {
  const lowest = columnIn(scratch, n, 0);
  const rest = columnIn(scratch, n, 1);
  windowRollingMax(n, high, window, minPeriods, out, rest);
  windowRollingMin(n, low, window, minPeriods, lowest, rest);
  for (let i = 0; i < n; i++) put(out, i, 0.5 * (at(out, i) + at(lowest, i)));
}
