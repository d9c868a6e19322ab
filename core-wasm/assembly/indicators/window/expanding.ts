/**
 * pandas' expanding windows: its rolling ones over all rows so far, by the same algorithms. Only a sum
 * and a count know a `minPeriods` of 0; of more rows than there are nothing has a value.
 */
import { windowRollingMax, windowRollingMin } from "./rolling_extreme";
import { windowRollingKurt, windowRollingSkew } from "./rolling_moments";
import { windowRollingMedian, windowRollingQuantile, windowRollingRank } from "./rolling_order";
import { windowRollingCorr, windowRollingCov } from "./rolling_pair";
import { windowRollingCount, windowRollingMean, windowRollingSum } from "./rolling_sum";
import { windowRollingStd, windowRollingVar } from "./rolling_var";

/** The window that no row leaves. */
function wholeOf(n: i32, minPeriods: i32): i32 {
  return max<i32>(n, minPeriods);
}

export function windowExpandingMean(
  n: i32,
  real: usize,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  const window = wholeOf(n, minPeriods);
  return windowRollingMean(n, real, window, max<i32>(1, minPeriods), out, scratch);
}

export function windowExpandingSum(
  n: i32,
  real: usize,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  const window = wholeOf(n, minPeriods);
  return windowRollingSum(n, real, window, minPeriods === 0 ? -1 : minPeriods, out, scratch);
}

export function windowExpandingMin(
  n: i32,
  real: usize,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  const window = wholeOf(n, minPeriods);
  return windowRollingMin(n, real, window, max<i32>(1, minPeriods), out, scratch);
}

export function windowExpandingMax(
  n: i32,
  real: usize,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  const window = wholeOf(n, minPeriods);
  return windowRollingMax(n, real, window, max<i32>(1, minPeriods), out, scratch);
}

export function windowExpandingCount(
  n: i32,
  real: usize,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  const window = wholeOf(n, minPeriods);
  return windowRollingCount(n, real, window, minPeriods, out, scratch);
}

export function windowExpandingVar(
  n: i32,
  real: usize,
  minPeriods: i32,
  ddof: i32,
  out: usize,
  scratch: usize,
): i32 {
  const window = wholeOf(n, minPeriods);
  return windowRollingVar(n, real, window, max<i32>(1, minPeriods), ddof, out, scratch);
}

export function windowExpandingStd(
  n: i32,
  real: usize,
  minPeriods: i32,
  ddof: i32,
  out: usize,
  scratch: usize,
): i32 {
  const window = wholeOf(n, minPeriods);
  return windowRollingStd(n, real, window, max<i32>(1, minPeriods), ddof, out, scratch);
}

export function windowExpandingMedian(
  n: i32,
  real: usize,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  const window = wholeOf(n, minPeriods);
  return windowRollingMedian(n, real, window, max<i32>(1, minPeriods), out, scratch);
}

export function windowExpandingQuantile(
  n: i32,
  real: usize,
  minPeriods: i32,
  quantile: f64,
  interpolation: i32,
  out: usize,
  scratch: usize,
): i32 {
  const window = wholeOf(n, minPeriods);
  return windowRollingQuantile(
    n,
    real,
    window,
    max<i32>(1, minPeriods),
    quantile,
    interpolation,
    out,
    scratch,
  );
}

export function windowExpandingRank(
  n: i32,
  real: usize,
  minPeriods: i32,
  method: i32,
  ascending: i32,
  pct: i32,
  out: usize,
  scratch: usize,
): i32 {
  const window = wholeOf(n, minPeriods);
  return windowRollingRank(
    n,
    real,
    window,
    max<i32>(1, minPeriods),
    method,
    ascending,
    pct,
    out,
    scratch,
  );
}

export function windowExpandingSkew(
  n: i32,
  real: usize,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  const window = wholeOf(n, minPeriods);
  return windowRollingSkew(n, real, window, max<i32>(1, minPeriods), out, scratch);
}

export function windowExpandingKurt(
  n: i32,
  real: usize,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  const window = wholeOf(n, minPeriods);
  return windowRollingKurt(n, real, window, max<i32>(1, minPeriods), out, scratch);
}

export function windowExpandingCov(
  n: i32,
  x: usize,
  y: usize,
  minPeriods: i32,
  ddof: i32,
  out: usize,
  scratch: usize,
): i32 {
  const window = wholeOf(n, minPeriods);
  return windowRollingCov(n, x, y, window, max<i32>(1, minPeriods), ddof, out, scratch);
}

export function windowExpandingCorr(
  n: i32,
  x: usize,
  y: usize,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  const window = wholeOf(n, minPeriods);
  return windowRollingCorr(n, x, y, window, max<i32>(1, minPeriods), out, scratch);
}
