/**
 * Rolling windows whose last row is not the current one but `end` rows later: pandas' `center=True` is
 * an `end` of (window - 1) / 2 rounded down and looks ahead, `closed="left"` is -1, `"neither"` is -1
 * with a window one shorter, and `"both"` is 0 with a window one longer. The column is computed with
 * missing rows behind it, which no window counts, and cut.
 */
import { windowRollingMax, windowRollingMin } from "./rolling_extreme";
import { windowRollingKurt, windowRollingSkew } from "./rolling_moments";
import { windowRollingMedian, windowRollingQuantile, windowRollingRank } from "./rolling_order";
import { windowRollingCorr, windowRollingCov } from "./rolling_pair";
import { windowRollingCount, windowRollingMean, windowRollingSum } from "./rolling_sum";
import { windowRollingStd, windowRollingVar } from "./rolling_var";
import { put } from "./shared/rows";

/** Rows of the lengthened column. */
function lengthOf(n: i32, end: i32): i32 {
  return n + max<i32>(0, end);
}

function lengthen(n: i32, real: usize, end: i32, to: usize): usize {
  memory.copy(to, real, <usize> n << 3);
  for (let i = n; i < lengthOf(n, end); i++) put(to, i, NaN);
  return to + (<usize> lengthOf(n, end) << 3);
}

function cut(n: i32, found: usize, end: i32, out: usize): i32 {
  const before = min<i32>(n, max<i32>(0, -end));
  for (let i = 0; i < before; i++) put(out, i, NaN);
  const from = found + (<usize> max<i32>(0, end) << 3);
  memory.copy(out + (<usize> before << 3), from, <usize> (n - before) << 3);
  return 0;
}

export function windowRollingMeanAt(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  end: i32,
  out: usize,
  scratch: usize,
): i32 {
  const rows = lengthOf(n, end);
  const found = lengthen(n, real, end, scratch);
  const rest = found + (<usize> rows << 3);
  const status = windowRollingMean(rows, scratch, window, minPeriods, found, rest);
  return status === 0 ? cut(n, found, end, out) : status;
}

export function windowRollingSumAt(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  end: i32,
  out: usize,
  scratch: usize,
): i32 {
  const rows = lengthOf(n, end);
  const found = lengthen(n, real, end, scratch);
  const rest = found + (<usize> rows << 3);
  const status = windowRollingSum(rows, scratch, window, minPeriods, found, rest);
  return status === 0 ? cut(n, found, end, out) : status;
}

export function windowRollingMinAt(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  end: i32,
  out: usize,
  scratch: usize,
): i32 {
  const rows = lengthOf(n, end);
  const found = lengthen(n, real, end, scratch);
  const rest = found + (<usize> rows << 3);
  const status = windowRollingMin(rows, scratch, window, minPeriods, found, rest);
  return status === 0 ? cut(n, found, end, out) : status;
}

export function windowRollingMaxAt(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  end: i32,
  out: usize,
  scratch: usize,
): i32 {
  const rows = lengthOf(n, end);
  const found = lengthen(n, real, end, scratch);
  const rest = found + (<usize> rows << 3);
  const status = windowRollingMax(rows, scratch, window, minPeriods, found, rest);
  return status === 0 ? cut(n, found, end, out) : status;
}

export function windowRollingCountAt(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  end: i32,
  out: usize,
  scratch: usize,
): i32 {
  const rows = lengthOf(n, end);
  const found = lengthen(n, real, end, scratch);
  const rest = found + (<usize> rows << 3);
  const status = windowRollingCount(rows, scratch, window, minPeriods, found, rest);
  return status === 0 ? cut(n, found, end, out) : status;
}

export function windowRollingVarAt(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  ddof: i32,
  end: i32,
  out: usize,
  scratch: usize,
): i32 {
  const rows = lengthOf(n, end);
  const found = lengthen(n, real, end, scratch);
  const rest = found + (<usize> rows << 3);
  const status = windowRollingVar(rows, scratch, window, minPeriods, ddof, found, rest);
  return status === 0 ? cut(n, found, end, out) : status;
}

export function windowRollingStdAt(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  ddof: i32,
  end: i32,
  out: usize,
  scratch: usize,
): i32 {
  const rows = lengthOf(n, end);
  const found = lengthen(n, real, end, scratch);
  const rest = found + (<usize> rows << 3);
  const status = windowRollingStd(rows, scratch, window, minPeriods, ddof, found, rest);
  return status === 0 ? cut(n, found, end, out) : status;
}

export function windowRollingMedianAt(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  end: i32,
  out: usize,
  scratch: usize,
): i32 {
  const rows = lengthOf(n, end);
  const found = lengthen(n, real, end, scratch);
  const rest = found + (<usize> rows << 3);
  const status = windowRollingMedian(rows, scratch, window, minPeriods, found, rest);
  return status === 0 ? cut(n, found, end, out) : status;
}

export function windowRollingQuantileAt(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  quantile: f64,
  interpolation: i32,
  end: i32,
  out: usize,
  scratch: usize,
): i32 {
  const rows = lengthOf(n, end);
  const found = lengthen(n, real, end, scratch);
  const rest = found + (<usize> rows << 3);
  const status = windowRollingQuantile(
    rows,
    scratch,
    window,
    minPeriods,
    quantile,
    interpolation,
    found,
    rest,
  );
  return status === 0 ? cut(n, found, end, out) : status;
}

export function windowRollingRankAt(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  method: i32,
  ascending: i32,
  pct: i32,
  end: i32,
  out: usize,
  scratch: usize,
): i32 {
  const rows = lengthOf(n, end);
  const found = lengthen(n, real, end, scratch);
  const rest = found + (<usize> rows << 3);
  const status = windowRollingRank(
    rows,
    scratch,
    window,
    minPeriods,
    method,
    ascending,
    pct,
    found,
    rest,
  );
  return status === 0 ? cut(n, found, end, out) : status;
}

export function windowRollingSkewAt(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  end: i32,
  out: usize,
  scratch: usize,
): i32 {
  const rows = lengthOf(n, end);
  const found = lengthen(n, real, end, scratch);
  const rest = found + (<usize> rows << 3);
  const status = windowRollingSkew(rows, scratch, window, minPeriods, found, rest);
  return status === 0 ? cut(n, found, end, out) : status;
}

export function windowRollingKurtAt(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  end: i32,
  out: usize,
  scratch: usize,
): i32 {
  const rows = lengthOf(n, end);
  const found = lengthen(n, real, end, scratch);
  const rest = found + (<usize> rows << 3);
  const status = windowRollingKurt(rows, scratch, window, minPeriods, found, rest);
  return status === 0 ? cut(n, found, end, out) : status;
}

export function windowRollingCovAt(
  n: i32,
  x: usize,
  y: usize,
  window: i32,
  minPeriods: i32,
  ddof: i32,
  end: i32,
  out: usize,
  scratch: usize,
): i32 {
  const rows = lengthOf(n, end);
  const second = lengthen(n, x, end, scratch);
  const found = lengthen(n, y, end, second);
  const rest = found + (<usize> rows << 3);
  const status = windowRollingCov(rows, scratch, second, window, minPeriods, ddof, found, rest);
  return status === 0 ? cut(n, found, end, out) : status;
}

export function windowRollingCorrAt(
  n: i32,
  x: usize,
  y: usize,
  window: i32,
  minPeriods: i32,
  end: i32,
  out: usize,
  scratch: usize,
): i32 {
  const rows = lengthOf(n, end);
  const second = lengthen(n, x, end, scratch);
  const found = lengthen(n, y, end, second);
  const rest = found + (<usize> rows << 3);
  const status = windowRollingCorr(rows, scratch, second, window, minPeriods, found, rest);
  return status === 0 ? cut(n, found, end, out) : status;
}
