/** Oscillators of the library ta, with its `fillna` off. */
import { columnWholeMean } from "../column/whole";
import { windowEwmMean } from "../window/ewm";
import { windowRollingMax, windowRollingMin } from "../window/rolling_extreme";
import { windowRollingMean } from "../window/rolling_sum";
import { at, put } from "../window/shared/rows";
import { columnIn, earlier } from "./shared/columns";

const ALPHA: i32 = 3;
/** pandas' `min_periods` of 0. */
const ANY: i32 = -1;

/** A missing change counts as no movement; without falls the index is 100. */
export function technicalTaRsi(
  n: i32,
  close: usize,
  window: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (window < 1) return 1;
  const moves = columnIn(scratch, n, 0);
  const falls = columnIn(scratch, n, 1);
  const alpha = 1.0 / f64(window);
  for (let i = 0; i < n; i++) {
    const change = at(close, i) - earlier(close, i - 1);
    put(moves, i, change > 0.0 ? change : 0.0);
  }
  windowEwmMean(n, moves, alpha, ALPHA, window, 0, 0, out, 0);
  for (let i = 0; i < n; i++) {
    const change = at(close, i) - earlier(close, i - 1);
    put(moves, i, -(change < 0.0 ? change : 0.0));
  }
  windowEwmMean(n, moves, alpha, ALPHA, window, 0, 0, falls, 0);
  for (let i = 0; i < n; i++) {
    const fall = at(falls, i);
    put(out, i, fall === 0.0 ? 100.0 : 100.0 - 100.0 / (1.0 + at(out, i) / fall));
  }
  return 0;
}

export function technicalTaStochrsi(
  n: i32,
  close: usize,
  window: i32,
  smooth1: i32,
  smooth2: i32,
  stochrsi: usize,
  stochrsiK: usize,
  stochrsiD: usize,
  scratch: usize,
): i32 {
  if (window < 1) return 1;
  if (smooth1 < 1) return 2;
  if (smooth2 < 1) return 3;
  const rest = columnIn(scratch, n, 1);
  technicalTaRsi(n, close, window, scratch, rest);
  windowRollingMin(n, scratch, window, 0, stochrsiK, rest);
  windowRollingMax(n, scratch, window, 0, stochrsiD, rest);
  for (let i = 0; i < n; i++) {
    const least = at(stochrsiK, i);
    put(stochrsi, i, (at(scratch, i) - least) / (at(stochrsiD, i) - least));
  }
  windowRollingMean(n, stochrsi, smooth1, 0, stochrsiK, 0);
  return windowRollingMean(n, stochrsiK, smooth2, 0, stochrsiD, 0);
}

/** Rows before the first change are compared with the mean of the whole column: it looks ahead. */
export function technicalTaKst(
  n: i32,
  close: usize,
  roc1: i32,
  roc2: i32,
  roc3: i32,
  roc4: i32,
  window1: i32,
  window2: i32,
  window3: i32,
  window4: i32,
  nsig: i32,
  kst: usize,
  kstSig: usize,
  kstDiff: usize,
  scratch: usize,
): i32 {
  if (min<i32>(min<i32>(window1, window2), min<i32>(window3, window4)) < 1 || nsig < 1) return 5;
  const part = columnIn(scratch, n, 0);
  const rest = columnIn(scratch, n, 1);
  columnWholeMean(n, close, kstDiff, rest);
  smoothedChange(n, close, kstDiff, roc1, window1, kst, rest);
  smoothedChange(n, close, kstDiff, roc2, window2, part, rest);
  for (let i = 0; i < n; i++) put(kst, i, at(kst, i) + 2.0 * at(part, i));
  smoothedChange(n, close, kstDiff, roc3, window3, part, rest);
  for (let i = 0; i < n; i++) put(kst, i, at(kst, i) + 3.0 * at(part, i));
  smoothedChange(n, close, kstDiff, roc4, window4, part, rest);
  for (let i = 0; i < n; i++) put(kst, i, 100.0 * (at(kst, i) + 4.0 * at(part, i)));
  windowRollingMean(n, kst, nsig, ANY, kstSig, 0);
  for (let i = 0; i < n; i++) put(kstDiff, i, at(kst, i) - at(kstSig, i));
  return 0;
}

function smoothedChange(
  n: i32,
  close: usize,
  means: usize,
  roc: i32,
  window: i32,
  out: usize,
  scratch: usize,
): void {
  for (let i = 0; i < n; i++) {
    const before = i < roc ? at(means, i) : at(close, i - roc);
    put(scratch, i, (at(close, i) - before) / before);
  }
  windowRollingMean(n, scratch, window, 0, out, 0);
}
