import { windowRollingMax, windowRollingMin } from "../window/rolling_extreme";
import { windowRollingSum } from "../window/rolling_sum";
import { at, put } from "../window/shared/rows";
import { columnIn, earlier, largest, rangeAt } from "./shared/columns";

/** 100 times the logarithm of the ranges' sum over the whole range, to the base of the period. */
function choppiness(
  n: i32,
  high: usize,
  low: usize,
  sums: usize,
  period: i32,
  out: usize,
  scratch: usize,
): void {
  const lowest = columnIn(scratch, n, 0);
  const rest = columnIn(scratch, n, 1);
  windowRollingMax(n, high, period, 0, out, rest);
  windowRollingMin(n, low, period, 0, lowest, rest);
  const base = NativeMath.log10(f64(period));
  for (let i = 0; i < n; i++) {
    const share = at(sums, i) / (at(out, i) - at(lowest, i));
    put(out, i, 100.0 * NativeMath.log10(share) / base);
  }
}

/** qtpylib's: the first row's range is its height. */
export function qtpylibChopiness(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  window: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (window < 1) return 1;
  const ranges = columnIn(scratch, n, 0);
  const sums = columnIn(scratch, n, 1);
  for (let i = 0; i < n; i++) put(ranges, i, rangeAt(high, low, close, i));
  windowRollingSum(n, ranges, window, 0, sums, 0);
  choppiness(n, high, low, sums, window, out, columnIn(scratch, n, 2));
  return 0;
}

/**
 * technical's: rows in which any side of the range is missing, the first one always, are taken out
 * before the ranges are summed, so a sum can reach back further than the period.
 */
export function technicalChopiness(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  period: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (period < 1) return 1;
  const ranges = columnIn(scratch, n, 0);
  const sums = columnIn(scratch, n, 1);
  let kept = 0;
  for (let i = 0; i < n; i++) {
    if (isWhole(high, low, close, i)) put(ranges, kept++, wholeRange(high, low, close, i));
  }
  windowRollingSum(kept, ranges, period, 0, sums, 0);
  for (let i = n - 1, from = kept; i >= 0; i--) {
    put(sums, i, isWhole(high, low, close, i) ? at(sums, --from) : NaN);
  }
  choppiness(n, high, low, sums, period, out, columnIn(scratch, n, 2));
  return 0;
}

function isWhole(high: usize, low: usize, close: usize, i: i32): bool {
  const before = earlier(close, i - 1);
  const top = at(high, i) - before;
  const bottom = at(low, i) - before;
  const height = at(high, i) - at(low, i);
  return height === height && top === top && bottom === bottom;
}

function wholeRange(high: usize, low: usize, close: usize, i: i32): f64 {
  const before = earlier(close, i - 1);
  const top = at(high, i);
  const bottom = at(low, i);
  return largest(top - bottom, abs<f64>(top - before), abs<f64>(bottom - before));
}
